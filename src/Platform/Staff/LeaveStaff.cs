using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>Told as <c>access.left</c>: whoever holds open work of this account hands it over.</summary>
internal sealed record StaffLeft(Guid Account, string Name, IReadOnlyList<StaffRole> Roles, Guid By);

/// <summary>A role in a place, as events name it.</summary>
internal sealed record StaffRole(string Role, string Scope);

/// <summary>Someone stops working here: every role ends now, every session with the next click, and nothing of the account is deleted.</summary>
internal sealed class LeaveStaff(Store store, Outbox.Outbox outbox, AccessRules rules, TimeProvider clock)
{
    public Task<Outcome<Done>> Run(Actor by, Guid account) => store.Write<Outcome<Done>>(session =>
    {
        var asked = Session.AtHand(Ask(session, by, account));
        if (!asked.Ok) return asked.Refusal!;
        var member = asked.Value;
        var open = member.Grants.Where(held => !held.Ended).ToList();
        if (open.Exists(held => held.Grant.Role == Role.Administrator)
            && StaffRules.LeavesAnAdministrator(StaffRecords.Administrators(session, rules.District),
                (id, _) => id == account, clock.Today()) is { } last)
            return last;
        var at = clock.GetUtcNow();
        session.Execute("update access_grant set ended_at = @at, ended_by = @ender where account = @account and ended_at is null",
            new { at, ender = by.Account, account });
        session.Execute("update access_account set state = 'left', stamp = @stamp where id = @account", new { stamp = Accounts.NewStamp(), account });
        StandInRecords.EndAll(session, account, by.Account, at);
        Accounts.Note(session, at, account, by.Account, "left");
        outbox.Tell(session, "access.left", StaffRecords.Key(account), new StaffLeft(account, member.Account.Name,
            [.. open.Select(held => new StaffRole(held.Grant.Role.ToString(), held.Grant.Scope.Code))], by.Account));
        return Done.It;
    });

    /// <summary>Who would leave, for the page that asks first; refused to whom <see cref="Run"/> is.</summary>
    public Task<Outcome<StaffMember>> Ask(Actor by, Guid account, CancellationToken cancel) =>
        store.ReadAsync(session => Ask(session, by, account), cancel);

    private async Task<Outcome<StaffMember>> Ask(Session session, Actor by, Guid account)
    {
        if (await StaffRecords.FindAsync(session, account) is not { Account.State: "active" } member)
            return Refusal.Of("access.not_found", "This account or role is not there any more.");
        return StaffRules.MayManage(by, account, member.Places(clock.Today())) is { } refusal ? refusal : member;
    }
}
