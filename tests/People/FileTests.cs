using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

public class FileTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Each_value_in_force_names_its_list_its_row_and_why_it_stands_before_the_others(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var view = await Show(district, SmallDistrict.Clerk(), district.FileOf("扎西次仁"));

        var home = view.Values.Single(value => value.Rule.Code == "phone");
        home.Value.ShouldBe("13900000009");
        home.Best.Version!.Source.ShouldBe("网格台账");
        home.Because.ShouldBe(Because.Order);
        home.Values[1].Value.ShouldBe("13900000001");
        home.Values[1].Claims[0].Version!.ShouldSatisfyAllConditions(row => row.Source.ShouldBe("参保人员"), row => row.Row.ShouldBe(1));
        view.Values.Single(value => value.Rule.Code == "birth").Because.ShouldBe(Because.Agreed);
        view.Number.ShouldBe(ResidentNumber.Mask(MadeUp.Tashi));
        view.Presence.ShouldBe(Presence.Together);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Registration_and_residence_are_told_apart(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        (await Show(district, SmallDistrict.Clerk(), district.FileOf("次仁"))).Presence.ShouldBe(Presence.ApartInside);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Household_guardian_and_insurance_stand_on_the_file_and_everyone_named_is_in_the_log(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var child = await Show(district, SmallDistrict.Clerk(), district.FileOf("丹增"));
        child.IsChild.ShouldBeTrue();
        child.Household.Select(person => person.Name).ShouldBe(["扎西次仁", "卓玛"]);
        child.Guardians.ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.Name.ShouldBe("扎西次仁"), line => line.Source.ShouldBe("在校学生"));
        child.Findings.Select(finding => finding.Kind).ShouldContain("student_uninsured");
        district.LookedAt(district.FileOf("卓玛")).ShouldBe(1);

        var father = await Show(district, SmallDistrict.Clerk(), district.FileOf("扎西次仁"));
        father.Insurance.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(period => period.Status.ShouldBe("active"), period => period.From.ToString().ShouldBe("2015-01-01"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task As_known_on_and_as_true_on_both_answer(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        district.Clock.Advance(TimeSpan.FromDays(30));
        await district.TakeNext("202611", MadeUp.OtherDoor);
        var tsering = district.FileOf("次仁");

        Home(await Show(district, SmallDistrict.Clerk(), tsering)).ShouldBe(MadeUp.OtherDoor);
        Home(await Show(district, SmallDistrict.Clerk(), tsering, knownOn: new DateOnly(2026, 12, 10))).ShouldBe(MadeUp.JiriDoor);
        Home(await Show(district, SmallDistrict.Clerk(), tsering, trueOn: new DateOnly(2026, 10, 15))).ShouldBe(MadeUp.JiriDoor);
        (await Show(district, SmallDistrict.Clerk(), tsering, knownOn: new DateOnly(2026, 10, 1))).Values.ShouldBeEmpty();
        (await Show(district, SmallDistrict.Clerk(), tsering, trueOn: new DateOnly(1998, 1, 1))).Values.Select(value => value.Rule.Code)
            .ShouldNotContain("registered_at");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_clerk_of_another_street_cannot_open_a_file_and_nothing_is_logged_as_shown(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var before = district.Log().Count;
        var refused = await district.Get<ShowFile>()
            .Run(SmallDistrict.Clerk(SmallDistrict.JiriStreet), PeoplePermissions.View, tashi, new FileQuestion("counter"), Over);
        refused.Refusal!.Code.ShouldBe("people.out_of_scope");
        district.Log().Count.ShouldBe(before);
        (await Show(district, SmallDistrict.Clerk(SmallDistrict.JiriStreet), district.FileOf("次仁"))).File.Name.ShouldBe("次仁");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_purpose_opens_its_own_fields_and_no_others(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var view = (await district.Get<ShowFile>()
            .Run(SmallDistrict.Supervisor(), PeoplePermissions.View, district.FileOf("丹增"), new FileQuestion("case_handling"), Over)).Value;
        view.HoldsHidden.ShouldBeTrue();
        view.Values.Select(value => value.Rule.Code).ShouldNotContain("phone");
        view.Values.Select(value => value.Rule.Code).ShouldNotContain("birth");
        view.Household.ShouldBeEmpty();
        view.Guardians.ShouldBeEmpty();
        view.History.ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Imprisonment_is_told_to_the_person_and_to_no_clerk(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var penba = district.FileOf("边巴");
        var seen = await Show(district, SmallDistrict.Clerk(), penba);
        seen.Values.Select(value => value.Rule.Code).ShouldNotContain("cancelled");
        seen.HoldsHidden.ShouldBeTrue();
        var finding = seen.Findings.Single(finding => finding.Kind == "cancelled_insured");
        district.Get<Explain>().Sentence(finding.Kind, finding.Args, "zh-CN").ShouldNotContain("服刑");

        var own = (await district.Get<ShowFile>()
            .Own(SmallDistrict.Of(Role.Citizen, SmallDistrict.District, "本人", penba), penba, new FileQuestion("own_file"), Over)).Value;
        own.Values.Single(value => value.Rule.Code == "cancelled").Value.ShouldBe("服刑");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_number_is_shown_whole_only_for_a_purpose_and_leaves_a_trace(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine);
        var tashi = district.FileOf("扎西次仁");
        var reveal = district.Get<RevealNumber>();
        (await reveal.Run(SmallDistrict.Clerk(), tashi, "counter")).Refusal!.Code.ShouldBe("access.purpose.denied");
        district.LookedAt(tashi).ShouldBe(0);

        var shown = await reveal.Run(SmallDistrict.Clerk(), tashi, "reveal_number");
        shown.Value.Reveal().ShouldBe(MadeUp.Tashi);
        shown.Value.ToString().ShouldNotContain(MadeUp.Tashi);
        district.Log()[^1].ShouldBe("people.reveal_number reveal_number");
    }

    private static string Home(FileView view) => view.Values.Single(value => value.Rule.Code == "lives_at").Value;

    private static async Task<FileView> Show(SmallDistrict district, Actor actor, PersonId file, DateOnly? knownOn = null, DateOnly? trueOn = null) =>
        (await district.Get<ShowFile>().Run(actor, PeoplePermissions.View, file, new FileQuestion("counter", knownOn, trueOn), Over)).Value;
}
