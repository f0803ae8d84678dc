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
    public static MasterKey At(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            try
            {
                using var file = new FileStream(path, options);
                file.Write(Encoding.ASCII.GetBytes(fresh + "\n"));
                file.Flush(flushToDisk: true);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another node made it first; the one on disk is the district's.
            }
        }
        return new MasterKey(Convert.FromBase64String(File.ReadAllText(path).Trim()));
    }

    public byte[] Derive(string purpose, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, length, info: Encoding.UTF8.GetBytes("legwork/" + purpose));
}
