using Legwork.Kernel;
using Legwork.People.Corrections;
using Legwork.People.Files;
using Legwork.People.Search;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class StatementTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_corrected_value_is_in_force_beside_what_the_lists_say_until_it_is_withdrawn(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var drolma = district.FileOf("卓玛");
        (await district.Get<StateValue>()
            .Run(SmallDistrict.Clerk(), drolma, new Stating("name", "仓木决", "household_book", "第三页", ""))).Ok.ShouldBeTrue();

        var name = (await Show(district, drolma)).Values.Single(value => value.Rule.Code == "name");
        name.Value.ShouldBe("仓木决");
        name.Because.ShouldBe(Because.Stated);
        name.Values[1].Value.ShouldBe("卓玛");
        (await district.Get<FindPeople>().Run(SmallDistrict.Clerk(), "cmj", 1, "counter")).Value.People.ShouldHaveSingleItem().Id.ShouldBe(drolma);

        var statement = (await Show(district, drolma)).History.Single(line => line.What == "stated").Statement;
        (await district.Get<StateValue>().Withdraw(SmallDistrict.Clerk(), drolma, statement)).Ok.ShouldBeTrue();
        (await Show(district, drolma)).Values.Single(value => value.Rule.Code == "name").Value.ShouldBe("卓玛");
        (await district.Get<FindPeople>().Run(SmallDistrict.Clerk(), "cmj", 1, "counter")).Value.People.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_correction_outlives_the_next_months_lists_and_is_overtaken_only_when_its_row_says_something_new(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tsering = district.FileOf("次仁");
        await district.Get<StateValue>().Run(SmallDistrict.Clerk(), tsering, new Stating("lives_at", MadeUp.BakuoDoor, "visit", "", "2026-10"));
        (await Home(district, tsering)).Value.ShouldBe(MadeUp.BakuoDoor);
        district.Clock.Advance(TimeSpan.FromDays(30));
        await district.TakeNext("202611", MadeUp.JiriDoor);
        (await Home(district, tsering)).Value.ShouldBe(MadeUp.BakuoDoor);

        district.Clock.Advance(TimeSpan.FromDays(30));
        await district.TakeNext("202612", MadeUp.OtherDoor);
        var home = await Home(district, tsering);
        home.Value.ShouldBe(MadeUp.OtherDoor);
        home.Values.SelectMany(value => value.Claims).Single(claim => claim.Statement is not null).Overtaken.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_corrected_number_is_sealed_and_leads_to_the_file(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var right = MadeUp.Number("19900307", 11);
        (await district.Get<StateValue>().Run(SmallDistrict.Clerk(), tashi, new Stating("number", right, "id_card", "", ""))).Ok.ShouldBeTrue();

        district.Store.Read(session => session.Query<string>("select value from people_statement")).ShouldHaveSingleItem().ShouldNotContain(right);
        (await district.Get<FindPeople>().Run(SmallDistrict.Clerk(), right, 1, "counter")).Value.People.ShouldHaveSingleItem().Id.ShouldBe(tashi);
        (await district.Get<FindPeople>()
            .Run(SmallDistrict.Clerk(), MadeUp.Tashi, 1, "counter")).Value.People.ShouldHaveSingleItem().Id.ShouldBe(tashi);
        (await Show(district, tashi)).Number.ShouldBe(ResidentNumber.Mask(right));
    }

    [Theory]
    [InlineData("number", "540102199003070011", "id_card", "", "people.statement.number")]
    [InlineData("birth", "2099-01-01", "id_card", "", "people.statement.birth")]
    [InlineData("name", "扎西1", "id_card", "", "people.statement.name")]
    [InlineData("name_bo", "扎西", "id_card", "", "people.statement.name_bo")]
    [InlineData("sex", "x", "id_card", "", "people.statement.sex")]
    [InlineData("phone", "abc", "id_card", "", "people.statement.phone")]
    [InlineData("name", "扎西", "hearsay", "", "people.statement.evidence")]
    [InlineData("name", "扎西", "other", "", "people.statement.note")]
    [InlineData("household_no", "H9", "id_card", "", "people.statement.field")]
    [InlineData("residence_state", "moved_away", "id_card", "", "people.statement.field")]
    [InlineData("name", "扎西", "id_card", "2027-01-01", "people.statement.true_from")]
    public async Task What_is_no_value_is_refused_by_name(string field, string value, string evidence, string from, string code)
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var refused = await district.Get<StateValue>()
            .Run(SmallDistrict.Clerk(), district.FileOf("卓玛"), new Stating(field, value, evidence, "", from));
        refused.Refusal!.Code.ShouldBe(code);
        district.Store.Read(session => session.Scalar<long>("select count(*) from people_statement")).ShouldBe(0);
    }

    [Fact]
    public async Task A_clerk_corrects_only_files_of_the_own_area()
    {
        await using var district = await SmallDistrict.Open(Engine.Sqlite);
        var refused = await district.Get<StateValue>()
            .Run(SmallDistrict.Clerk(SmallDistrict.JiriStreet), district.FileOf("卓玛"), new Stating("name", "仓决", "id_card", "", ""));
        refused.Refusal!.Code.ShouldBe("people.out_of_scope");
    }

    private static async Task<InForce> Home(SmallDistrict district, PersonId file) =>
        (await Show(district, file)).Values.Single(value => value.Rule.Code == "lives_at");

    private static async Task<FileView> Show(SmallDistrict district, PersonId file) =>
        (await district.Get<ShowFile>().Run(SmallDistrict.Clerk(), PeoplePermissions.View, file, new FileQuestion("counter"), Over)).Value;
}
