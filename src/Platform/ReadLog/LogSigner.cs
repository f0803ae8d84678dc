using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Legwork.Platform.Secrets;

namespace Legwork.Platform.ReadLog;

/// <summary>Signs a chain's head (ECDSA P-256, SHA-256) with a key that lies outside the database.</summary>
public sealed class LogSigner : IDisposable
{
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

    public byte[] Sign(string node, long seq, long at, byte[] hash) => key.SignData(Message(node, seq, at, hash), HashAlgorithmName.SHA256);

    public static bool Verify(string publicKey, string node, long seq, long at, byte[] hash, byte[] signature)
    {
        using var verifier = ECDsa.Create();
        verifier.ImportFromPem(publicKey);
        return verifier.VerifyData(Message(node, seq, at, hash), signature, HashAlgorithmName.SHA256);
    }

    public void Dispose() => key.Dispose();

    private static byte[] Message(string node, long seq, long at, byte[] hash)
    {
        var name = Encoding.UTF8.GetBytes(node);
        var message = new byte[16 + hash.Length + name.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, seq);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(8), at);
        hash.CopyTo(message, 16);
        name.CopyTo(message, 16 + hash.Length);
        return message;
    }
}
