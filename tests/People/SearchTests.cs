using Legwork.Kernel;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class SearchTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_person_is_found_by_characters_pinyin_initials_Tibetan_number_and_door(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        foreach (var question in new[]
        {
            "扎西次仁",
            "扎西",
            "次仁",
            "zhaxiciren",
            "zhaxi",
            "zxcr",
            "Zhaxi",
            "Tashi",
            "TASHI tsering",
            "Trashi",
            "tash",
            "བཀྲ་ཤིས",
            "བཀྲ་ཤིས་ཚེ་རིང",
            MadeUp.Tashi,
            MadeUp.Tashi.ToLowerInvariant(),
            "和平苑1栋1单元101室"
        })
        {
            var found = await Search(district, SmallDistrict.Clerk(), question);
            found.People.ShouldContain(person => person.Id == tashi, question);
        }
        (await Search(district, SmallDistrict.Clerk(), "格桑")).People.ShouldBeEmpty();
        (await Search(district, SmallDistrict.Clerk(), "Kelsang")).People.ShouldBeEmpty();
        (await Search(district, SmallDistrict.Clerk(), "Tashi")).People.ShouldNotContain(person => person.Name == "卓玛", "a Drolma is no Tashi");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_is_called_just_as_was_asked_comes_before_all_whose_names_contain_it(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var found = (await Search(district, SmallDistrict.Clerk(), "次仁")).People.Select(person => person.Name).ToList();
        found[0].ShouldBe("次仁");
        found.ShouldContain("扎西次仁");
        found.ShouldBeUnique();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_name_is_narrowed_by_the_birth_behind_it_but_only_for_who_may_see_births(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        var born = district.Store.Read(session => session.Scalar<string>("select birth from people_file where id = @drolma", new { drolma }))!;
        foreach (var right in new[] { born, born[..7], born[..4] })
            (await Search(district, SmallDistrict.Clerk(), "卓玛 " + right)).People.ShouldHaveSingleItem(right).Id.ShouldBe(drolma);
        (await Search(district, SmallDistrict.Clerk(), "卓玛 1901")).People.ShouldBeEmpty();
        var visiting = SmallDistrict.Of(Role.Supervisor, SmallDistrict.District, "督办");
        (await district.Get<FindPeople>().Run(visiting, "卓玛 " + born[..4], 1, "grid_visit")).Value.People.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_road_or_an_estate_without_a_door_lists_who_is_there_within_the_readers_scope(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        foreach (var question in new[] { "阳光小区", "阳光", "吉日街道阳光小区" })
        {
            var found = await Search(district, SmallDistrict.Clerk(), question);
            found.By.ShouldBe(AskedBy.Area, question);
            found.People.Select(person => person.Name).ShouldBe(["次仁", "洛桑", "罗桑"], ignoreOrder: true, question);
        }
        (await Search(district, SmallDistrict.Clerk(), "阳光小区3栋")).People.ShouldHaveSingleItem().Name.ShouldBe("罗桑");
        (await Search(district, SmallDistrict.Clerk(), "阳光小区3栋1单元303室")).By.ShouldBe(AskedBy.Address);
        (await Search(district, SmallDistrict.Clerk(SmallDistrict.BakuoStreet), "阳光小区")).People.Select(person => person.Name).ShouldBe(["次仁"]);
        (await Search(district, SmallDistrict.Clerk(), "八廓街道阳光小区")).People.ShouldBeEmpty();
        var ofTheYoung = new Searcher(SmallDistrict.Clerk(), PeoplePermissions.Search, new DateOnly(1980, 1, 1));
        (await district.Get<FindPeople>().Run(ofTheYoung, "阳光小区", 1, "counter")).Value.People.ShouldNotContain(person => person.Name == "次仁");
        (await district.Get<FindPeople>().Run(ofTheYoung, "次仁 " + MadeUp.Tsering[^4..], 1, "counter")).Value.People.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_whole_name_with_the_end_of_the_number_finds_one_but_no_child_whose_number_is_hidden(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        (await Search(district, SmallDistrict.Clerk(), "卓玛 " + MadeUp.Drolma[^4..])).People.ShouldHaveSingleItem().Id.ShouldBe(district.FileOf("卓玛"));
        (await Search(district, SmallDistrict.Clerk(), "扎西次仁 " + MadeUp.Drolma[^4..])).People.ShouldBeEmpty();
        var visiting = SmallDistrict.Of(Role.Supervisor, SmallDistrict.District, "督办");
        (await district.Get<FindPeople>().Run(visiting, "卓玛 " + MadeUp.Drolma[^4..], 1, "grid_visit")).Value.People.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_clerk_finds_only_who_lives_or_is_registered_in_the_street(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var jiri = await Search(district, SmallDistrict.Clerk(SmallDistrict.JiriStreet), "次仁");
        jiri.People.Select(person => person.Name).ShouldBe(["次仁"]);

        var bakuo = await Search(district, SmallDistrict.Clerk(SmallDistrict.BakuoStreet), "洛桑");
        bakuo.People.ShouldBeEmpty();
        (await Search(district, SmallDistrict.Clerk(SmallDistrict.BakuoStreet), MadeUp.Lobsang)).People.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_a_result_shows_is_in_the_log_and_whoever_it_does_not_is_not(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var found = await Search(district, SmallDistrict.Clerk(), "卓玛");
        found.People.ShouldHaveSingleItem().Number.ShouldBe(ResidentNumber.Mask(MadeUp.Drolma));
        district.Log()[^1].ShouldBe("people.search counter");
        district.LookedAt(district.FileOf("卓玛")).ShouldBe(1);
        district.LookedAt(district.FileOf("扎西次仁")).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_purpose_that_the_role_may_not_claim_finds_nobody_and_logs_nothing(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var before = district.Log().Count;
        var refused = await district.Get<FindPeople>().Run(SmallDistrict.Supervisor(), "卓玛", 1, "counter");
        refused.Refusal!.Code.ShouldBe("access.purpose.denied");
        district.Log().Count.ShouldBe(before);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_purpose_hides_the_fields_it_does_not_open(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var person = (await Search(district, SmallDistrict.Supervisor(), "卓玛", "adjudicate")).People.ShouldHaveSingleItem();
        person.Age.ShouldNotBeNull();
        var visit = (await district.Get<FindPeople>()
            .Run(SmallDistrict.Of(Role.Supervisor, SmallDistrict.District, "督办"), "卓玛", 1, "grid_visit")).Value.People.ShouldHaveSingleItem();
        visit.Number.ShouldBe("");
        visit.Registered.ShouldBe("");
        visit.Marks.ShouldBeEmpty();
    }

    private static async Task<SearchPage> Search(SmallDistrict district, Actor actor, string question, string purpose = "counter") =>
        (await district.Get<FindPeople>().Run(actor, question, 1, purpose)).Value;
}
