using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Office;

/// <summary>How the office's directory knows an account: by name until the first sign-in from there, then for good.</summary>
internal sealed record OfficeName(string Name, DateTimeOffset NamedAt, string? Subject, DateTimeOffset VouchedAt)
{
    public bool Bound => Subject is not null;
}

/// <summary>
/// Who of the directory is who here. Roles are ours: an administrator writes down how the directory calls somebody who has an account, the
/// first sign-in by that name binds the account to issuer and subject, and from then on the name means nothing.
/// </summary>
internal sealed class OfficeAccounts(Store store, Accounts accounts, TimeProvider clock)
{
    public const int NameLengthMax = 120;

    /// <summary>A name that nobody came by in this time may have passed to somebody else over there.</summary>
    private static readonly TimeSpan NameHolds = TimeSpan.FromDays(30);

    public static string Normal(string name) => name.Trim().ToLowerInvariant();

    public static async Task<OfficeName?> Of(Session session, Guid account) => await session.FirstAsync<OfficeName>(
        "select name, named_at, subject, vouched_at from access_office where account = @account", new { account });

    /// <summary>The account of somebody who comes from the directory.</summary>
    public Task<Outcome<AccountRow>> Take(Vouched who) => store.Write<Outcome<AccountRow>>(session =>
    {
        var known = session.First<Row>("select account, ended_at from access_office where issuer = @Issuer and subject = @Subject", who);
        var bound = known is null ? Bind(session, who) : known.Account;
        if (bound.Refusal is { } refusal) return refusal;
        // Whoever left here does not come in, though the directory still knows them.
        if (Accounts.FindById(session, bound.Value) is not { State: "active" } account) return Unknown;
        // A word from before the person was signed out there.
        if (who.Said.ToUnixTimeSeconds() < known?.EndedAt / 1000)
            return Refusal.Of("access.office_ended", "The office signed you out meanwhile. Sign in again.");
        session.Execute("update access_office set vouched_at = @now, sub = @Sub where account = @Id",
            new { now = clock.GetUtcNow(), who.Sub, account.Id });
        accounts.Entered(session, account.Id);
        return account;
    });

    private Outcome<Guid> Bind(Session session, Vouched who)
    {
        if (who.Name is null) return Unknown;
        var now = clock.GetUtcNow();
        var named = session.First<Row>("select account, named_at, subject from access_office where name = @name", new { name = Normal(who.Name) });
        if (named is null) return Unknown;
        if (named.Subject is not null)
            return Refusal.Of("access.office_bound", "The account of this name belongs to somebody else at the directory. Tell your administrator.");
        if (named.NamedAt < (now - NameHolds).ToUnixTimeMilliseconds()) return Unknown;
        if (Accounts.FindById(session, named.Account) is not { State: "active" }) return Unknown;
        session.Execute("update access_office set issuer = @Issuer, subject = @Subject where account = @Account and subject is null",
            new { who.Issuer, who.Subject, named.Account });
        Accounts.Note(session, now, named.Account, named.Account, "office_bound", detail: who.Name);
        return named.Account;
    }

    /// <summary>The directory signed somebody out: every sign-in of the person ends, however it began, or those of one sign-in there.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> SignOut(string issuer, string? sub, string? sid, DateTimeOffset said) => store.Write(session => sub is null
        ? session.Execute("delete from access_session where sid = @sid and account in (select account from access_office where issuer = @issuer)",
            new { sid, issuer })
        : session.Query<Guid>("select account from access_office where issuer = @issuer and sub = @sub", new { issuer, sub }).Sum(account =>
        {
            session.Execute("update access_office set ended_at = @said where account = @account and ended_at < @said", new { said, account });
            return session.Execute("delete from access_session where account = @account", new { account });
        }));

    private static readonly Refusal Unknown = Refusal.Of("access.office_unknown",
        "Nobody here is known by this account of the office. Ask your administrator to enter it beside your name under Staff.");

    private sealed record Row
    {
        public Guid Account { get; init; }

        public long NamedAt { get; init; }

        public string? Subject { get; init; }

        public long EndedAt { get; init; }
    }
}
