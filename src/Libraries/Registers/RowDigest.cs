using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Legwork.Registers;

/// <summary>
/// 128 bits of SHA-256 over a row's values. The sum over all rows is the digest of a list: it does not depend on the order of rows,
/// and it needs no memory, so that a list sorted anew or saved in another encoding is still known as the same.
/// </summary>
internal static class RowDigest
{
    private const char Between = '\u001f';

    public static UInt128 Of(ReadOnlySpan<string?> values)
    {
        var length = values.Length;
        foreach (var value in values) length += value?.Length ?? 0;
        Span<char> text = length <= 1_024 ? stackalloc char[length] : new char[length];
        var at = 0;
        foreach (var value in values)
        {
            value.AsSpan().CopyTo(text[at..]);
            at += value?.Length ?? 0;
            text[at++] = Between;
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>64 bits that tell a row's identity from others of the same file; null when the row has none.</summary>
    public static ulong? Identity(ReadOnlySpan<string?> values, int[][] alternatives)
    {
        for (var i = 0; i < alternatives.Length; i++)
        {
            var hash = 0xcbf29ce484222325UL + (ulong)i;
            var whole = true;
            foreach (var field in alternatives[i])
            {
                var value = values[field];
                whole = value is not null;
                if (!whole) break;
                foreach (var c in value!) hash = (hash ^ c) * 0x9E3779B97F4A7C15UL ^ hash >> 29;
                hash = (hash ^ Between) * 0x9E3779B97F4A7C15UL;
            }
            if (whole) return hash ^ hash >> 32;
        }
        return null;
    }
}
