using System.Security.Cryptography;
using System.Text;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Needle;

/// <param name="Text">What was read, word for word; its SHA-256 is kept with the answer.</param>
/// <param name="Strokes">The signature as the browser drew it (a PNG as data URL), or the name that was typed.</param>
internal sealed record ConsentAsked(PersonId Child, string Product, string Answer, string Text, string Reason,
    string Strokes, string SignedAs, Guid? Visit);

/// <summary>A parent's word to one vaccine for one child: which text was read, how it was signed, and a reason where it is a no.
/// Never filled in before.</summary>
internal sealed class KeepConsent(Store store, NumberVault vault, TimeProvider clock)
{
    private const int StrokesMax = 200_000;
    private const int ReasonMax = 500;

    public static readonly IReadOnlyList<string> As = ["mother", "father", "guardian"];

    /// <returns>Refusals: <c>clinics.consent_answer</c>, <c>clinics.consent_as</c>, <c>clinics.consent_sign</c>,
    /// <c>clinics.consent_reason</c>.</returns>
    public async Task<Outcome<Guid>> Run(Actor actor, ConsentAsked asked)
    {
        if (Wrong(asked) is { } wrong) return wrong;
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await store.Write(session => session.Execute("""
            insert into clinics_consent (id, person, product, answer, text, digest, reason, strokes, signer, signed_as, visit, account, actor, at)
            values (@id, @Child, @Product, @Answer, @Text, @digest, @reason, @strokes, @signer, @SignedAs, @Visit, @Account, @Name, @now)
            """, new
        {
            id,
            asked.Child,
            asked.Product,
            asked.Answer,
            asked.Text,
            digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.Text))),
            reason = asked.Reason.Length == 0 ? null : vault.Seal(asked.Reason.Trim()),
            strokes = asked.Strokes.Length == 0 ? null : vault.Seal(asked.Strokes),
            signer = asked.Visit is null ? actor.Person : null,
            asked.SignedAs,
            asked.Visit,
            actor.Account,
            actor.Name,
            now = clock.GetUtcNow(),
        }));
        return id;
    }

    private static Refusal? Wrong(ConsentAsked asked) => Refusal.All([
        asked.Answer is not (ConsentRows.Yes or ConsentRows.No) ? Refusal.Of("clinics.consent_answer", "Choose yes or no.") : null,
        asked.Visit is not null && !As.Contains(asked.SignedAs) ? Refusal.Of("clinics.consent_as", "Say who signs.") : null,
        asked.Answer == ConsentRows.Yes && asked.Strokes.Trim().Length == 0 ? Refusal.Of("clinics.consent_sign", "Sign, or type the name.") : null,
        asked.Strokes.Length > StrokesMax ? Refusal.Of("clinics.consent_sign", "The signature is too large. Clear it and sign again.") : null,
        asked.Answer == ConsentRows.No && asked.Reason.Trim().Length < 2 ? Refusal.Of("clinics.consent_reason", "Say why, in a few words.") : null,
        asked.Reason.Length > ReasonMax ? Refusal.Of("clinics.reason_long", "A reason has at most 500 characters.") with { At = "reason" } : null]);
}

/// <summary>What is read before a consent: the same words on every screen, in the language of who reads them.</summary>
internal static class ConsentText
{
    public static string Of(T t, VaccineName vaccine) => t["clinics.consent.text", vaccine.In(t.Language)];
}
