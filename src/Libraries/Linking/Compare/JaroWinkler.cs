namespace Legwork.Linking;

/// <summary>
/// Winkler's string comparator for short names: M. Jaro (1989), W. Winkler (1990), prefix scale 0.1 over at most four characters,
/// without the later adjustments for similar characters and long strings.
/// </summary>
public static class JaroWinkler
{
    /// <summary>From 0 (nothing in common) to 1 (equal). Texts longer than 64 characters are compared on their first 64.</summary>
    public static double Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > 64) a = a[..64];
        if (b.Length > 64) b = b[..64];
        var jaro = Jaro(a, b);
        var prefix = Math.Min(4, a.CommonPrefixLength(b));
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    public static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty) return a.Length == b.Length ? 1 : 0;
        // The greedy assignment below can depend on which text leads; a fixed lead keeps the comparator symmetric.
        if (a.Length > b.Length || (a.Length == b.Length && a.SequenceCompareTo(b) > 0))
        {
            var t = a;
            a = b;
            b = t;
        }

        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        ulong usedA = 0, usedB = 0;
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var to = Math.Min(b.Length - 1, i + window);
            for (var j = Math.Max(0, i - window); j <= to; j++)
            {
                if (a[i] != b[j] || (usedB & (1UL << j)) != 0) continue;
                usedA |= 1UL << i;
                usedB |= 1UL << j;
                matches++;
                break;
            }
        }

        if (matches == 0) return 0;
        var transposed = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if ((usedA & (1UL << i)) == 0) continue;
            while ((usedB & (1UL << j)) == 0) j++;
            if (a[i] != b[j]) transposed++;
            j++;
        }

        var m = (double)matches;
        return (m / a.Length + m / b.Length + (m - transposed / 2) / m) / 3;
    }
}
