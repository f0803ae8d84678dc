using System.Security.Cryptography;
using Legwork.Platform.Secrets;

namespace Legwork.Cases.Evidence;

/// <summary>
/// Evidence at rest: AES-256-GCM under a key derived for it alone, bound to the id of the piece. Stored form: nonce (12) ·
/// ciphertext · tag (16). A photo of a card says more than a number, so it lies no more open than one.
/// </summary>
internal sealed class EvidenceVault(MasterKey master)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] key = master.Derive("cases/evidence");

    public byte[] Seal(Guid id, ReadOnlySpan<byte> content)
    {
        var stored = new byte[NonceLength + content.Length + TagLength];
        RandomNumberGenerator.Fill(stored.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(stored.AsSpan(0, NonceLength), content, stored.AsSpan(NonceLength, content.Length),
            stored.AsSpan(NonceLength + content.Length), id.ToByteArray());
        return stored;
    }

    /// <exception cref="CryptographicException">The bytes were changed, belong to another piece or were sealed under another key.</exception>
    public byte[] Open(Guid id, ReadOnlySpan<byte> stored)
    {
        if (stored.Length < NonceLength + TagLength) throw new CryptographicException("Sealed evidence is at least 28 bytes.");
        var content = new byte[stored.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(stored[..NonceLength], stored.Slice(NonceLength, content.Length),
            stored[(NonceLength + content.Length)..], content, id.ToByteArray());
        return content;
    }
}
