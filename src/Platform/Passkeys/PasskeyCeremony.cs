using System.Security.Cryptography;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Legwork.Platform.Passkeys;

/// <summary>What a browser is asked, and the sealed note with which its answer must come back.</summary>
internal sealed record PasskeyQuestion(string State, JsonElement Options);

/// <summary>
/// WebAuthn by the framework's own handler: bound to the name under which this server was set up, with the device's owner verified, each
/// challenge good once and for five minutes, on whichever node it comes back.
/// </summary>
internal sealed partial class PasskeyCeremony(Store store, PublicSite site, Once once, IDataProtectionProvider sealing, TimeProvider clock,
    ILogger<PasskeyCeremony> log)
{
    private const int AnswerLengthMax = 16_384;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The same for everything that may be wrong, so that nobody learns which keys are known here.</summary>
    public static readonly Refusal Wrong =
        Refusal.Of("access.passkey_wrong", "This passkey was not accepted. Try again, or sign in with your password.");

    private static readonly Refusal Late = Refusal.Of("access.passkey_late", "This took too long, or was sent twice. Try again.");

    /// <summary>The name that passkeys are bound to; null where there are none.</summary>
    public string? Domain => site.Domain;

    public async Task<PasskeyQuestion> AskForNew(HttpContext http, Actor actor)
    {
        using var users = Users();
        var asked = await Handler(users).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = actor.Account.ToString(), Name = actor.SignIn, DisplayName = actor.Name }, http);
        return Sealed(asked.CreationOptionsJson, Note.New, asked.AttestationState!);
    }

    public async Task<PasskeyQuestion> AskForOne(HttpContext http)
    {
        using var users = Users();
        var asked = await Handler(users).MakeRequestOptionsAsync(null, http);
        return Sealed(asked.RequestOptionsJson, Note.One, asked.AssertionState!);
    }

    /// <summary>The new key of an account, if the answer fits what this account was asked.</summary>
    public async Task<Outcome<UserPasskeyInfo>> TakeNew(HttpContext http, Actor actor, string? state, string? credential)
    {
        if (await Open(Note.New, state) is not { } note) return Late;
        if (credential is not { Length: > 0 and <= AnswerLengthMax }) return Wrong;
        using var users = Users();
        var made = await Handler(users).PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = note });
        if (!made.Succeeded) return Refused(made.Failure);
        return made.UserEntity.Id == actor.Account.ToString() && made.Passkey.IsUserVerified ? made.Passkey : Wrong;
    }

    /// <summary>Whose key answered rightly, and its new count.</summary>
    public async Task<Outcome<(Guid Account, UserPasskeyInfo Key)>> TakeOne(HttpContext http, string? state, string? credential)
    {
        if (await Open(Note.One, state) is not { } note) return Late;
        if (credential is not { Length: > 0 and <= AnswerLengthMax }) return Wrong;
        using var users = Users();
        var shown = await Handler(users).PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = note });
        return shown.Succeeded ? (shown.User.Id, shown.Passkey) : Refused(shown.Failure);
    }

    private Refusal Refused(PasskeyException why)
    {
        NotAccepted(log, why.Message);
        return Wrong;
    }

    private PasskeyQuestion Sealed(string options, Note kind, string state) => new(
        Seal(kind).Protect($"{clock.GetUtcNow().Add(Patience).ToUnixTimeMilliseconds()} {state}"), JsonElement.Parse(options));

    /// <summary>Opened once: an answer that failed is not tried again on the same question.</summary>
    private async Task<string?> Open(Note kind, string? state)
    {
        if (state is not { Length: > 0 and <= 4_096 }) return null;
        try
        {
            var note = Seal(kind).Unprotect(state);
            var space = note.IndexOf(' ');
            var until = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(note.AsSpan(0, space), System.Globalization.CultureInfo.InvariantCulture));
            return until > clock.GetUtcNow() && await once.Use("passkey", note, Patience * 2) ? note[(space + 1)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Seal(Note kind) => sealing.CreateProtector("legwork.passkey", kind.ToString());

    private PasskeyHandler<AccountRow> Handler(UserManager<AccountRow> users) => new(users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = Domain,
        ValidateOrigin = from => ValueTask.FromResult(!from.CrossOrigin && site.IsOurs(from.Origin)),
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        AttestationConveyancePreference = "none",
        AuthenticatorTimeout = Patience,
    }));

    private UserManager<AccountRow> Users() => new(new PasskeyStore(store), null!, null!, null!, null!, null!, null!, null!, null!);

    private enum Note { New, One }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A passkey was not accepted: {Why}")]
    private static partial void NotAccepted(ILogger log, string why);
}
