using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Staff;
using Legwork.Platform.StandIns;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class StandInTests
{
    private const string Street = "540102006";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_stand_in_works_with_the_roles_of_the_absent_one_under_both_names_and_no_longer_than_the_term(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Supervisor, Street, "卓玛"),
            await office.Staff("deputy", Role.Clerk, "540102007", "次仁"));
        (await office.Desk.Give(chief, away.Account, office.Asked("deputy", 1, 3))).Ok.ShouldBeTrue();

        (await office.InNameOf(deputy, away)).ShouldBeNull("the term begins tomorrow");
        office.Clock.Advance(TimeSpan.FromDays(1));
        var hat = (await office.InNameOf(deputy, away)).ShouldNotBeNull();
        (hat.Account, hat.Name, hat.For).ShouldBe((deputy.Account, "次仁（代 卓玛）", (away.Account, "卓玛")));
        (hat.Holds(Role.Supervisor, Street), hat.Holds(Role.Clerk)).ShouldBe((true, false));
        office.Clock.Advance(TimeSpan.FromDays(3));
        (await office.InNameOf(deputy, away)).ShouldBeNull("the last day is over");
        (await office.InNameOf(deputy, null))!.ShouldSatisfyAllConditions(own => own.Name.ShouldBe("次仁"), own => own.For.ShouldBeNull());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_sign_in_works_in_anothers_name_and_finds_back_by_itself_when_the_term_is_over(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Supervisor),
            await office.Staff("deputy", Role.Clerk));
        var (first, second) = (office.Sessions(), office.Sessions());
        var stamp = office.Store.Read(session => Accounts.FindById(session, deputy.Account))!.Stamp;
        var id = (await office.Desk.Give(chief, away.Account, office.Asked("deputy", 0, 5))).Value;
        var signIn = await first.Begin(deputy.Account);
        await first.StandFor(signIn, away.Account);

        (await second.Find(signIn, deputy.Account, stamp, Over))!.Actor.For!.Value.Account.ShouldBe(away.Account, "on another node too");
        (await office.Desk.End(away, id)).Ok.ShouldBeTrue();
        var back = (await second.Find(signIn, deputy.Account, stamp, Over))!.Actor;
        (back.For, back.Holds(Role.Clerk), back.Holds(Role.Supervisor)).ShouldBe((null, true, false));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_gives_the_own_work_to_who_has_the_same_roles_and_an_administrator_to_anyone_but_himself(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Supervisor, Street));
        var (peer, clerk) = (await office.Staff("peer", Role.Supervisor, "540102007"), await office.Staff("clerk", Role.Clerk));
        var street = await office.Staff("street", Role.Administrator, "540102007");
        var citizen = await office.Staff("citizen", Role.Citizen);

        (await office.Code(away, away, "clerk")).ShouldBe("access.stand_in_roles");
        (await office.Code(away, away, "away")).ShouldBe("access.stand_in_self");
        (await office.Code(away, away, "citizen")).ShouldBe("access.stand_in_unknown");
        (await office.Code(clerk, away, "clerk")).ShouldBe("access.out_of_scope");
        (await office.Code(street, away, "clerk")).ShouldBe("access.out_of_scope");
        (await office.Code(chief, away, "chief")).ShouldBe("access.own_roles", "an administrator would give himself any role");
        (await office.Code(citizen, citizen, "clerk")).ShouldBe("access.stand_in_staff");
        (await office.Code(chief, citizen, "clerk")).ShouldBe("access.residents_at_counter");
        office.Count().ShouldBe(0);

        (await office.Code(away, away, "peer")).ShouldBeNull();
        var inName = (await office.InNameOf(peer, away))!;
        (await office.Code(inName, away, "clerk")).ShouldBe("access.stand_in_chain", "nobody passes on what he only stands in for");
        (await office.Code(chief, away, "clerk")).ShouldBe("access.stand_in_taken_over");
        (await office.Code(chief, clerk, "away")).ShouldBe("access.stand_in_away");
        (await office.Code(chief, clerk, "peer")).ShouldBeNull("one may stand in for two");
        office.Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(0, 0, null), InlineData(0, 91, null), InlineData(0, 92, "access.stand_in_days"), InlineData(-1, 2, "access.stand_in_from")]
    [InlineData(3, 2, "access.stand_in_days"), InlineData(400, 491, null)]
    public async Task A_term_begins_today_or_later_and_lasts_a_season_at_most(int from, int until, string? code)
    {
        using var office = new StandInOffice(Engine.Sqlite);
        var (chief, away) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Officer));
        await office.Staff("deputy", Role.Clerk);
        var given = await office.Desk.Give(chief, away.Account, office.Asked("deputy", from, until));
        (given.Refusal?.Code).ShouldBe(code);
        office.Count().ShouldBe(code is null ? 1 : 0);
    }

    [Theory]
    [InlineData("次仁", "卓玛"), InlineData("卓玛（督导）", "旦增（督导，休假）"), InlineData("a（代 b）", "c")]
    public void The_two_names_are_told_apart_again(string deputy, string absent) =>
        Actor.NamesIn(Actor.NameFor(deputy, absent)).ShouldBe((deputy, absent));

    [Theory, InlineData("次仁"), InlineData("卓玛（代理主任）"), InlineData("（代 卓玛）"), InlineData("")]
    public void A_name_of_one_is_no_name_of_two(string name) => Actor.NamesIn(name).ShouldBe((name, null));

    [Fact]
    public async Task A_form_with_many_faults_hears_of_all_of_them()
    {
        using var office = new StandInOffice(Engine.Sqlite);
        var (chief, away) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Officer));
        var refusal = (await office.Desk.Give(chief, away.Account, new StandInAsked("nobody", null, null, ""))).Refusal!;
        refusal.Also.Prepend(refusal).Select(one => one.Code)
            .ShouldBe(["access.stand_in_unknown", "access.stand_in_from", "access.stand_in_days", "access.stand_in_reason"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_stands_in_for_an_administrator_changes_neither_of_the_twos_roles(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Administrator),
            await office.Staff("deputy", Role.Clerk));
        (await office.Code(chief, away, "deputy")).ShouldBeNull();
        var hat = (await office.InNameOf(deputy, away))!;
        foreach (var one in new[] { deputy, away })
            StaffRules.MayManage(hat, one.Account, one.Grants)!.Code.ShouldBe("access.own_roles");
        StaffRules.MayManage(hat, chief.Account, []).ShouldBeNull();
        (await office.Code(chief, await office.Staff("third", Role.Officer), "deputy")).ShouldBeNull();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_leaves_does_nobodys_work_and_nobody_does_theirs(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Supervisor),
            await office.Staff("deputy", Role.Clerk));
        var other = await office.Staff("other", Role.Officer);
        (await office.Code(chief, away, "deputy")).ShouldBeNull();
        (await office.Code(chief, deputy, "other")).ShouldBeNull();
        (await office.InNameOf(deputy, away)).ShouldNotBeNull();

        var leave = new LeaveStaff(office.Store, new Outbox.Outbox([], office.Clock), new AccessRules("540102", Demonstration: false), office.Clock);
        (await leave.Run(chief, deputy.Account)).Ok.ShouldBeTrue();
        (await office.InNameOf(deputy, away)).ShouldBeNull();
        (await office.InNameOf(other, deputy)).ShouldBeNull();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Only_the_two_and_who_administers_end_it_and_the_history_of_both_tells(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Supervisor, Street),
            await office.Staff("deputy", Role.Clerk, Street));
        var id = (await office.Desk.Give(chief, away.Account, office.Asked("deputy", 0, 3))).Value;
        (await office.Desk.End(await office.Staff("stranger", Role.Supervisor), id)).Refusal!.Code.ShouldBe("access.out_of_scope");
        (await office.Desk.End(deputy, id)).Ok.ShouldBeTrue();
        (await office.Desk.End(away, id)).Ok.ShouldBeTrue("twice is once");

        office.History(away.Account).ShouldBe(["stood_in", "stood_in_ended"]);
        office.History(deputy.Account).ShouldBe(["stands_in", "stands_in_ended"]);
        var told = (await office.Desk.Of(away, Over)).All.Single();
        (told.DeputyName, told.GivenByName, told.EndedByName).ShouldBe(("deputy", "chief", "deputy"));
        (await office.Code(chief, away, "deputy")).ShouldBeNull("the days are free again");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Twenty_at_once_give_one_person_one_stand_in(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (chief, away) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Officer));
        foreach (var i in Enumerable.Range(0, 20)) await office.Staff($"deputy-{i}", Role.Clerk);
        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => office.Code(chief, away, $"deputy-{i}")));
        given.Count(code => code is null).ShouldBe(1);
        given.Where(code => code is not null).ShouldAllBe(code => code == "access.stand_in_taken_over");
        office.Count().ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_who_give_their_work_to_each_other_at_once_do_not_both_go(Engine engine)
    {
        using var office = new StandInOffice(engine);
        var (one, two) = (await office.Staff("one", Role.Officer), await office.Staff("two", Role.Officer));
        var given = await Task.WhenAll(office.Code(one, one, "two"), office.Code(two, two, "one"));
        given.OrderBy(code => code, StringComparer.Ordinal).ShouldBe([null, "access.stand_in_away"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_two_approvals_of_a_hold_come_from_two_pairs_of_eyes_whoever_stands_in(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        using var office = new StandInOffice(district.Store, district.Clock);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Auditor),
            await office.Staff("deputy", Role.Auditor));
        await district.Read(district.Someone(Role.Clerk), office.Person);
        (await office.Code(chief, away, "deputy")).ShouldBeNull();
        var hat = (await office.InNameOf(deputy, away))!;
        var until = district.Clock.Today().AddDays(30);

        var target = new HoldTarget(office.Person, "node", 1, null);
        var hold = (await district.Withhold.Propose(hat, target, StandInOffice.Reason, "PIPL art. 35", until)).Value;
        foreach (var same in new[] { hat, deputy, away })
            (await district.Withhold.Approve(same, hold)).Refusal!.Code.ShouldBe("readlog.second_approver", same.Name);
        var found = district.Store.Read(session => HoldRecords.Find(session, hold))!;
        found.Approvals.Single().ApproverName.ShouldBe("deputy（代 away）");
        (await district.Withhold.Approve(chief, hold)).Ok.ShouldBeTrue();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_withholds_reads_that_were_made_in_the_own_name(Engine engine)
    {
        await using var district = new LoggedDistrict(engine);
        using var office = new StandInOffice(district.Store, district.Clock);
        var (chief, away, deputy) = (await office.Staff("chief", Role.Administrator), await office.Staff("away", Role.Auditor),
            await office.Staff("deputy", Role.Clerk));
        await district.Read(deputy, PersonId.New());
        (await office.Code(chief, away, "deputy")).ShouldBeNull();
        await district.Read((await office.InNameOf(deputy, away))! with { Grants = deputy.Grants }, office.Person);

        var target = new HoldTarget(office.Person, "node", 2, null);
        var until = district.Clock.Today().AddDays(30);
        (await district.Withhold.Propose(away, target, StandInOffice.Reason, "PIPL art. 35", until)).Refusal!.Code.ShouldBe("readlog.own_reads");
        (await district.Withhold.Propose(chief, target, StandInOffice.Reason, "PIPL art. 35", until)).Ok.ShouldBeTrue();
        (await district.Reads.Of(office.Person, [], Over)).Reads.Single().Actor.ShouldBe("deputy（代 away）", "the person sees both names");
    }
}

/// <summary>Staff of a district, with whoever stands in for them.</summary>
internal sealed class StandInOffice : IDisposable
{
    public const string Reason = "Telling now would impede an investigation.";

    private readonly TestStore? own;
    private readonly AccessRules rules = new("540102", Demonstration: false);

    public StandInOffice(Engine engine)
    {
        own = TestStore.Open(engine);
        (Store, Clock) = (own.Store, new StoppedClock());
        (Accounts, Desk) = (new Accounts(Store, Clock), new StandInDesk(Store, rules, Clock));
    }

    public StandInOffice(Store store, StoppedClock clock)
    {
        (Store, Clock) = (store, clock);
        (Accounts, Desk) = (new Accounts(Store, Clock), new StandInDesk(Store, rules, Clock));
    }

    public Store Store { get; }

    public StoppedClock Clock { get; }

    public Accounts Accounts { get; }

    public StandInDesk Desk { get; }

    public PersonId Person { get; } = PersonId.New();

    public Sessions Sessions() => new(Store, Accounts, rules, Clock);

    public Task<Actor> Staff(string signIn, Role role, string scope = "540102", string? name = null) => Store.Write(session =>
    {
        var id = Accounts.Create(session, signIn, name ?? signIn, "only-for-tests-1").Value;
        Accounts.Give(session, id, role, scope, Clock.Today(), null, Guid.Empty);
        return new Actor(id, name ?? signIn, signIn, [new Grant(role, new Scope(scope), Clock.Today(), null)]);
    });

    public StandInAsked Asked(string deputy, int from, int until) =>
        new(deputy, Clock.Today().AddDays(from), Clock.Today().AddDays(until), "annual leave");

    public async Task<string?> Code(Actor by, Actor absent, string deputy) =>
        (await Desk.Give(by, absent.Account, Asked(deputy, 0, 6))).Refusal?.Code;

    public Task<Actor?> InNameOf(Actor deputy, Actor? absent) => absent is null
        ? Accounts.InNameOf(deputy with { For = (Guid.NewGuid(), "somebody") }, null, Clock.GetUtcNow())
        : Accounts.InNameOf(deputy, absent.Account, Clock.GetUtcNow());

    public long Count() => Store.Read(session => session.Scalar<long>("select count(*) from access_stand_in"));

    public List<string> History(Guid account) => Store.Read(session => session.Query<string>(
        "select act from access_history where account = @account and act like 'st%' order by id", new { account }));

    public void Dispose() => own?.Dispose();
}
