using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Legwork.Linking;

/// <summary>
/// One comparison over one table: the values it looks at, interned as tuples, so that a pair of records is a pair of numbers and the
/// answer for a pair of tuples is worked out once.
/// </summary>
internal sealed class TupleStore
{
    private const int Lanes = 8;

    private readonly StringPool pool;
    private readonly int slots;
    private readonly int stride;
    private readonly Dictionary<UInt128, int> wide = [];
    private readonly Dictionary<ulong, int> narrow = [];
    private readonly int[] mainSlots;
    private readonly (uint Lanes, LevelTest Test)[] levels;
    private int[] values;
    private bool[] known;

    public TupleStore(Comparison comparison, StringPool pool)
    {
        Comparison = comparison;
        this.pool = pool;
        slots = comparison.Columns.Count;
        stride = Math.Max(Lanes, slots);
        values = new int[stride * 256];
        known = new bool[256];
        mainSlots = [.. comparison.Main.Select(m => comparison.Columns.ToList().IndexOf(m))];
        foreach (var level in comparison.Levels) level.Test.Bind(comparison.Columns);
        comparison.If?.Bind(comparison.Columns);
        levels = [.. comparison.Levels.Select(l => (slots <= Lanes ? l.Test.EqualSlots : 0, l.Test))];
        Cheap = comparison.Levels.All(l => l.Test.IsCheap);
        CheapIf = comparison.If is { IsCheap: true };
    }

    public Comparison Comparison { get; }

    public int Count { get; private set; }

    /// <summary>True when answering costs less than looking the answer up.</summary>
    public bool Cheap { get; }

    /// <summary>True when the condition alone is cheap, so that a pair it silences need not be looked up.</summary>
    public bool CheapIf { get; }

    /// <summary>True when the comparison says anything about two tuples at all.</summary>
    public bool Speaks(int a, int b) => Comparison.If!.Holds(new Values(ValuesOf(a), pool), new Values(ValuesOf(b), pool));

    /// <summary>The tuple of one record's values, in the order of the comparison's columns.</summary>
    public int Intern(ReadOnlySpan<int> cells)
    {
        ref var at = ref slots <= 2
            ? ref CollectionsMarshal.GetValueRefOrAddDefault(narrow, StringPool.Key(cells[0], slots == 2 ? cells[1] : 0), out var seen)
            : ref CollectionsMarshal.GetValueRefOrAddDefault(wide, Wide(cells), out seen);
        if (seen) return at;
        at = Count;
        var tuple = Count++;
        if (tuple == known.Length)
        {
            Array.Resize(ref known, tuple * 2);
            Array.Resize(ref values, tuple * 2 * stride);
        }

        cells.CopyTo(values.AsSpan(tuple * stride, slots));
        known[tuple] = true;
        foreach (var slot in mainSlots) known[tuple] &= cells[slot] != 0;
        return tuple;
    }

    public ReadOnlySpan<int> ValuesOf(int tuple) => values.AsSpan(tuple * stride, slots);

    /// <summary>0 nothing said, 1… the first level that holds, last: disagreement.</summary>
    public int Answer(int a, int b)
    {
        var left = new Values(ValuesOf(a), pool);
        var right = new Values(ValuesOf(b), pool);
        if (Comparison.If is { } condition && !condition.Holds(left, right)) return 0;
        var equal = EqualLanes(a, b);
        for (var i = 0; i < levels.Length; i++)
        {
            var (lanes, test) = levels[i];
            if (lanes != 0 ? (equal & lanes) == lanes : test.Holds(left, right)) return i + 1;
        }

        return known[a] && known[b] ? levels.Length + 1 : 0;
    }

    /// <summary>The slots in which both tuples hold the same known value, a bit each: all plain equalities in one comparison.</summary>
    private uint EqualLanes(int a, int b)
    {
        var x = Vector256.Create<int>(values.AsSpan(a * stride, Lanes));
        var y = Vector256.Create<int>(values.AsSpan(b * stride, Lanes));
        return Vector256.AndNot(Vector256.Equals(x, y), Vector256.Equals(x, Vector256<int>.Zero)).ExtractMostSignificantBits();
    }

    /// <summary>Six ids of 21 bits are exact up to two million values; past that they are folded by a hash of 128 bits.</summary>
    private static UInt128 Wide(ReadOnlySpan<int> cells)
    {
        UInt128 key = 0;
        foreach (var cell in cells)
        {
            if (cell >= 1 << 21 || cells.Length > 6) return Hashed(cells);
            key = (key << 21) | (uint)cell;
        }

        return StringPool.Key(key);
    }

    private static UInt128 Hashed(ReadOnlySpan<int> cells)
    {
        ulong high = 1, low = 2;
        foreach (var cell in cells)
        {
            high = StringPool.Mix(high + (uint)cell);
            low = StringPool.Mix((low ^ (uint)cell) * 0x9E3779B97F4A7C15UL);
        }

        return new UInt128(high | 1UL << 63, low);
    }
}
