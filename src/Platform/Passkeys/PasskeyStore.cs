using System.Buffers.Text;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Identity;

namespace Legwork.Platform.Passkeys;

/// <summary>Our accounts and passkeys as the framework's WebAuthn looks for them. It reads; what is written has its use case.</summary>
internal sealed class PasskeyStore(Store store) : IUserPasskeyStore<AccountRow>
{
    public Task<AccountRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id)
        ? store.ReadAsync(session => Accounts.FindByIdAsync(session, id), cancellationToken) : Task.FromResult<AccountRow?>(null);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountRow user, CancellationToken cancellationToken) =>
        [.. (await store.ReadAsync(session => session.QueryAsync<Row>(Columns + " where account = @Id", user), cancellationToken))
            .Select(row => row.Info)];

    public async Task<AccountRow?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var credential = Base64Url.EncodeToString(credentialId);
        var account = await store.ReadAsync(session => session.FirstAsync<Guid?>(
            "select account from access_passkey where credential = @credential", new { credential }), cancellationToken);
        return account is { } id ? await FindByIdAsync(id.ToString(), cancellationToken) : null;
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(AccountRow user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var credential = Base64Url.EncodeToString(credentialId);
        return (await store.ReadAsync(session => session.FirstAsync<Row>(Columns + " where account = @Id and credential = @credential",
            new { user.Id, credential }), cancellationToken))?.Info;
    }

    public Task<string> GetUserIdAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignIn);

    public Task<string?> GetNormalizedUserNameAsync(AccountRow user, CancellationToken cancellationToken) =>
        GetUserNameAsync(user, cancellationToken);

    public Task<AccountRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AddOrUpdatePasskeyAsync(AccountRow user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemovePasskeyAsync(AccountRow user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(AccountRow user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(AccountRow user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(AccountRow user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(AccountRow user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(AccountRow user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // The storage is the server's own.
    }

    private const string Columns = "select credential, public_key, sign_count, transports, backup_eligible, backed_up, made_at from access_passkey";

    private sealed record Row(string Credential, byte[] PublicKey, long SignCount, string Transports, long BackupEligible, long BackedUp, long MadeAt)
    {
        public UserPasskeyInfo Info => new(Base64Url.DecodeFromChars(Credential), PublicKey, ColumnTypes.Instant(MadeAt), (uint)SignCount,
            Transports.Length > 0 ? Transports.Split(' ') : [], isUserVerified: true, BackupEligible == 1, BackedUp == 1, [], []);
    }
}
