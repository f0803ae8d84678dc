using System.Security.Cryptography;
using System.Text;

namespace Legwork.Platform.Secrets;

/// <summary>
/// The district's one secret, 32 bytes kept outside the database; every other key is derived from it (HKDF-SHA256, RFC 5869).
/// Several nodes of one district hold the same file.
/// </summary>
public sealed class MasterKey
{
    private readonly byte[] secret;

    public MasterKey(byte[] secret)
    {
        if (secret.Length != 32) throw new ArgumentException("A master key has 32 bytes.", nameof(secret));
        this.secret = secret;
    }

    /// <summary>Reads the key, or makes one readable by its owner alone when there is none yet.</summary>
    public static MasterKey At(string path) => new(Convert.FromBase64String(
        KeyFile.ReadOrMake(path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n").Trim()));

    public byte[] Derive(string purpose, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, info: Encoding.UTF8.GetBytes("legwork/" + purpose));
}
