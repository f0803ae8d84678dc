using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Legwork.Registers;

/// <summary>
/// 128 bits over a row's values (XXH128). The sum over all rows is the digest of a list: it does not depend on the order of rows,
/// and it needs no memory, so that a list sorted anew or saved in another encoding is still known as the same.
/// </summary>
/// <remarks>It tells accidents apart, not forgeries: a cryptographic hash of each row took half of an assessment's time.</remarks>
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
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text));
    }

    /// <summary>64 bits that tell a row's identity from others of the same file; null when the row has none.</summary>
    public static ulong? Identity(ReadOnlySpan<string?> values, int[][] alternatives)
    {
        for (var i = 0; i < alternatives.Length; i++)
        {
            long? hash = i;
            foreach (var field in alternatives[i])
                hash = values[field] is { } value && hash is { } seed
                    ? (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(value.AsSpan()), seed) : null;
            if (hash is { } whole) return (ulong)whole;
        }
        return null;
    }
}
