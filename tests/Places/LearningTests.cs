using Legwork.Places.Contracts;
using Legwork.Places.Queue;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places.Tests;

public class LearningTests
{
    private static readonly Actor Clerk = OpenDistrict.Someone(Role.Clerk, "540102");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Texts_that_read_alike_are_one_entry_of_the_queue(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        (await Ask(district, "向阳院3区1-2-101", "向阳院三区1幢2单元101", "太阳小区3区1-2-101", "四川省成都市锦江区某路1号", "两岛路", "")).ShouldBe(1);
        (await Ask(district, "向阳院3区1栋2单元101室（住户次仁）")).ShouldBe(0);
        var entry = Waiting(district).ShouldHaveSingleItem();
        (entry.Form, entry.Times, entry.Text).ShouldBe(("向阳院3区1-2-101", 3, "向阳院3区1-2-101"));
    }

    [Fact]
    public async Task A_remark_in_brackets_is_not_kept()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        await Ask(district, "向阳院3区1栋2单元101室（住户次仁）");
        Waiting(district).ShouldHaveSingleItem().Text.ShouldBe("向阳院3区1栋2单元101室");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_clerk_settles_once_every_like_text_finds(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await Ask(district, "向阳院3区1-2-101", "向阳院3区1-2-102");
        var home = Dwelling(district, "540102008/太阳小区3区1-2-101");
        var taught = (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", home), Clerk)).Value;
        taught.Now.How.ShouldBe(How.Alias);

        district.Places.Book.Resolve("两岛街道向阳院三区1幢2单元101").Dwelling.ShouldBeNull("a street was named that the lesson did not know");
        district.Places.Book.Resolve("向阳院三区1幢2单元101").Dwelling.ShouldBe(home);
        Waiting(district).ConvertAll(row => row.Form).ShouldBe(["向阳院3区1-2-102"]);
        var told = district.Told<AddressLearned>(PlacesEvents.AddressLearned).ShouldHaveSingleItem();
        (told.Form, told.Dwelling, told.Grid, told.Name).ShouldBe(("向阳院3区1-2-101", home, "540102008001-G01", null));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Another_name_of_an_estate_settles_all_its_doors_at_once(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await Ask(district, "向阳院3区1-2-101", "向阳院3区1-2-102", "向阳院9区1-2-102");
        var home = Dwelling(district, "540102008/太阳小区3区1-2-101");
        (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", home, WholeEstate: true), Clerk)).Ok.ShouldBeTrue();
        Waiting(district).ConvertAll(row => row.Form).ShouldBe(["向阳院9区1-2-102"]);
        district.Told<AddressLearned>(PlacesEvents.AddressLearned)[0].Name.ShouldBe("太阳小区");

        var other = Dwelling(district, "540102008/和平苑1-2-101");
        (await district.Places.Learn(new Teach("朝阳院2-2-202", "", other, WholeEstate: true), Clerk)).Refusal!.Code.ShouldBe("places.other_door");
        (await district.Places.Learn(new Teach("和平大院9区1-2-101", "", other, WholeEstate: true), Clerk)).Refusal!.Code.ShouldBe("places.estate_known");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_lesson_taken_back_puts_its_texts_into_the_queue_again(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await Ask(district, "向阳院3区1-2-101");
        var wrong = (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", Dwelling(district, "540102008/和平苑1-2-101")), Clerk)).Value;
        Waiting(district).ShouldBeEmpty();
        (await district.Places.Unlearn(wrong.Lesson, Clerk)).Ok.ShouldBeTrue();
        Waiting(district).ShouldHaveSingleItem();
        district.Places.Book.Resolve("向阳院3区1-2-101").Dwelling.ShouldBeNull();
        district.Told<AddressLearned>(PlacesEvents.AddressUnlearned).ShouldHaveSingleItem();
        (await district.Places.Unlearn(wrong.Lesson, Clerk)).Refusal!.Code.ShouldEndWith("not_found");

        var right = Dwelling(district, "540102008/太阳小区3区1-2-101");
        (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", right), Clerk)).Ok.ShouldBeTrue();
        district.Places.Book.Resolve("向阳院3区1-2-101").Dwelling.ShouldBe(right);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_text_that_fits_two_streets_is_settled_for_its_own_place_only(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await district.Store.Write(session => district.Places.Ask(session, district.Places.Book,
            [new("圣城新村1区1-2-101", null, "学生"), new("圣城新村1区1-2-101", "540102008", "学生")]));
        Waiting(district).ConvertAll(row => row.Hint).ShouldBe([""], "the second is found by its street");
        var home = Dwelling(district, "540102011/圣城新村1区1-2-101");
        await district.Places.Learn(new Teach("圣城新村1区1-2-101", "", home), Clerk);
        district.Places.Book.Resolve("圣城新村1区1-2-102").Dwelling.ShouldBeNull();
    }

    [Fact]
    public async Task A_text_that_the_list_knows_cannot_be_taught_otherwise()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var other = Dwelling(district, "540102008/和平苑1-2-101");
        (await district.Places.Learn(new Teach("太阳小区3区1-2-101", "", other), Clerk)).Refusal!.Code.ShouldBe("places.known");
        (await district.Places.Learn(new Teach("向阳院1号", "", Guid.NewGuid()), Clerk)).Refusal!.Code.ShouldEndWith("not_found");
    }

    [Fact]
    public async Task A_clerk_settles_only_in_his_own_streets()
    {
        using var district = await OpenDistrict.Small(Engine.Sqlite);
        var home = Dwelling(district, "540102008/太阳小区3区1-2-101");
        var elsewhere = OpenDistrict.Someone(Role.Clerk, "540102011");
        (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", home), elsewhere)).Refusal!.Code.ShouldBe("places.out_of_scope");
        (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", home), OpenDistrict.Someone(Role.GridWorker, "540102008"))).Ok.ShouldBeFalse();
        var lesson = (await district.Places.Learn(new Teach("向阳院3区1-2-101", "", home), Clerk)).Value.Lesson;
        (await district.Places.Unlearn(lesson, elsewhere)).Refusal!.Code.ShouldBe("places.out_of_scope");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_door_that_no_list_has_becomes_a_dwelling_and_leaves_the_queue(Engine engine)
    {
        using var district = await OpenDistrict.Small(engine);
        await Ask(district, "两岛路15号附2", "两岛路15号之2号");
        var add = district.Get<AddDwelling>();
        var added = (await add.Add("两岛路15号附2", "540102008001-G02", Clerk)).Value;
        added.Key.ShouldBe("540102008/两岛路15号附2号");
        Waiting(district).ShouldBeEmpty();
        district.Places.Book.Resolve("两岛街道两岛路15号之2").Dwelling.ShouldBe(added.Id);
        (await add.Add("两岛路15号附2", "540102008001-G02", Clerk)).Refusal!.Code.ShouldBe("places.taken");
        (await add.Add("两岛路", "540102008001-G02", Clerk)).Refusal!.Code.ShouldBe("places.no_door");
        (await add.Add("夺底街道某路1号", "540102008001-G02", Clerk)).Refusal!.Code.ShouldBe("places.other_street");
    }

    [Fact]
    public void The_likeliest_dwelling_is_offered_first()
    {
        var book = SmallDistrict.Book();
        Suggest.For(book, "太阳花园3区1-2-101", null)[0].Key.ShouldBe("540102008/太阳小区3区1-2-101");
        Suggest.For(book, "圣诚新村1区1-2-101", "夺底街道")[0].Key.ShouldBe("540102011/圣城新村1区1-2-101");
        Suggest.For(book, "布达拉宫", null).ShouldBeEmpty();
        Suggest.For(book, "太阳花园3区1-2-999", null).ShouldBeEmpty("no door there has this number");
    }

    private static Task<int> Ask(OpenDistrict district, params string[] texts) =>
        district.Store.Write(session => district.Places.Ask(session, district.Places.Book, texts.Select(text => new AskedText(text, null, "网格台账"))));

    private static List<UnresolvedRow> Waiting(OpenDistrict district) => district.Store.Read(UnresolvedRow.Waiting);

    private static Guid Dwelling(OpenDistrict district, string key) => district.Places.Book.Find(key)!.Id;
}
