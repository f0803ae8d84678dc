using System.Runtime.CompilerServices;
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
    private const int FewLanes = 4;

    private readonly StringPool pool;
    private readonly int slots;
    private readonly int stride;
    private readonly Dictionary<UInt128, int> wide = [];
    private readonly Dictionary<ulong, int> narrow = [];
    private readonly int[] mainSlots;
    private readonly (uint Lanes, LevelTest Test)[] levels;
    private readonly LevelTest? condition;
    private readonly uint ifKnown;
    private readonly uint ifMissing;
    private int[] values;
    private bool[] known;

    public TupleStore(Comparison comparison, StringPool pool)
    {
        Comparison = comparison;
        this.pool = pool;
        slots = comparison.Columns.Count;
        stride = slots <= FewLanes ? FewLanes : Math.Max(Lanes, slots);
        values = new int[stride * 256];
        known = new bool[256];
        mainSlots = [.. comparison.Main.Select(m => comparison.Columns.ToList().IndexOf(m))];
        foreach (var level in comparison.Levels) level.Test.Bind(comparison.Columns);
        comparison.If?.Bind(comparison.Columns);
        levels = [.. comparison.Levels.Select(l => (slots <= Lanes ? l.Test.EqualSlots : 0, l.Test))];
        (ifKnown, ifMissing) = slots <= Lanes ? (comparison.If?.KnownSlot ?? 0, comparison.If?.MissingSlot ?? 0) : (0, 0);
        condition = ifKnown + ifMissing == 0 || comparison.If is AllTest ? comparison.If : null;
        Cheap = comparison.Levels.All(l => l.Test.IsCheap);
        CheapIf = ifKnown + ifMissing != 0;
        SilentWhenEmpty = comparison.Levels.All(l => l.Test.NeedsValues) && comparison.Main.Count > 0;
        Intern(new int[slots]);
    }

    public Comparison Comparison { get; }

    public int Count { get; private set; }

    /// <summary>True when answering costs less than looking the answer up.</summary>
    public bool Cheap { get; }

    /// <summary>True when the condition alone is cheap, so that a pair it silences need not be looked up.</summary>
    public bool CheapIf { get; }

    /// <summary>The tuple in which nothing is known.</summary>
    public const int Empty = 0;

    /// <summary>True when a tuple in which nothing is known gets no answer but silence.</summary>
    public bool SilentWhenEmpty { get; }

    /// <summary>False when the cheap condition silences two tuples.</summary>
    public bool Speaks(int a, int b)
    {
        var known = KnownLanes(Tuple(a), Tuple(b));
        return (known & ifKnown) == ifKnown && (known & ifMissing) == 0;
    }

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Answer(int a, int b)
    {
        Vector256<int> x = Tuple(a), y = Tuple(b);
        var known = KnownLanes(x, y);
        if ((known & ifKnown) != ifKnown || (known & ifMissing) != 0) return 0;
        var left = new Values(ValuesOf(a), pool);
        var right = new Values(ValuesOf(b), pool);
        if (condition is not null && !condition.Holds(left, right)) return 0;
        return Level(a, b, left, right, x, y, known);
    }

    /// <summary>The same whatever the condition says: what two tuples have in common, not what that weighs beside other answers.</summary>
    public int Agreement(int a, int b)
    {
        Vector256<int> x = Tuple(a), y = Tuple(b);
        return Level(a, b, new Values(ValuesOf(a), pool), new Values(ValuesOf(b), pool), x, y, KnownLanes(x, y));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Level(int a, int b, in Values left, in Values right, Vector256<int> x, Vector256<int> y, uint known)
    {
        // The slots in which both tuples hold the same known value, a bit each: all plain equalities in one comparison.
        var equal = Vector256.Equals(x, y).ExtractMostSignificantBits() & known;
        for (var i = 0; i < levels.Length; i++)
        {
            ref readonly var level = ref levels[i];
            if (level.Lanes != 0 ? (equal & level.Lanes) == level.Lanes : level.Test.Holds(left, right)) return i + 1;
        }

        return this.known[a] && this.known[b] ? levels.Length + 1 : 0;
    }

    private Vector256<int> Tuple(int tuple) => stride == FewLanes
        ? Vector128.Create<int>(values.AsSpan(tuple * FewLanes, FewLanes)).ToVector256()
        : Vector256.Create<int>(values.AsSpan(tuple * stride, Lanes));

    private static uint KnownLanes(Vector256<int> x, Vector256<int> y) =>
        ~(Vector256.Equals(x, Vector256<int>.Zero) | Vector256.Equals(y, Vector256<int>.Zero)).ExtractMostSignificantBits();

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
