using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// A sum over (person, entry) pairs in any order: two lists with equal sums hold the same pairs. Keyed anew in every process, so that
/// nobody can choose pairs whose sums meet.
/// </summary>
internal readonly record struct Fingerprint(long Count, ulong Low, ulong High)
{
    public static readonly Fingerprint Empty;

    private static readonly ulong Key1 = Draw(), Key2 = Draw(), Key3 = Draw();

    public static Fingerprint Of(Guid person, long seq)
    {
        Span<byte> bytes = stackalloc byte[16];
        person.TryWriteBytes(bytes, bigEndian: true, out _);
        var (left, right) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        var mixed = Mix(Mix(Mix(left ^ Key1) ^ right ^ Key2) ^ (ulong)seq ^ Key3);
        return new Fingerprint(1, mixed, Mix(mixed ^ Key2));
    }

    public static Fingerprint operator +(Fingerprint left, Fingerprint right) =>
        new(left.Count + right.Count, unchecked(left.Low + right.Low), unchecked(left.High + right.High));

    // The finaliser of splitmix64 (Steele, Lea and Flood, 2014): a bijection that spreads every bit.
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }

    private static ulong Draw() => BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(8));
}
