using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>Told as <c>access.moved</c> when a role moves, ends or is added, so that open work finds its new hands.</summary>
/// <param name="FromScope">Null when a role was added.</param>
/// <param name="ToScope">Null when a role ended.</param>
/// <param name="On">The first day of the change.</param>
internal sealed record StaffMoved(Guid Account, string Role, string? FromScope, string? ToScope, DateOnly On);

/// <summary>Someone gets another role, moves to another place from a day on, or gives a role back.</summary>
internal sealed class MoveStaff(Store store, Accounts accounts, Outbox.Outbox outbox, AccessRules rules, PlaceNames places, TimeProvider clock)
{
    /// <summary>A role beside those held.</summary>
    public async Task<Outcome<Done>> Add(Actor by, Guid account, RoleGiven given) =>
        await StaffRules.MayGive(by, account, given, places) is { } refusal ? refusal : await store.Write<Outcome<Done>>(session =>
    {
        if (Find(session, account) is not { } member) return NotFound;
        if (member.Open(clock.Today()).Any(held => held.Grant.Role == given.Role && held.Grant.Scope == given.Scope))
            return Refusal.Of("access.held_already", "This person holds this role there already.");
        accounts.Give(session, account, given.Role, given.Scope.Code, given.From, given.Until, by.Account);
        outbox.Tell(session, "access.moved", StaffRecords.Key(account),
            new StaffMoved(account, given.Role.ToString(), null, given.Scope.Code, given.From));
        return Done.It;
    });

    /// <summary>The role held goes on in another place (or as another role) from <c>given.From</c> on; until then nothing changes.</summary>
    public async Task<Outcome<Done>> Move(Actor by, Guid account, long grant, RoleGiven given) =>
        await StaffRules.MayGive(by, account, given, places) is { } refused ? refused : await store.Write<Outcome<Done>>(session =>
    {
        if (HeldBy(session, account, grant) is not { } held) return NotFound;
        if (StaffRules.MayManage(by, account, [held.Grant]) is { } refusal) return refusal;
        if (given.From < held.Grant.From) return Refusal.Of("access.period", "The last day lies before the first.");
        var goesOn = given.Role == Role.Administrator && given.Until is null && given.Scope.Covers(rules.District);
        if (!goesOn && WouldLeaveNobody(session, held) is { } last) return last;
        var until = held.Grant.Until < given.From ? held.Grant.Until.Value : given.From;
        session.Execute("update access_grant set until_day = @until where id = @grant", new { until, grant });
        Accounts.Note(session, clock.GetUtcNow(), account, by.Account, "moved", held.Grant with { Until = until });
        accounts.Give(session, account, given.Role, given.Scope.Code, given.From, given.Until, by.Account);
        outbox.Tell(session, "access.moved", StaffRecords.Key(account),
            new StaffMoved(account, given.Role.ToString(), held.Grant.Scope.Code, given.Scope.Code, given.From));
        return Done.It;
    });

    /// <summary>The role ends now.</summary>
    public Task<Outcome<Done>> End(Actor by, Guid account, long grant) => store.Write<Outcome<Done>>(session =>
    {
        if (HeldBy(session, account, grant) is not { } held) return NotFound;
        if (StaffRules.MayManage(by, account, [held.Grant]) is { } refusal) return refusal;
        if (WouldLeaveNobody(session, held) is { } last) return last;
        session.Execute("update access_grant set ended_at = @at, ended_by = @Account where id = @grant",
            new { at = clock.GetUtcNow(), by.Account, grant });
        Accounts.Note(session, clock.GetUtcNow(), account, by.Account, "ended", held.Grant);
        outbox.Tell(session, "access.moved", StaffRecords.Key(account),
            new StaffMoved(account, held.Grant.Role.ToString(), held.Grant.Scope.Code, null, clock.Today()));
        return Done.It;
    });

    private static readonly Refusal NotFound = Refusal.Of("access.not_found", "This account or role is not there any more.");

    private static StaffMember? Find(Session session, Guid account) =>
        StaffRecords.Find(session, account) is { Account.State: "active" } member ? member : null;

    private static HeldGrant? HeldBy(Session session, Guid account, long grant) =>
        Find(session, account)?.Grants.FirstOrDefault(held => held.Id == grant && !held.Ended);

    private Refusal? WouldLeaveNobody(Session session, HeldGrant held) => held.Grant.Role != Role.Administrator ? null
        : StaffRules.LeavesAnAdministrator(StaffRecords.Administrators(session, rules.District), (_, id) => id == held.Id, clock.Today());
}
