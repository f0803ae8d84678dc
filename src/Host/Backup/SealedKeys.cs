using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Legwork.Host.Backup;

/// <summary>
/// The district's keys under a passphrase: AES-256-GCM with a key from PBKDF2-HMAC-SHA256 (NIST SP 800-132; 600,000 rounds is what
/// OWASP's Password Storage Cheat Sheet asks for).
/// </summary>
internal static class SealedKeys
{
    public const int PassphraseLengthMin = 12;
    private const int Rounds = 600_000;
    private const int TagLength = 16;

    /// <param name="files">Name in the keys folder and content.</param>
    public static byte[] Seal(IReadOnlyDictionary<string, byte[]> files, string passphrase)
    {
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
        var plain = JsonSerializer.SerializeToUtf8Bytes(files);
        var (data, tag) = (new byte[plain.Length], new byte[TagLength]);
        using (var cipher = new AesGcm(KeyOf(passphrase, salt, Rounds), TagLength)) cipher.Encrypt(nonce, plain, data, tag);
        return JsonSerializer.SerializeToUtf8Bytes(new Envelope(Rounds, salt, nonce, data, tag), JsonSerializerOptions.Web);
    }

    /// <returns>Null when the passphrase is not the one.</returns>
    public static Dictionary<string, byte[]>? Open(byte[] sealedFiles, string passphrase)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(sealedFiles, JsonSerializerOptions.Web)!;
        var plain = new byte[envelope.Data.Length];
        try
        {
            using var cipher = new AesGcm(KeyOf(passphrase, envelope.Salt, envelope.Rounds), TagLength);
            cipher.Decrypt(envelope.Nonce, envelope.Data, envelope.Tag, plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
        return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(plain);
    }

    private static byte[] KeyOf(string passphrase, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, rounds, HashAlgorithmName.SHA256, 32);

    private sealed record Envelope(int Rounds, byte[] Salt, byte[] Nonce, byte[] Data, byte[] Tag);
}
