namespace Legwork.Linking;

/// <summary>
/// Compares nodes: for each comparison one answer, four bits each, together one 64-bit pattern. Answers for dear comparisons are kept
/// in a small lossy cache per worker; a collision only costs time.
/// </summary>
internal sealed class Comparer
{
    private readonly TupleStore[] stores;
    private readonly int[][] tupleOfRecord;
    private readonly NodeSet nodes;

    public Comparer(IReadOnlyList<Comparison> comparisons, Columns columns, NodeSet nodes)
    {
        this.nodes = nodes;
        Comparisons = comparisons;
        stores = new TupleStore[comparisons.Count];
        tupleOfRecord = new int[comparisons.Count][];
        for (var c = 0; c < stores.Length; c++)
        {
            var store = stores[c] = new TupleStore(comparisons[c], columns.Pool);
            tupleOfRecord[c] = Tuples(store, comparisons[c].Columns.Select(columns.Get).ToArray(), columns.Count);
        }
    }

    private Comparer(Comparer other, NodeSet nodes)
    {
        this.nodes = nodes;
        Comparisons = other.Comparisons;
        stores = other.stores;
        tupleOfRecord = other.tupleOfRecord;
    }

    public IReadOnlyList<Comparison> Comparisons { get; }

    public NodeSet Nodes => nodes;

    /// <summary>The same values seen as other nodes.</summary>
    public Comparer Over(NodeSet other) => new(this, other);

    public TupleStore Store(int comparison) => stores[comparison];

    public int TupleOf(int comparison, int record) => tupleOfRecord[comparison][record];

    public AnswerCache NewCache() => new(stores.Length);

    public ulong Pattern(int a, int b, AnswerCache cache)
    {
        ulong pattern = 0;
        for (var c = 0; c < stores.Length; c++) pattern |= (ulong)(uint)Answer(c, a, b, cache) << (4 * c);
        return pattern;
    }

    public static int Answer(ulong pattern, int comparison) => (int)(pattern >> (4 * comparison)) & 15;

    /// <summary>The best answer over the values of both nodes: agreement before disagreement before silence.</summary>
    public int Answer(int comparison, int a, int b, AnswerCache cache)
    {
        var left = nodes.Of(a);
        var right = nodes.Of(b);
        var tuples = tupleOfRecord[comparison];
        if (left.Length == 1 && right.Length == 1) return AnswerOf(comparison, tuples[left[0]], tuples[right[0]], cache);
        var best = 16;
        var lastLeft = -1;
        foreach (var i in left)
        {
            if (tuples[i] == lastLeft) continue;
            lastLeft = tuples[i];
            var lastRight = -1;
            foreach (var j in right)
            {
                if (tuples[j] == lastRight) continue;
                lastRight = tuples[j];
                var answer = AnswerOf(comparison, lastLeft, lastRight, cache);
                if (answer == 1) return 1;
                if (answer != 0 && answer < best) best = answer;
            }
        }

        return best == 16 ? 0 : best;
    }

    /// <summary>The answer for two tuples of one comparison, from the cache when it stands there.</summary>
    public int AnswerOf(int comparison, int a, int b, AnswerCache cache)
    {
        var store = stores[comparison];
        if (store.Cheap) return store.Answer(a, b);
        if (store.CheapIf && !store.Speaks(a, b)) return 0;
        if (a > b) (a, b) = (b, a);
        ref var slot = ref cache.Slot(comparison, a, b, out var key);
        if (slot >> 4 == key) return (int)(slot & 15);
        var answer = store.Answer(a, b);
        slot = key << 4 | (uint)answer;
        return answer;
    }

    private static int[] Tuples(TupleStore store, int[][] columns, int count)
    {
        var tuples = new int[count];
        Span<int> cells = stackalloc int[columns.Length];
        for (var r = 0; r < count; r++)
        {
            for (var s = 0; s < columns.Length; s++) cells[s] = columns[s][r];
            tuples[r] = store.Intern(cells);
        }

        return tuples;
    }
}

/// <summary>Direct-mapped: 2^16 answers a comparison, 30 bits a tuple.</summary>
internal sealed class AnswerCache(int comparisons)
{
    private const int Bits = 16;
    private readonly ulong[][] slots = new ulong[comparisons][];

    public ref ulong Slot(int comparison, int a, int b, out ulong key)
    {
        var table = slots[comparison] ??= new ulong[1 << Bits];
        key = ((ulong)(uint)a << 30 | (uint)b) + 1;
        return ref table[(int)(key * 0x9E3779B97F4A7C15UL >> (64 - Bits))];
    }
}
