using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Office;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>
/// An administrator writes down how the office's directory calls one of the staff, or takes it back. Whoever is known by that name there will sign
/// in here as this account, so the same rule holds as for setting a password.
/// </summary>
internal sealed class NameAtOffice(Store store, TimeProvider clock)
{
    public Task<Outcome<Done>> Give(Actor by, Guid account, string name) => store.Write<Outcome<Done>>(session =>
    {
        name = OfficeAccounts.Normal(name);
        if (name.Length is 0 or > OfficeAccounts.NameLengthMax)
            return Refusal.Of("access.office_name", $"Enter the name at the directory, at most {OfficeAccounts.NameLengthMax} characters.");
        if (Managed(session, by, account) is { } refusal) return refusal;
        var known = Session.AtHand(OfficeAccounts.Of(session, account));
        if (known is { Bound: true }) return Refusal.Of("access.office_bound_here", "This account is bound already. Take the binding away first.");
        if (session.First<string>("select name from access_office where name = @name and account <> @account", new { name, account }) is not null)
            return Refusal.Of("access.office_name_taken", "Another account is named so already.");
        var at = clock.GetUtcNow();
        session.Execute("""
            insert into access_office (account, name, named_at) values (@account, @name, @at)
            on conflict (account) do update set name = @name, named_at = @at
            """, new { account, name, at });
        Accounts.Note(session, at, account, by.Account, "office_named", detail: name);
        return Done.It;
    });

    /// <summary>Every sign-in of the account ends with it.</summary>
    public Task<Outcome<Done>> TakeBack(Actor by, Guid account) => store.Write<Outcome<Done>>(session =>
    {
        if (Managed(session, by, account) is { } refusal) return refusal;
        if (Session.AtHand(OfficeAccounts.Of(session, account)) is not { } known)
            return Refusal.Of("access.not_found", "This account or role is not there any more.");
        session.Execute("delete from access_office where account = @account", new { account });
        session.Execute("delete from access_session where account = @account", new { account });
        Accounts.Note(session, clock.GetUtcNow(), account, by.Account, "office_unbound", detail: known.Name);
        return Done.It;
    });

    private Refusal? Managed(Session session, Actor by, Guid account) =>
        StaffRecords.Find(session, account) is { Account.State: "active" } member ? StaffRules.MayManage(by, account, member.Places(clock.Today()))
            : Refusal.Of("access.not_found", "This account or role is not there any more.");
}
