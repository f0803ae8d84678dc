using System.Buffers.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Identity;

namespace Legwork.Platform.Passkeys;

/// <summary>A passkey as its holder sees it.</summary>
internal sealed record PasskeyLine(Guid Id, string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);

/// <summary>Passkeys of accounts: a public key each, good for nobody who steals it. Making and taking away stand in the account's history.</summary>
internal sealed class PasskeyRows(Store store, Accounts accounts, TimeProvider clock)
{
    public const int PerAccountMax = 10, NameLengthMax = 60;

    private static readonly Refusal Gone = Refusal.Of("access.passkey.not_found", "This passkey is not there any more.");

    public Task<List<PasskeyLine>> List(Guid account, CancellationToken cancel) => store.ReadAsync(session => session.QueryAsync<PasskeyLine>(
        "select id, name, made_at, used_at from access_passkey where account = @account order by made_at, id", new { account }), cancel);

    public static Refusal? CheckName(string name) => name.Trim().Length is 0 or > NameLengthMax
        ? Refusal.Of("access.passkey_name", $"Give the passkey a name, at most {NameLengthMax} characters.") : null;

    /// <param name="onlyFirst">True for whoever came by a password where more is asked: an account that has a passkey is opened by that.</param>
    public Task<Outcome<Done>> Add(Guid account, string name, UserPasskeyInfo key, bool onlyFirst) => store.Write<Outcome<Done>>(session =>
    {
        if ((CheckName(name) ?? (onlyFirst ? accounts.MoreAsked(session, account) : null)) is { } refusal) return refusal;
        if (session.Scalar<long>("select count(*) from access_passkey where account = @account", new { account }) >= PerAccountMax)
            return Refusal.Of("access.passkey_many", $"An account has at most {PerAccountMax} passkeys. Take one away first.");
        var (at, credential) = (clock.GetUtcNow(), Base64Url.EncodeToString(key.CredentialId));
        if (session.Execute("""
            insert into access_passkey (id, account, credential, public_key, sign_count, transports, backup_eligible, backed_up, name, made_at)
            values (@id, @account, @credential, @PublicKey, @count, @transports, @eligible, @backed, @name, @at) on conflict (credential) do nothing
            """, new
        {
            id = Guid.CreateVersion7(),
            account,
            credential,
            key.PublicKey,
            count = (long)key.SignCount,
            transports = string.Join(' ', (key.Transports ?? []).Where(way => way.Length < 20).Take(8)),
            eligible = key.IsBackupEligible ? 1L : 0L,
            backed = key.IsBackedUp ? 1L : 0L,
            name = name.Trim(),
            at,
        }) == 0) return Refusal.Of("access.passkey_known", "This passkey is known here already.");
        Accounts.Note(session, at, account, account, "passkey_added", detail: name.Trim());
        return Done.It;
    });

    public Task<Outcome<Done>> Rename(Guid account, Guid id, string name) => store.Write<Outcome<Done>>(session =>
        CheckName(name) is { } refusal ? refusal
        : session.Execute("update access_passkey set name = @name where id = @id and account = @account",
            new { name = name.Trim(), id, account }) == 1 ? Done.It : Gone);

    public Task<Outcome<Done>> Remove(Guid account, Guid id) => store.Write<Outcome<Done>>(session =>
    {
        if (session.First<string>("select name from access_passkey where id = @id and account = @account", new { id, account }) is not { } name)
            return Gone;
        session.Execute("delete from access_passkey where id = @id", new { id });
        Accounts.Note(session, clock.GetUtcNow(), account, account, "passkey_removed", detail: name);
        return Done.It;
    });

    /// <summary>Somebody signs in by a passkey whose answer was right.</summary>
    public Task<Outcome<AccountRow>> Take(Guid account, UserPasskeyInfo key) => store.Write<Outcome<AccountRow>>(session =>
    {
        if (Accounts.FindById(session, account) is not { State: "active" } found) return PasskeyCeremony.Wrong;
        if (accounts.Unvouched(session, account) is { } unvouched) return unvouched;
        // Two answers with one count are two devices with one key, also when they come at once.
        if (session.Execute("""
            update access_passkey set sign_count = @count, backed_up = @backed, used_at = @now
            where account = @account and credential = @credential and (sign_count < @count or sign_count = 0 and @count = 0)
            """, new
        {
            count = (long)key.SignCount,
            backed = key.IsBackedUp ? 1L : 0L,
            now = clock.GetUtcNow(),
            account,
            credential = Base64Url.EncodeToString(key.CredentialId),
        }) == 0) return PasskeyCeremony.Wrong;
        accounts.Entered(session, account);
        return found;
    });
}
