using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Tests;

public class StaffTests
{
    private const string Street = "540102006";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_joins_signs_in_once_with_the_given_password_and_must_change_it(Engine engine)
    {
        using var office = await Office.Open(engine);
        var fresh = (await office.Join.Run(office.Chief, "Yangjin ", "央金", office.Clerk(Street))).Value;

        var signedIn = (await office.Accounts.SignIn("yangjin", fresh.Password)).Value;
        signedIn.MustChange.ShouldBeTrue();
        var actor = office.Accounts.Find(signedIn.Id, signedIn.Stamp)!;
        actor.MustChangePassword.ShouldBeTrue();
        actor.Grants.ShouldBe([new Grant(Role.Clerk, new Scope(Street), office.Today, null)]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_some_persons_those_are_told_who_may_sign_in(Engine engine)
    {
        using var office = await Office.Open(engine);
        var (here, gone, never) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await office.Store.Write(session =>
        {
            office.Accounts.Create(session, "here", "央金", "only-for-tests-1", here);
            var left = office.Accounts.Create(session, "gone", "次仁", "only-for-tests-1", gone).Value;
            return session.Execute("update access_account set state = 'left' where id = @left", new { left });
        });
        office.Store.Read(session => Session.AtHand(Accounts.Holders(session, [here, gone, never]))).ShouldBe([here]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_gives_a_role_beyond_the_own_area(Engine engine)
    {
        using var office = await Office.Open(engine);
        var local = await office.Administrator("540102006");
        (await office.Join.Run(local, "a", "甲", office.Clerk("540102007"))).Refusal!.Code.ShouldBe("access.out_of_scope");
        (await office.Join.Run(local, "b1", "乙", office.Clerk("540102"))).Refusal!.Code.ShouldBe("access.out_of_scope");
        (await office.Join.Run(local, "c1", "丙", office.Clerk("5401020"))).Refusal!.Code.ShouldBe("access.scope_unknown");
        (await office.Join.Run(local, "d1", "丁", office.Clerk("540102006001-G03"))).Ok.ShouldBeTrue();
        (await office.Join.Run(local, "e1", "戊",
            new RoleGiven(Role.Citizen, new Scope(Street), office.Today, null))).Refusal!.Code.ShouldBe("access.residents_at_counter");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_street_administrator_cannot_take_over_a_wider_account_by_its_password(Engine engine)
    {
        using var office = await Office.Open(engine);
        var local = await office.Administrator(Street);
        (await office.Reset.Run(local, office.Chief.Account)).Refusal!.Code.ShouldBe("access.out_of_scope");
        (await office.Leave.Run(local, office.Chief.Account)).Refusal!.Code.ShouldBe("access.out_of_scope");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_changes_the_own_roles(Engine engine)
    {
        using var office = await Office.Open(engine);
        var me = office.Chief;
        var own = office.GrantsOf(me.Account).Single().Id;
        (await office.Move.Add(me, me.Account, office.Clerk(Street))).Refusal!.Code.ShouldBe("access.own_roles");
        (await office.Move.Move(me, me.Account, own, office.Clerk(Street))).Refusal!.Code.ShouldBe("access.own_roles");
        (await office.Move.End(me, me.Account, own)).Refusal!.Code.ShouldBe("access.own_roles");
        (await office.Leave.Run(me, me.Account)).Refusal!.Code.ShouldBe("access.own_roles");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_leaves_is_out_with_the_next_click_and_the_work_is_told_of(Engine engine)
    {
        using var office = await Office.Open(engine);
        var clerk = (await office.Join.Run(office.Chief, "clerk", "央金", office.Clerk(Street))).Value;
        var account = office.Store.Read(session => Accounts.FindById(session, clerk.Account))!;
        office.Accounts.Find(account.Id, account.Stamp).ShouldNotBeNull();

        (await office.Leave.Run(office.Chief, clerk.Account)).Ok.ShouldBeTrue();

        office.Accounts.Find(account.Id, account.Stamp).ShouldBeNull();
        (await office.Accounts.SignIn("clerk", clerk.Password)).Refusal!.Code.ShouldBe("access.wrong");
        office.GrantsOf(clerk.Account).ShouldAllBe(held => held.Ended);
        var told = office.Events("access.left").Single().Read<StaffLeft>();
        told.Account.ShouldBe(clerk.Account);
        told.Roles.ShouldBe([new StaffRole("Clerk", Street)]);
        (await office.Leave.Run(office.Chief, clerk.Account)).Refusal!.Code.ShouldBe("access.not_found");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_last_administrator_stays_also_when_two_send_each_other_away_at_once(Engine engine)
    {
        using var office = await Office.Open(engine);
        var second = await office.Administrator("540102");
        await office.Administrator("540102", until: office.Today.AddDays(30));

        var outcomes = await Task.WhenAll(office.Leave.Run(office.Chief, second.Account), office.Leave.Run(second, office.Chief.Account));

        outcomes.Count(outcome => outcome.Ok).ShouldBe(1);
        outcomes.Single(outcome => !outcome.Ok).Refusal!.Code.ShouldBe("access.last_administrator");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_move_is_dated_and_the_old_role_holds_until_the_day_before(Engine engine)
    {
        using var office = await Office.Open(engine);
        var clerk = (await office.Join.Run(office.Chief, "clerk", "央金", office.Clerk(Street))).Value;
        var grant = office.GrantsOf(clerk.Account).Single().Id;
        var day = office.Today.AddDays(7);
        (await office.Move.Move(office.Chief, clerk.Account, grant,
            new RoleGiven(Role.Supervisor, new Scope("540102007"), day, null))).Ok.ShouldBeTrue();

        office.RolesOn(clerk.Account, day.AddDays(-1)).ShouldBe([(Role.Clerk, Street)]);
        office.RolesOn(clerk.Account, day).ShouldBe([(Role.Supervisor, "540102007")]);
        office.Events("access.moved").Single().Read<StaffMoved>().ShouldBe(new StaffMoved(clerk.Account, "Supervisor", Street, "540102007", day));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_history_of_roles_can_only_be_added_to(Engine engine)
    {
        using var office = await Office.Open(engine);
        var clerk = (await office.Join.Run(office.Chief, "clerk", "央金", office.Clerk(Street))).Value;
        await office.Move.End(office.Chief, clerk.Account, office.GrantsOf(clerk.Account).Single().Id);

        office.Store.Read(session => StaffRecords.Find(session, clerk.Account))!.History.Select(line => (line.Act, line.ByName))
            .ShouldBe([("ended", "局长"), ("given", "局长"), ("joined", "局长")]);
        await Should.ThrowAsync<Exception>(office.Store.Write(session => session.Execute("update access_history set act = 'other'")));
        await Should.ThrowAsync<Exception>(office.Store.Write(session => session.Execute("delete from access_history")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_list_shows_only_the_own_area_and_never_residents(Engine engine)
    {
        using var office = await Office.Open(engine);
        await office.Join.Run(office.Chief, "here", "这里", office.Clerk(Street));
        await office.Join.Run(office.Chief, "grid", "网格", office.Clerk(Street + "001-G03"));
        await office.Join.Run(office.Chief, "there", "那里", office.Clerk("540102007"));
        await office.Store.Write(session =>
        {
            var resident = office.Accounts.Create(session, "resident", "居民", "a long password", PersonId.New().Value).Value;
            office.Accounts.Give(session, resident, Role.Citizen, Street, office.Today, null, Guid.Empty);
        });

        office.List(Street).ShouldBe(["here", "grid"], ignoreOrder: true);
        office.List("540102").ShouldBe(["chief", "here", "grid", "there"], ignoreOrder: true);
        office.List(Street, "网").ShouldBe(["grid"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_role_is_given_only_where_the_district_or_its_lists_know_a_place(Engine engine)
    {
        using var office = await Office.Open(engine);
        var account = (await office.Join.Run(office.Chief, "known", "甲", office.Clerk("540102006001-G03"))).Value.Account;
        foreach (var nowhere in new[] { "540102099", "540102006009", "540102006001-G99", "540102006001-G0" })
        {
            (await office.Join.Run(office.Chief, "nobody", "乙", office.Clerk(nowhere))).Refusal!.Code.ShouldBe("access.scope_unknown", nowhere);
            (await office.Move.Add(office.Chief, account, office.Clerk(nowhere))).Refusal!.Code.ShouldBe("access.scope_unknown", nowhere);
            (await office.Move.Move(office.Chief, account, office.GrantsOf(account).Single().Id, office.Clerk(nowhere)))
                .Refusal!.Code.ShouldBe("access.scope_unknown", nowhere);
        }
        office.GrantsOf(account).Single().Grant.Scope.Code.ShouldBe("540102006001-G03");
        office.List("540102").ShouldBe(["chief", "known"], ignoreOrder: true);
    }

    /// <summary>Every grid and community of a list but the ninth and ninety-ninth.</summary>
    private sealed class Listed : IPlaceLists
    {
        public Task Refresh(CancellationToken cancel) => Task.CompletedTask;

        public string? NameOf(string code) => code.EndsWith('9') || code.EndsWith("-G0", StringComparison.Ordinal) ? null : code;
    }

    /// <summary>A district with one administrator, and the acts on its staff.</summary>
    private sealed class Office : IDisposable
    {
        private readonly TestStore district;

        private Office(TestStore district)
        {
            this.district = district;
            Accounts = new Accounts(Store, TimeProvider.System);
            var places = PlaceNames.Load(Repository.In("districts", "540102", "district.yaml"), new Listed());
            Join = new JoinStaff(Store, Accounts, places, TimeProvider.System);
            var outbox = new Outbox.Outbox([], TimeProvider.System);
            var rules = new AccessRules("540102", Demonstration: false);
            Move = new MoveStaff(Store, Accounts, outbox, rules, places, TimeProvider.System);
            Leave = new LeaveStaff(Store, outbox, rules, TimeProvider.System);
            Reset = new ResetPassword(Store, Accounts, TimeProvider.System);
        }

        public Store Store => district.Store;

        public Accounts Accounts { get; }

        public JoinStaff Join { get; }

        public MoveStaff Move { get; }

        public LeaveStaff Leave { get; }

        public ResetPassword Reset { get; }

        public Actor Chief { get; private set; } = null!;

        public DateOnly Today { get; } = TimeProvider.System.Today();

        public static async Task<Office> Open(Engine engine)
        {
            var office = new Office(TestStore.Open(engine));
            office.Chief = await office.Administrator("540102", signIn: "chief", name: "局长");
            return office;
        }

        public Task<Actor> Administrator(string scope, string? signIn = null, string name = "管理员", DateOnly? until = null) => Store.Write(session =>
        {
            signIn ??= "admin" + Guid.NewGuid().ToString("N");
            var id = Accounts.Create(session, signIn, name, "a long password").Value;
            Accounts.Give(session, id, Role.Administrator, scope, Today, until, Guid.Empty);
            return new Actor(id, name, signIn, [new Grant(Role.Administrator, new Scope(scope), Today, until)]);
        });

        public RoleGiven Clerk(string scope) => new(Role.Clerk, new Scope(scope), Today, null);

        public List<HeldGrant> GrantsOf(Guid account) => Store.Read(session => StaffRecords.GrantsOf(session, account));

        public IEnumerable<(Role, string)> RolesOn(Guid account, DateOnly day) =>
            GrantsOf(account).Where(held => !held.Ended && held.Grant.HoldsOn(day)).Select(held => (held.Grant.Role, held.Grant.Scope.Code));

        public List<EventRow> Events(string kind) =>
            Store.Read(session => session.Query<EventRow>("select id, kind, body, at from platform_event where kind = @kind", new { kind }));

        public IEnumerable<string> List(string scope, string search = "") =>
            Store.Read(session => Session.AtHand(StaffRecords.List(session, [new Scope(scope)], search, Today, 1))).Lines.Select(line => line.SignIn);

        public void Dispose() => district.Dispose();
    }
}
