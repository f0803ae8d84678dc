using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>
/// When a place ends and others take over from it (a grid split or merged), whoever held a role there holds it in all of them, so that
/// no work lies where nobody looks. Who keeps which part is the administrator's to settle afterwards.
/// </summary>
public sealed class FollowPlace(Accounts accounts, Outbox.Outbox outbox, TimeProvider clock)
{
    /// <summary>Inside the unit that ends the place.</summary>
    /// <param name="by">Who changed the places; named in each account's history.</param>
    public void Run(Session session, string ended, IReadOnlyList<string> heirs, Guid by)
    {
        var today = clock.Today();
        foreach (var account in session.Query<Guid>(
            "select distinct account from access_grant where scope = @ended and ended_at is null", new { ended }))
        {
            var open = StaffRecords.GrantsOf(session, account).Where(held => !held.Ended && !(held.Grant.Until <= today)).ToList();
            foreach (var held in open.Where(held => held.Grant.Scope.Code == ended).ToList()) Follow(session, account, held, heirs, open, today, by);
        }
    }

    private void Follow(Session session, Guid account, HeldGrant held, IReadOnlyList<string> heirs, List<HeldGrant> open, DateOnly today, Guid by)
    {
        var now = clock.GetUtcNow();
        session.Execute("update access_grant set ended_at = @now, ended_by = @by where id = @Id", new { now, by, held.Id });
        Accounts.Note(session, now, account, by, "moved", held.Grant with { Until = today });
        foreach (var heir in heirs)
        {
            var from = held.Grant.From > today ? held.Grant.From : today;
            // Two grids of one worker that were merged are one role.
            if (open.Exists(other => !other.Ended && other.Grant.Role == held.Grant.Role && other.Grant.Scope.Code == heir
                && other.Grant.HoldsOn(from))) continue;
            accounts.Give(session, account, held.Grant.Role, heir, from, held.Grant.Until, by);
            open.Add(new HeldGrant(0, new Grant(held.Grant.Role, new Scope(heir), from, held.Grant.Until), Ended: false));
            outbox.Tell(session, "access.moved", StaffRecords.Key(account),
                new StaffMoved(account, held.Grant.Role.ToString(), held.Grant.Scope.Code, heir, from));
        }
    }
}
