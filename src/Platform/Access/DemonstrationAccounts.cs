using Legwork.Platform.Storage;

namespace Legwork.Platform.Access;

/// <summary>One published sign-in of a demonstration district.</summary>
public sealed record DemonstrationSignIn(string SignIn, string Name, Role Role, string Scope, Guid? Person = null);

/// <summary>
/// The published accounts of a demonstration. They exist only in a district that was made as one; <c>serve</c> does not start
/// while any is left, and the sign-in page names them only while the demonstration runs.
/// </summary>
public sealed class DemonstrationAccounts(Store store, Accounts accounts, AccessRules rules, TimeProvider clock)
{
    /// <summary>Published, hence worthless: the same for every demonstration account.</summary>
    public const string Password = "legwork-demo";

    public bool On => rules.Demonstration;

    /// <summary>Makes the accounts that are not there yet, each with one grant from today on.</summary>
    public Task Make(IReadOnlyList<DemonstrationSignIn> wanted) => store.Write(session =>
    {
        var today = clock.Today();
        foreach (var account in wanted.Where(account => Accounts.FindBySignIn(session, account.SignIn) is null))
        {
            var id = accounts.Create(session, account.SignIn, account.Name, Password, account.Person, demonstration: true).Value;
            accounts.Give(session, id, account.Role, account.Scope, today, null, Guid.Empty);
        }
    });

    /// <summary>What may be told to everyone; nothing unless the demonstration runs.</summary>
    public IReadOnlyList<DemonstrationSignIn> List() => !On ? [] : store.Read(session => session.Query<Row>("""
        select a.sign_in as "SignIn", a.name as "Name", g.role as "Role", g.scope as "Scope"
        from access_account a join access_grant g on g.account = a.id
        where a.demonstration = 1 and a.state = 'active' and g.ended_at is null order by a.created_at, a.sign_in, g.id
        """)).ConvertAll(row => new DemonstrationSignIn(row.SignIn, row.Name, new Role(row.Role), row.Scope));

    private sealed record Row(string SignIn, string Name, string Role, string Scope);
}
