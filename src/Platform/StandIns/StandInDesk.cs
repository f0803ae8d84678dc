using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;

namespace Legwork.Platform.StandIns;

/// <summary>What a form says of a stand-in, as it was typed.</summary>
internal sealed record StandInAsked(string Deputy, DateOnly? From, DateOnly? Until, string Reason);

/// <summary>
/// Somebody is away, and a colleague does the work for a term. One gives the own work to who holds the same roles already; whoever administers
/// may give anybody's to anybody but himself. Nobody passes on what he only stands in for.
/// </summary>
internal sealed class StandInDesk(Store store, AccessRules rules, TimeProvider clock)
{
    private const int DistrictDigits = 6;

    private static readonly Refusal NotFound = Refusal.Of("access.not_found", "This account or role is not there any more.");

    /// <summary>Refusals: <c>access.stand_in_chain</c>, <c>access.stand_in_staff</c>, <c>access.stand_in_unknown</c>, <c>access.stand_in_self</c>,
    /// <c>access.stand_in_roles</c>, <c>access.stand_in_from</c>, <c>access.stand_in_days</c>, <c>access.stand_in_reason</c>,
    /// <c>access.stand_in_taken_over</c>, <c>access.stand_in_away</c> and those of managing staff.</summary>
    public Task<Outcome<Guid>> Give(Actor by, Guid absent, StandInAsked asked) => store.Write<Outcome<Guid>>(session =>
    {
        var now = clock.GetUtcNow();
        if (MayGive(session, by, absent) is { } refusal) return refusal;
        var roles = RolesOf(session, absent, asked);
        var deputy = Find(session, by, asked.Deputy);
        if (Refusal.All(CheckDeputy(session, by, absent, deputy, roles), CheckDays(asked), CheckReason(asked.Reason)) is { } wrong) return wrong;
        var (from, until) = (Start(asked.From!.Value), Start(asked.Until!.Value.AddDays(1)));
        // Two given at once for one person must see each other; in one order, so that two who stand in for each other do not wait for ever.
        if (session.Engine == Engine.Postgres)
            session.Query<Guid>("select id from access_account where id = @absent or id = @deputy order by id for update", new { absent, deputy });
        if (StandInRecords.Beside(session, absent, deputy!.Value, from, until) is [var beside, ..])
            return beside.Absent == absent
                ? Refusal.Of("access.stand_in_taken_over", "Somebody stands in during these days already. End that first, or choose other days.")
                : Refusal.Of("access.stand_in_away", "The one chosen is away in these days. Choose somebody else.");
        var id = Guid.CreateVersion7();
        StandInRecords.Add(session, id, absent, deputy.Value, from, until, asked.Reason.Trim(), by.Account, now);
        Note(session, "stood_in", absent, by, now, asked.From.Value, asked.Until.Value);
        Note(session, "stands_in", deputy.Value, by, now, asked.From.Value, asked.Until.Value);
        return id;
    });

    /// <summary>Over at once: the absent one is back, the deputy cannot go on, or whoever administers ends it.</summary>
    public Task<Outcome<Done>> End(Actor by, Guid id) => store.Write<Outcome<Done>>(session =>
    {
        if (Session.AtHand(StandInRecords.Find(session, id)) is not { } held) return NotFound;
        if (by.Account != held.Absent && by.Account != held.Deputy && Manages(session, by, held.Absent) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        if (!held.IsOpenAt(now.ToUnixTimeMilliseconds()) || !StandInRecords.End(session, id, by.Account, now)) return Done.It;
        Note(session, "stood_in_ended", held.Absent, by, now, held.From, held.Until);
        Note(session, "stands_in_ended", held.Deputy, by, now, held.From, held.Until);
        return Done.It;
    });

    /// <summary>What stands between an account and its stand-ins, and whom it may choose.</summary>
    public Task<StandInsOf> Of(Actor actor, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var roles = actor.Grants.Where(grant => grant.Role != Role.Citizen).Select(grant => grant.Role).Distinct().ToList();
        var colleagues = roles.Count == 0 || actor.For is not null ? []
            : await Colleagues(session, actor, roles);
        return new StandInsOf(await StandInRecords.Of(session, actor.Account, 100), [.. colleagues.Where(one => one.Id != actor.Account)]);
    }, cancel);

    /// <summary>For the page of one of the staff: all that was given, and whom an administrator may choose.</summary>
    public Task<StandInsOf> OfStaff(Actor by, Guid account, CancellationToken cancel) => store.ReadAsync(async session =>
        new StandInsOf(await StandInRecords.Of(session, account, 100), !by.May(AccessPermissions.ManageStaff) ? []
            : [.. (await Colleagues(session, by, [])).Where(one => one.Id != account && !by.Is(one.Id))]), cancel);

    /// <summary>The name of one of the staff, for who may give it a stand-in.</summary>
    public Task<Outcome<string>> Member(Actor by, Guid account, CancellationToken cancel) => store.ReadAsync<Outcome<string>>(async session =>
        await StaffRecords.FindAsync(session, account) is not { Account.State: "active" } member ? NotFound
            : StaffRules.MayManage(by, account, member.Places(clock.Today())) is { } refusal ? refusal : member.Account.Name, cancel);

    /// <summary>What holds just now, on either side.</summary>
    public Task<List<StandIn>> Now(Actor actor, CancellationToken cancel) =>
        store.ReadAsync(session => StandInRecords.Now(session, actor.Account, clock.GetUtcNow()), cancel);

    private Refusal? MayGive(Session session, Actor by, Guid absent)
    {
        if (by.For is not null) return Refusal.Of("access.stand_in_chain", "You stand in for somebody. Go back to your own name first.");
        if (by.Account != absent) return Manages(session, by, absent);
        return by.Grants.Any(grant => grant.Role != Role.Citizen) ? null
            : Refusal.Of("access.stand_in_staff", "Only who works here is stood in for. A resident's guardian is recorded at the counter.");
    }

    private Refusal? Manages(Session session, Actor by, Guid account)
    {
        if (!by.May(AccessPermissions.ManageStaff)) return Refusal.Of("access.out_of_scope", "This lies outside your own area.");
        return StaffRecords.Find(session, account) is { Account.State: "active" } member
            ? StaffRules.MayManage(by, account, member.Places(clock.Today())) : NotFound;
    }

    /// <summary>The roles that are held at any time of the term.</summary>
    private List<Role> RolesOf(Session session, Guid account, StandInAsked asked) =>
        [.. Accounts.GrantsOf(session, account).Where(grant => asked.Until is not { } until || grant.From <= until)
            .Where(grant => grant.Until is not { } end || end > (asked.From ?? clock.Today())).Select(grant => grant.Role).Distinct()];

    private Refusal? CheckDeputy(Session session, Actor by, Guid absent, Guid? deputy, List<Role> roles)
    {
        if (deputy is not { } found)
            return Refusal.Of("access.stand_in_unknown", "Nobody who works here has this name, or several do: use the sign-in name.");
        if (found == absent) return Refusal.Of("access.stand_in_self", "Nobody stands in for himself.");
        // Else an administrator would give himself any role by it.
        if (by.Is(found)) return Refusal.Of("access.own_roles", "Nobody changes their own roles. Ask another administrator.");
        if (by.Account != absent) return null;
        var held = Accounts.GrantsOf(session, found).Where(grant => grant.HoldsOn(clock.Today())).Select(grant => grant.Role).ToHashSet();
        return roles.TrueForAll(held.Contains) ? null
            : Refusal.Of("access.stand_in_roles", "You can choose who holds the same roles. Anybody else is chosen by an administrator.");
    }

    private Refusal? CheckDays(StandInAsked asked)
    {
        var today = clock.Today();
        var from = asked.From ?? today;
        return Refusal.All(
            asked.From is null || from < today ? Refusal.Of("access.stand_in_from", "The first day is today or later.") : null,
            asked.Until is not { } until || until < from || until.DayNumber - from.DayNumber >= rules.StandInDaysMax
                ? Refusal.Of("access.stand_in_days", $"The term ends on its first day or later, after {rules.StandInDaysMax} days at most.") : null);
    }

    private static Refusal? CheckReason(string reason) => reason.Trim().Length is < 2 or > 200
        ? Refusal.Of("access.stand_in_reason", "Write why in 2 to 200 characters: others will read it.") : null;

    /// <summary>Who works in a district where the one who asks does: of other districts' staff nothing is told.</summary>
    private async Task<IReadOnlyList<Colleague>> Colleagues(Session session, Actor by, IReadOnlyCollection<Role> roles)
    {
        var districts = by.Grants.Select(grant => grant.Scope.Code)
            .Select(code => new Scope(code[..Math.Min(DistrictDigits, code.Length)])).Distinct().ToList();
        return [.. (await StandInRecords.Colleagues(session, roles, clock.Today()))
            .Where(one => districts.Exists(own => own.Covers(one.Scope) || new Scope(one.Scope).Covers(own.Code)))];
    }

    private Guid? Find(Session session, Actor by, string asked)
    {
        var colleagues = Session.AtHand(Colleagues(session, by, []));
        if (colleagues.FirstOrDefault(one => one.SignIn.Equals(asked.Trim(), StringComparison.OrdinalIgnoreCase)) is { } signIn) return signIn.Id;
        return colleagues.Where(one => one.Name == asked.Trim()).ToList() is [var one] ? one.Id : null;
    }

    private static long Start(DateOnly day) => Calendar.StartOf(day).ToUnixTimeMilliseconds();

    private static void Note(Session session, string act, Guid account, Actor by, DateTimeOffset now, DateOnly from, DateOnly until) =>
        Accounts.Note(session, now, account, by.Account, act, from, until);
}

/// <param name="All">The newest first.</param>
/// <param name="Colleagues">Whom a form offers.</param>
internal sealed record StandInsOf(IReadOnlyList<StandIn> All, IReadOnlyList<Colleague> Colleagues);
