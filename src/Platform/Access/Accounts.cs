using System.Security.Cryptography;
using Legwork.Kernel;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Legwork.Platform.Access;

/// <summary>Accounts and their grants. Passwords are hashed by ASP.NET Core Identity's hasher (PBKDF2-HMAC-SHA512).</summary>
public sealed class Accounts(Store store, TimeProvider clock, AccessRules? rules = null)
{
    public const int PasswordLengthMin = 10;
    private const int FailuresMax = 5;
    private static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    // Rounds as OWASP asks for them (Password Storage Cheat Sheet, 2023); a password hashed with fewer is still read.
    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // Verified when the sign-in name is unknown, so that the answer takes as long as for a known one.
    private static readonly string NobodysPassword = Hasher.HashPassword("", Guid.NewGuid().ToString());

    // Everybody knows it, so a salt of its own an account would guard nothing and hold up the writer once an account.
    private static readonly Lazy<string> PublishedPassword = new(() => Hasher.HashPassword("", DemonstrationAccounts.Password));

    /// <summary>
    /// Checks name and password; five wrong ones lock the name for 15 minutes, whether or not an account has it, so that neither the
    /// answer nor the lock tells which names exist. The refusal never says which of the two was wrong.
    /// </summary>
    /// <param name="alone">False where the password is asked once more of somebody who is in already.</param>
    internal async Task<Outcome<AccountRow>> SignIn(string signIn, string password, bool alone = true)
    {
        signIn = Normal(signIn);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // Counted before the password is looked at: forty that come at once are five looks and thirty-five refusals.
        if (!await store.Write(session => CountAttempt(session, signIn, now)))
            return Refusal.Of("access.locked", "Too many wrong passwords. Wait 15 minutes, or ask your administrator.");
        var account = store.Read(session => FindBySignIn(session, signIn));
        var right = Hasher.VerifyHashedPassword("", account?.Password ?? NobodysPassword, password) != PasswordVerificationResult.Failed;
        if (account is null || !right || account.State != "active")
            return Refusal.Of("access.wrong", "The sign-in name or the password is wrong.");
        var refused = store.Read(session => Unvouched(session, account.Id) ?? (alone ? MoreAsked(session, account.Id) : null));
        await store.Write(session =>
        {
            session.Execute("delete from access_attempt where sign_in = @signIn", new { signIn });
            if (refused is null) Entered(session, account.Id);
        });
        return refused is null ? account : refused;
    }

    /// <summary>Writes down that somebody signed in, in whatever way.</summary>
    internal void Entered(Session session, Guid account) =>
        session.Execute("insert into access_sign_in (account, at) values (@account, @now)", new { account, now = clock.GetUtcNow() });

    /// <summary>
    /// Who is bound to the office's directory comes in by another way only while the directory vouched lately, or whoever left there would
    /// go on here with a password.
    /// </summary>
    internal Refusal? Unvouched(Session session, Guid account) => rules is { Office.On: true }
        && session.First<long?>("select vouched_at from access_office where account = @account and subject is not null", new { account }) is { } at
        && clock.GetUtcNow().ToUnixTimeMilliseconds() - at > TimeSpan.FromDays(rules.Office.VouchDaysMax).TotalMilliseconds
            ? Refusal.Of("access.office_first", "The office has not vouched for you lately. Sign in with the office's account.") : null;

    /// <summary>
    /// Whoever holds a role that a password alone does not open comes by the passkey or the directory that is theirs. Who has neither yet is
    /// let in as far as the page where a passkey is added (<see cref="HeldSession.MoreIsDue"/>).
    /// </summary>
    internal Refusal? MoreAsked(Session session, Guid account) => rules is { MoreThanPassword.Count: > 0 }
        && rules.AskMore(GrantsOf(session, account).Where(grant => grant.HoldsOn(clock.Today()))) && session.Scalar<long>("""
            select (select count(*) from access_passkey where account = @account)
                + (select count(*) from access_office where account = @account and subject is not null and @on = 1)
            """, new { account, on = rules.Office.On ? 1L : 0L }) > 0
            ? Refusal.Of("access.more_than_password",
                "Your role is not opened by a password alone. Sign in with your passkey or the office's account.")
            : null;

    /// <summary>The fifth attempt locks the name while it is still being looked at, and opens it again if it was right.</summary>
    /// <returns>False when the name is locked; then nothing is counted.</returns>
    private static bool CountAttempt(Session session, string signIn, long now) => session.Execute("""
        insert into access_attempt (sign_in, failures, locked_until, at) values (@signIn, 1, 0, @now)
        on conflict (sign_in) do update set
            locked_until = case when access_attempt.failures + 1 >= @FailuresMax then @until else access_attempt.locked_until end,
            failures = case when access_attempt.failures + 1 >= @FailuresMax then 0 else access_attempt.failures + 1 end,
            at = @now
        where access_attempt.locked_until <= @now
        """, new { signIn, FailuresMax, now, until = now + (long)LockOut.TotalMilliseconds }) > 0;

    /// <summary>The account and the grants that hold today; null when it has left or its stamp has changed since sign-in.</summary>
    public Actor? Find(Guid id, string stamp) => store.Read(session => Session.AtHand(FindAsync(session, id, stamp)));

    internal async Task<Actor?> FindAsync(Session session, Guid id, string stamp)
    {
        var account = await session.FirstAsync<AccountRow>(Columns + " where id = @id and stamp = @stamp and state = 'active'", new { id, stamp });
        return account is null ? null : await ActorOf(session, account);
    }

    private async Task<Actor> ActorOf(Session session, AccountRow account)
    {
        var today = clock.Today();
        var grants = (await GrantsOfAsync(session, account.Id)).Where(grant => grant.HoldsOn(today)).ToList();
        return new Actor(account.Id, account.Name, account.SignIn, grants, account.Person, account.MustChange);
    }

    internal static Refusal? CheckSignIn(string signIn) =>
        Normal(signIn).Length is < 2 or > 64 ? Refusal.Of("access.sign_in_name", "A sign-in name has 2 to 64 characters.") : null;

    /// <summary>Which of these persons may sign in here.</summary>
    public static async Task<IReadOnlySet<Guid>> Holders(Session session, IReadOnlyCollection<Guid> persons) =>
        (await session.QueryAsync<Guid>($"select person from access_account where state = 'active' and {session.Among("person", "persons")}",
            new { persons = persons.ToArray() })).ToHashSet();

    /// <summary>Makes an account inside a unit; the caller logs who did it.</summary>
    public Outcome<Guid> Create(Session session, string signIn, string name, string password, Guid? person = null,
        bool demonstration = false, bool mustChange = false)
    {
        signIn = Normal(signIn);
        if ((CheckSignIn(signIn) ?? (demonstration ? null : CheckPassword(password))) is { } refusal) return refusal;
        if (FindBySignIn(session, signIn) is not null) return Refusal.Of("access.taken", "This sign-in name is in use.");
        var id = Guid.CreateVersion7();
        session.Execute("""
            insert into access_account (id, sign_in, name, password, stamp, person, created_at, demonstration, must_change)
            values (@id, @signIn, @name, @hash, @stamp, @person, @at, @demo, @mustChange)
            """, new
        {
            id,
            signIn,
            name,
            person,
            hash = demonstration && password == DemonstrationAccounts.Password ? PublishedPassword.Value : Hasher.HashPassword("", password),
            stamp = NewStamp(),
            at = clock.GetUtcNow(),
            demo = demonstration ? 1L : 0L,
            mustChange = mustChange ? 1L : 0L,
        });
        return id;
    }

    /// <summary>Gives a role inside a unit and writes it into the history; the caller has checked that <paramref name="by"/> may.</summary>
    public void Give(Session session, Guid account, Role role, string scope, DateOnly from, DateOnly? until, Guid by)
    {
        var at = clock.GetUtcNow();
        session.Execute("""
            insert into access_grant (account, role, scope, from_day, until_day, given_by, given_at)
                values (@account, @role, @scope, @from, @until, @by, @at)
            """, new { account, role = role.ToString(), scope, from, until, by, at });
        Note(session, at, account, by, "given", new Grant(role, new Scope(scope), from, until));
    }

    /// <summary>Writes a line into an account's history, inside the unit of what it tells.</summary>
    internal static void Note(Session session, DateTimeOffset at, Guid account, Guid by, string act, Grant? grant = null,
        string? detail = null) => session.Execute("""
        insert into access_history (at, account, by_account, act, role, scope, from_day, until_day, detail)
            values (@at, @account, @by, @act, @role, @scope, @from, @until, @detail)
        """,
        new { at, account, by, act, role = grant?.Role.ToString(), scope = grant?.Scope.Code, from = grant?.From, until = grant?.Until, detail });

    /// <summary>The same for what is no role and has its last day.</summary>
    internal static void Note(Session session, DateTimeOffset at, Guid account, Guid by, string act, DateOnly from, DateOnly until) =>
        session.Execute("""
            insert into access_history (at, account, by_account, act, from_day, until_day) values (@at, @account, @by, @act, @from, @until)
            """, new { at, account, by, act, from, until });

    /// <summary>Who does this account's work at an instant, by name; null when nobody stands in.</summary>
    public static Task<string?> DeputyOf(Session session, Guid account, DateTimeOffset at) => StandInRecords.DeputyOf(session, account, at);

    /// <summary>
    /// The same hands in the name in which something was done: what a phone kept is judged by who stood in for whom when it was done.
    /// </summary>
    /// <param name="absent">In whose name; null in the own.</param>
    /// <param name="at">When it was done.</param>
    /// <returns>Null when nobody let this account stand in at that instant.</returns>
    public async Task<Actor?> InNameOf(Actor actor, Guid? absent, DateTimeOffset at)
    {
        if (actor.For?.Account == absent) return actor;
        return await store.ReadAsync(async session =>
        {
            if (await FindByIdAsync(session, actor.Account) is not { State: "active" } account) return null;
            var own = await ActorOf(session, account);
            return absent is { } other ? await StandInRecords.ActorAt(session, own, other, at) : own;
        }, CancellationToken.None);
    }

    public static Refusal? CheckPassword(string password) => password.Length switch
    {
        < PasswordLengthMin => Refusal.Of("access.password_short", $"A password has at least {PasswordLengthMin} characters."),
        > 256 => Refusal.Of("access.password_long", "A password has at most 256 characters."),
        _ when GuessedWords.Only(password) =>
            Refusal.Of("access.password_guessed", "This password is among the first that somebody would try. Choose words of your own."),
        _ => null,
    };

    /// <summary>The new stamp ends every session of the account, and a lock on its name goes.</summary>
    public void SetPassword(Session session, Guid account, string password) => SetPassword(session, account, password, mustChange: false);

    /// <summary>The same by somebody else, who has seen the password: it is good for one use, and every passkey of the account goes, since a device
    /// may be in other hands.</summary>
    public void ResetPassword(Session session, Guid account, string password, Guid by)
    {
        SetPassword(session, account, password, mustChange: true);
        var at = clock.GetUtcNow();
        Note(session, at, account, by, "password_reset");
        foreach (var name in session.Query<string>("select name from access_passkey where account = @account order by made_at, id", new { account }))
            Note(session, at, account, by, "passkey_removed", detail: name);
        session.Execute("delete from access_passkey where account = @account", new { account });
    }

    private static void SetPassword(Session session, Guid account, string password, bool mustChange)
    {
        session.Execute("update access_account set password = @hash, stamp = @stamp, must_change = @must, demonstration = 0 where id = @account",
            new { account, hash = Hasher.HashPassword("", password), stamp = NewStamp(), must = mustChange ? 1L : 0L });
        session.Execute("delete from access_attempt where sign_in = (select sign_in from access_account where id = @account)", new { account });
        session.Execute("delete from access_session where account = @account", new { account });
    }

    public static List<Grant> GrantsOf(Session session, Guid account) => Session.AtHand(GrantsOfAsync(session, account));

    internal static async Task<List<Grant>> GrantsOfAsync(Session session, Guid account) =>
        (await session.QueryAsync<GrantRow>(
            "select role, scope, from_day, until_day from access_grant where account = @account and ended_at is null order by id", new { account }))
            .ConvertAll(row => new Grant(new Role(row.Role), new Scope(row.Scope),
                DateOnly.Parse(row.FromDay, System.Globalization.CultureInfo.InvariantCulture),
                row.UntilDay is null ? null : DateOnly.Parse(row.UntilDay, System.Globalization.CultureInfo.InvariantCulture)));

    internal static AccountRow? FindBySignIn(Session session, string signIn) =>
        session.First<AccountRow>(Columns + " where sign_in = @signIn", new { signIn = Normal(signIn) });

    internal static AccountRow? FindById(Session session, Guid id) => Session.AtHand(FindByIdAsync(session, id));

    internal static Task<AccountRow?> FindByIdAsync(Session session, Guid id) =>
        session.FirstAsync<AccountRow>(Columns + " where id = @id", new { id });

    public static long Count(Session session, bool demonstrationOnly = false) => session.Scalar<long>(
        "select count(*) from access_account where state = 'active'" + (demonstrationOnly ? " and demonstration = 1" : ""));

    private const string Columns = "select id, sign_in, name, password, stamp, person, state, must_change as must_change_flag from access_account";

    // Cut before it reaches the storage: a name of a megabyte is nobody's.
    private static string Normal(string signIn) => signIn.Trim().ToLowerInvariant() is var name && name.Length > 65 ? name[..65] : name;

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private sealed record GrantRow(string Role, string Scope, string FromDay, string? UntilDay);
}

/// <summary>An account with the digest of its password, which nobody outside Platform sees; others know it as a <see cref="RoleHolder"/>.</summary>
internal sealed record AccountRow(Guid Id, string SignIn, string Name, string Password, string Stamp, Guid? Person, string State, long MustChangeFlag)
{
    public bool MustChange => MustChangeFlag == 1;
}
