using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Legwork.Webhooks;

/// <summary>
/// The signature of Standard Webhooks 1.0.0, symmetric: <c>v1,base64(HMAC-SHA256(secret, id.timestamp.body))</c>, one for each secret that is
/// valid. Secrets are written <c>whsec_</c> and base64 of 24 to 64 bytes.
/// </summary>
internal static class Signature
{
    public const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <exception cref="FormatException">It is not written as a secret.</exception>
    public static byte[] KeyOf(string secret) => secret.StartsWith(Prefix, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[Prefix.Length..]) : throw new FormatException($"A secret begins with {Prefix}.");

    /// <param name="keys">The secret in force first, then the one before while it is valid.</param>
    /// <param name="at">Seconds since 1970, as the header has it.</param>
    public static string Of(IReadOnlyList<byte[]> keys, string id, long at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}."));
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var all = new StringBuilder();
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, signed, mac);
            all.Append(all.Length > 0 ? " v1," : "v1,").Append(Convert.ToBase64String(mac));
        }
        return all.ToString();
    }
}
