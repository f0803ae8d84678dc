using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Legwork.Platform.ReadLog;

/// <summary>Signs a chain's head (ECDSA P-256, SHA-256) with a key that lies outside the database.</summary>
public sealed class LogSigner : IDisposable
{
    private const string CheckpointMark = "checkpoint\0";

    private readonly ECDsa key;

    private LogSigner(ECDsa key) => this.key = key;

    /// <summary>SubjectPublicKeyInfo, PEM: what an auditor keeps to verify heads without this server.</summary>
    public string PublicKey => key.ExportSubjectPublicKeyInfoPem();

    public static LogSigner At(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            try
            {
                using var file = new FileStream(path, options);
                file.Write(Encoding.ASCII.GetBytes(fresh.ExportPkcs8PrivateKeyPem()));
                file.Flush(flushToDisk: true);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another node made it first; all nodes of a district sign with the same key.
            }
        }
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new LogSigner(key);
    }

    public byte[] Sign(string node, long seq, long at, byte[] hash) => key.SignData(Message("", node, seq, at, hash), HashAlgorithmName.SHA256);

    /// <summary>Signed apart from heads: an old head must not pass for the leave to forget what came before it.</summary>
    public byte[] SignCheckpoint(string node, long seq, long at, byte[] hash) =>
        key.SignData(Message(CheckpointMark, node, seq, at, hash), HashAlgorithmName.SHA256);

    public static bool Verify(string publicKey, string node, long seq, long at, byte[] hash, byte[] signature) =>
        Verify(publicKey, Message("", node, seq, at, hash), signature);

    public static bool VerifyCheckpoint(string publicKey, string node, long seq, long at, byte[] hash, byte[] signature) =>
        Verify(publicKey, Message(CheckpointMark, node, seq, at, hash), signature);

    public void Dispose() => key.Dispose();

    private static bool Verify(string publicKey, byte[] message, byte[] signature)
    {
        using var verifier = ECDsa.Create();
        verifier.ImportFromPem(publicKey);
        return verifier.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }

    private static byte[] Message(string mark, string node, long seq, long at, byte[] hash)
    {
        var name = Encoding.UTF8.GetBytes(mark + node);
        var message = new byte[16 + hash.Length + name.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, seq);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(8), at);
        hash.CopyTo(message, 16);
        name.CopyTo(message, 16 + hash.Length);
        return message;
    }
}
