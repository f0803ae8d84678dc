using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class HoldTests
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    private const string Reason = "Telling now would impede an investigation.";
    private const string Basis = "个人信息保护法 art. 35";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_person_sees_every_read_by_name_and_every_batch_over_the_own_place(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, person) = (district.Someone(Role.Clerk), PersonId.New());
        await district.Read(clerk, person);
        await district.Read(clerk, PersonId.New());
        await district.ReadAll(clerk, "540102006");
        await district.ReadAll(clerk, "540102007");
        await district.ReadAll(clerk, "540102006001-G0");
        await district.ReadAll(clerk, "all");

        var seen = await district.Reads.Of(person, ["540102006001-G03"], Over);
        seen.Count.ShouldBe(3);
        seen.Reads.Select(read => read.Scope).ShouldBe([null, "540102006", "all"], ignoreOrder: true);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_read_is_withheld_only_after_two_different_people_approved_and_only_until_its_day(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (auditor, administrator, person) = (district.Someone(Role.Auditor), district.Someone(Role.Administrator), PersonId.New());
        await district.Read(district.Someone(Role.Clerk), person);
        await district.Read(district.Someone(Role.Clerk), person);
        var until = district.Clock.Today().AddDays(30);

        var hold = (await district.Withhold.Propose(auditor, new HoldTarget(person, "node", 1, null), Reason, Basis, until)).Value;
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(2, "one approval withholds nothing");
        (await district.Withhold.Approve(auditor, hold)).Refusal!.Code.ShouldBe("readlog.second_approver");
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(2);

        (await district.Withhold.Approve(administrator, hold)).Ok.ShouldBeTrue();
        (await district.Reads.Of(person, [], Over)).Reads.Single().Seq.ShouldBe(2);
        (await district.Reads.Find(new ReadQuestion([person]), Over)).Count.ShouldBe(2, "an auditor sees what is withheld");
        district.Clock.Advance(TimeSpan.FromDays(30));
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(2, "the day has come");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_hold_goes_on_when_the_file_gets_another_id(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, before, after) = (district.Someone(Role.Clerk), PersonId.New(), PersonId.New());
        await district.Read(clerk, before, reference: "C-7");
        await InForce(district, new HoldTarget(before, null, null, "C-7"));
        await district.Read(clerk, after, reference: "C-7");
        await district.Log.Append(new ReadEntry(clerk.Account, clerk.Name, Role.Clerk, "adjudicate", "people.adjudicate", [before, after]),
            TestContext.Current.CancellationToken);

        var seen = await district.Reads.Of([before, after], [], Over);
        seen.Reads.Single().Purpose.ShouldBe("adjudicate");
        seen.Count.ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_hold_on_a_matter_covers_its_reads_of_that_person_alone(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (clerk, one, other) = (district.Someone(Role.Clerk), PersonId.New(), PersonId.New());
        foreach (var person in new[] { one, other })
        {
            await district.Read(clerk, person, reference: "C-7");
            await district.Read(clerk, person);
        }
        await InForce(district, new HoldTarget(one, null, null, "C-7"));
        await district.Read(clerk, one, reference: "C-7");

        (await district.Reads.Of(one, [], Over)).Reads.Single().Reference.ShouldBeEmpty();
        (await district.Reads.Of(other, [], Over)).Count.ShouldBe(2);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_extension_needs_two_again_and_lifting_needs_one(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (auditor, administrator, person) = (district.Someone(Role.Auditor), district.Someone(Role.Administrator), PersonId.New());
        await district.Read(district.Someone(Role.Clerk), person);
        var hold = await InForce(district, new HoldTarget(person, "node", 1, null), days: 10);
        (await district.Withhold.Extend(auditor, hold, district.Clock.Today().AddDays(300))).Ok.ShouldBeTrue();
        (await district.Withhold.Extend(administrator, hold, district.Clock.Today().AddDays(310))).Refusal!.Code.ShouldBe("readlog.round_open");
        (await district.Withhold.Approve(auditor, hold)).Refusal!.Code.ShouldBe("readlog.second_approver");
        district.Clock.Advance(TimeSpan.FromDays(10));
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(1, "the extension was approved by one only");

        (await district.Withhold.Approve(administrator, hold)).Ok.ShouldBeTrue();
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(0);
        (await district.Withhold.Lift(auditor, hold)).Ok.ShouldBeTrue();
        (await district.Reads.Of(person, [], Over)).Count.ShouldBe(1);
        (await district.Withhold.Approve(administrator, hold)).Refusal!.Code.ShouldBe("readlog.hold_lifted");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_withholds_the_own_reads_or_for_longer_than_a_year_or_without_a_reason(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var (auditor, administrator, person) = (district.Someone(Role.Auditor), district.Someone(Role.Administrator), PersonId.New());
        await district.Read(administrator, person);
        var (target, today) = (new HoldTarget(person, "node", 1, null), district.Clock.Today());
        async Task<string?> Propose(Actor by, HoldTarget what, string reason, DateOnly until) =>
            (await district.Withhold.Propose(by, what, reason, Basis, until)).Refusal?.Code;

        (await Propose(administrator, target, Reason, today.AddDays(5))).ShouldBe("readlog.own_reads");
        (await Propose(auditor, target, "because", today.AddDays(5))).ShouldBe("readlog.hold_reason");
        (await Propose(auditor, target, Reason, today.AddYears(1).AddDays(1))).ShouldBe("readlog.hold_long");
        (await Propose(auditor, target, Reason, today)).ShouldBe("readlog.hold_day");
        (await Propose(auditor, target with { Seq = 9 }, Reason, today.AddDays(5))).ShouldBe("readlog.not_found");
        (await Propose(district.Someone(Role.Administrator, "540102006"), target, Reason, today.AddDays(5))).ShouldBe("access.out_of_scope");
        var hold = (await district.Withhold.Propose(auditor, target, Reason, Basis, today.AddDays(5))).Value;
        (await district.Withhold.Approve(administrator, hold)).Refusal!.Code.ShouldBe("readlog.own_reads");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Everyone_may_know_how_many_holds_are_in_force(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        var person = PersonId.New();
        await district.Read(district.Someone(Role.Clerk), person, reference: "C-7");
        await InForce(district, new HoldTarget(person, null, null, "C-7"));
        await district.Withhold.Propose(district.Someone(Role.Auditor), new HoldTarget(person, "node", 1, null), Reason,
            Basis, district.Clock.Today().AddDays(5));

        var figures = await new Transparency(district.Store, district.Clock).Figures(Over);
        figures.HoldsInForce.ShouldBe(1);
        figures.Reads.ShouldBe([("counter", 1)]);
    }

    private static async Task<Guid> InForce(LoggedDistrict district, HoldTarget target, int days = 30)
    {
        var hold = (await district.Withhold.Propose(district.Someone(Role.Auditor), target, Reason, Basis,
            district.Clock.Today().AddDays(days))).Value;
        (await district.Withhold.Approve(district.Someone(Role.Administrator), hold)).Ok.ShouldBeTrue();
        return hold;
    }
}
