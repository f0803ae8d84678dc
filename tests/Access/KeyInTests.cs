using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Legwork.Access.Tests;

/// <summary>A device with one passkey that is not made of metal: WebAuthn by hand, ES256 and no attestation.</summary>
internal sealed class KeyInTests(string origin) : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, WithKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    private string user = "";

    /// <summary>How often it was used; a copy of it stands still.</summary>
    public uint Count { get; set; }

    /// <summary>Its answer to a question for a new key.</summary>
    public string Make(JsonElement asked)
    {
        user = asked.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] data =
        [
            .. Head(WithKey), .. new byte[16], 0, (byte)id.Length, .. id,
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
        byte[] attested = [0xA3, .. Word("fmt"), .. Word("none"), .. Word("attStmt"), 0xA0, .. Word("authData"), 0x58, (byte)data.Length, .. data];
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", asked)),
            attestationObject = Base64Url.EncodeToString(attested),
            transports = new[] { "internal" },
        });
    }

    /// <summary>Its answer to a question for a sign-in.</summary>
    public string Show(JsonElement asked)
    {
        Count++;
        var (data, client) = (Head(0), Client("webauthn.get", asked));
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = user,
        });
    }

    public void Dispose() => key.Dispose();

    private byte[] Head(byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData("localhost"u8), (byte)(Present | Verified | flags), .. count];
    }

    private byte[] Client(string type, JsonElement asked) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = asked.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    private string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(id),
        rawId = Base64Url.EncodeToString(id),
        type = "public-key",
        clientExtensionResults = new { },
        response,
    });

    private static byte[] Word(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];
}
