using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Legwork.Platform.Secrets;

namespace Legwork.Platform.ReadLog;

/// <summary>Signs a chain's head (ECDSA P-256, SHA-256) with a key that lies outside the database.</summary>
internal sealed class LogSigner : IDisposable
{
    private const string CheckpointMark = "checkpoint\0";

    private readonly ECDsa key;

    private LogSigner(ECDsa key) => this.key = key;

    /// <summary>SubjectPublicKeyInfo, PEM: what an auditor keeps to verify heads without this server.</summary>
    public string PublicKey => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Reads the key, or makes one when there is none yet; all nodes of a district sign with the same.</summary>
    public static LogSigner At(string path)
    {
        var pem = KeyFile.ReadOrMake(path, () =>
        {
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return fresh.ExportPkcs8PrivateKeyPem();
        });
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
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
