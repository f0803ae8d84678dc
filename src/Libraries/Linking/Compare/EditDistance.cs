using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Legwork.Linking;

/// <summary>
/// Optimal string alignment distance (insert, delete, substitute, swap of neighbours), bit-parallel:
/// H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic J. of Computing 10 (2003).
/// </summary>
public static class EditDistance
{
    /// <summary>The distance in edits; texts longer than 64 characters fall back to the table of Wagner and Fischer.</summary>
    public static int Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > b.Length)
        {
            var t = a;
            a = b;
            b = t;
        }

        TrimEqualEnds(ref a, ref b);
        if (a.IsEmpty) return b.Length;
        if (a.Length > 64) return ByTable(a, b);
        if (a.Length <= 16) return ByBits(new ShortText(a), a.Length, b);
        Span<ushort> padded = stackalloc ushort[64];
        padded.Clear();
        return ByBits(new LongText(a, padded), a.Length, b);
    }

    /// <summary>Whether the distance is at most so many edits; for one edit what is left between equal ends decides.</summary>
    public static bool AtMost(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int edits)
    {
        if (Math.Abs(a.Length - b.Length) > edits) return false;
        TrimEqualEnds(ref a, ref b);
        if (edits == 2 && a.Length == b.Length && a.Length <= 16) return AtMostTwo(a, b);
        if (edits != 1) return Of(a, b) <= edits;
        return (a.Length <= 1 && b.Length <= 1) || (a.Length == 2 && b.Length == 2 && a[0] == b[1] && a[1] == b[0]);
    }

    /// <summary>
    /// Two edits between texts of one length are two changes of place (four unequal characters at most), or one character taken out
    /// and one put in, which without equal ends can only be at the two ends.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AtMostTwo(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var unequal = 0;
        for (var i = 0; i < a.Length && unequal <= 4; i++)
            if (a[i] != b[i]) unequal++;
        if (unequal <= 2 || a[1..].SequenceEqual(b[..^1]) || b[1..].SequenceEqual(a[..^1])) return true;
        return unequal <= 4 && Of(a, b) <= 2;
    }

    private static void TrimEqualEnds(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        var end = 0;
        while (end < a.Length && end < b.Length && a[a.Length - 1 - end] == b[b.Length - 1 - end]) end++;
        a = a[..^end];
        b = b[..^end];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ByBits<TText>(TText a, int length, ReadOnlySpan<char> b)
        where TText : struct, IPlaces, allows ref struct
    {
        ulong vp = ~0UL, vn = 0, d0 = 0, previous = 0;
        var last = 1UL << (length - 1);
        var distance = length;
        foreach (var c in b)
        {
            var pm = a.Of(c);
            var swap = (((~d0) & pm) << 1) & previous;
            d0 = (((pm & vp) + vp) ^ vp) | pm | vn | swap;
            var hp = vn | ~(d0 | vp);
            var hn = d0 & vp;
            if ((hp & last) != 0) distance++;
            if ((hn & last) != 0) distance--;
            hp = (hp << 1) | 1;
            hn <<= 1;
            vp = hn | ~(d0 | hp);
            vn = hp & d0;
            previous = pm;
        }

        return distance;
    }

    /// <summary>The places of a text at which a character stands, a bit each.</summary>
    private interface IPlaces
    {
        ulong Of(char c);
    }

    /// <summary>Sixteen characters are compared at once, which costs less than filling a table of places first.</summary>
    private readonly struct ShortText : IPlaces
    {
        private readonly Vector256<ushort> text;
        private readonly ulong mask;

        public ShortText(ReadOnlySpan<char> a)
        {
            Span<ushort> padded = stackalloc ushort[16];
            MemoryMarshal.Cast<char, ushort>(a).CopyTo(padded);
            text = Vector256.Create<ushort>(padded);
            mask = (1UL << a.Length) - 1;
        }

        public ulong Of(char c) => Vector256.Equals(text, Vector256.Create((ushort)c)).ExtractMostSignificantBits() & mask;
    }

    private readonly ref struct LongText : IPlaces
    {
        private readonly ReadOnlySpan<ushort> text;
        private readonly ulong mask;

        public LongText(ReadOnlySpan<char> a, Span<ushort> padded)
        {
            MemoryMarshal.Cast<char, ushort>(a).CopyTo(padded);
            text = padded;
            mask = ulong.MaxValue >> (64 - a.Length);
        }

        public ulong Of(char c)
        {
            ulong bits = 0;
            var wanted = Vector256.Create((ushort)c);
            for (var i = 0; i < text.Length; i += 16)
                bits |= (ulong)Vector256.Equals(Vector256.Create(text[i..]), wanted).ExtractMostSignificantBits() << i;
            return bits & mask;
        }
    }

    private static int ByTable(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var before = new int[b.Length + 1];
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, before[j - 2] + 1);
                row[j] = best;
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }
}
