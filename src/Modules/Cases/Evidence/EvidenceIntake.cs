using System.Security.Cryptography;
using System.Text;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;

namespace Legwork.Cases.Evidence;

/// <summary>
/// Takes a picture as it was sent: recognised by its first bytes whatever it calls itself, stripped of what the device wrote into
/// it (where, when, with what), limited in size. A picture that cannot be read to its end is refused, never stored as it is.
/// </summary>
internal static class EvidenceIntake
{
    /// <summary>After the phone has made it smaller; a larger one was not made smaller.</summary>
    public const int BytesMax = 800 * 1024;

    /// <summary>Width times height as the header claims them: a kilobyte can claim a gigabyte.</summary>
    public const long PixelsMax = 40_000_000;

    public const string TypedName = "text/plain; charset=utf-8";

    /// <returns>Refusals: <c>cases.evidence_too_large</c>, <c>cases.evidence_pixels</c>, <c>cases.evidence_type</c>,
    /// <c>cases.evidence_damaged</c>.</returns>
    public static Outcome<StoredEvidence> Take(EvidenceKind kind, byte[] sent)
    {
        if (sent.Length > BytesMax)
            return Refusal.Of("cases.evidence_too_large", $"A picture has at most {BytesMax / 1024} KB; make it smaller and send it again.");
        var picture = Picture.Recognise(sent);
        if (picture is null) return Refusal.Of("cases.evidence_type", "Evidence is a JPEG, PNG or WebP picture.");
        if (picture.Size(sent) is var (width, height) && (width > PixelsMax || height > PixelsMax || width * height > PixelsMax))
            return Refusal.Of("cases.evidence_pixels",
                $"A picture has at most {PixelsMax / 1_000_000} million points; make it smaller and send it again.");
        var alone = picture.Strip(sent);
        if (alone is not null && picture.Orientation(sent) is > 1 and var held) alone = Upright.Turn(alone, held);
        if (alone is not { } stripped) return Refusal.Of("cases.evidence_damaged", "The picture is damaged. Take it again.");
        return new StoredEvidence(Guid.CreateVersion7(), kind, picture.MediaType, stripped, Convert.ToHexStringLower(SHA256.HashData(stripped)));
    }

    /// <summary>A name typed by someone who cannot draw: kept as a signature in letters, and shown as such to whoever verifies.</summary>
    public static Outcome<StoredEvidence> TakeTypedName(string name)
    {
        name = name.Trim();
        if (name.Length is < 1 or > 60 || name.Any(char.IsControl))
            return Refusal.Of("cases.evidence_type", "A typed signature is a name of at most 60 characters.");
        var bytes = Encoding.UTF8.GetBytes(name);
        return new StoredEvidence(Guid.CreateVersion7(), EvidenceKind.Signature, TypedName, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Reads <c>data:image/png;base64,…</c> as a browser's canvas gives it; the type it names is not believed.</summary>
    public static Outcome<StoredEvidence> TakeDataUrl(EvidenceKind kind, string dataUrl)
    {
        var comma = dataUrl.IndexOf(";base64,", StringComparison.Ordinal);
        if (!dataUrl.StartsWith("data:", StringComparison.Ordinal) || comma < 0)
            return Refusal.Of("cases.evidence_type", "Evidence is a JPEG, PNG or WebP picture.");
        var base64 = dataUrl.AsSpan(comma + ";base64,".Length);
        if (base64.Length > (BytesMax + 2) / 3 * 4)
            return Refusal.Of("cases.evidence_too_large", $"A picture has at most {BytesMax / 1024} KB; make it smaller and send it again.");
        var bytes = new byte[base64.Length / 4 * 3 + 3];
        return Convert.TryFromBase64Chars(base64, bytes, out var length) ? Take(kind, bytes[..length])
            : Refusal.Of("cases.evidence_damaged", "The picture is damaged. Take it again.");
    }
}
