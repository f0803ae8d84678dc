using System.Security.Cryptography;
using System.Text;

namespace Legwork.Platform.Secrets;

/// <summary>
/// Numbers at rest: AES-256-GCM for the value, HMAC-SHA256 cut to 16 bytes for look-up by the whole number. The stored form is
/// nonce (12) · ciphertext · tag (16); whoever has the database without the master key has neither.
/// </summary>
public sealed class NumberVault
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] sealing;
    private readonly byte[] looking;
    private readonly ThreadLocal<AesGcm> ciphers;

    public NumberVault(MasterKey key)
    {
        sealing = key.Derive("number/seal");
        looking = key.Derive("number/look-up");
        ciphers = new(() => new AesGcm(sealing, TagLength));
    }

    public byte[] Seal(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> plain = length <= 256 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, plain);
        var stored = new byte[NonceLength + length + TagLength];
        var nonce = stored.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        ciphers.Value!.Encrypt(nonce, plain, stored.AsSpan(NonceLength, length), stored.AsSpan(NonceLength + length));
        return stored;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or sealed under another key.</exception>
    public string Open(byte[] stored)
    {
        var length = stored.Length - NonceLength - TagLength;
        if (length < 0) throw new CryptographicException("A sealed value is at least 28 bytes.");
        Span<byte> plain = length <= 256 ? stackalloc byte[length] : new byte[length];
        ciphers.Value!.Decrypt(stored.AsSpan(0, NonceLength), stored.AsSpan(NonceLength, length), stored.AsSpan(NonceLength + length), plain);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The same text gives the same token in one district and another token in every other.</summary>
    public byte[] Token(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(looking, Encoding.UTF8.GetBytes(text), hash);
        return hash[..16].ToArray();
    }
}
