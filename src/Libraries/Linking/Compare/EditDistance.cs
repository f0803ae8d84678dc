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

        if (a.IsEmpty) return b.Length;
        if (a.Length > 64) return ByTable(a, b);
        Span<ulong> low = stackalloc ulong[128];
        low.Clear();
        for (var i = 0; i < a.Length; i++)
            if (a[i] < 128) low[a[i]] |= 1UL << i;

        ulong vp = ~0UL, vn = 0, d0 = 0, previous = 0;
        var last = 1UL << (a.Length - 1);
        var distance = a.Length;
        foreach (var c in b)
        {
            var pm = c < 128 ? low[c] : Matches(a, c);
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

    private static ulong Matches(ReadOnlySpan<char> a, char c)
    {
        ulong bits = 0;
        for (var i = 0; i < a.Length; i++)
            if (a[i] == c) bits |= 1UL << i;
        return bits;
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
