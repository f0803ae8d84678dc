using System.Runtime.CompilerServices;

namespace Legwork.Linking;

/// <summary>
/// Compares nodes: for each comparison one answer, four bits each, together one 64-bit pattern. Answers for dear comparisons are kept
/// in a small lossy cache per worker; a collision only costs time.
/// </summary>
internal sealed class Comparer
{
    private const int FewTuples = 64;

    private readonly TupleStore[] stores;
    private readonly int[] rows;
    private readonly int[] nodeRows;
    private readonly bool[] silent;
    private readonly byte[]?[] tables;
    private readonly NodeSet nodes;

    public Comparer(IReadOnlyList<Comparison> comparisons, Columns columns, NodeSet nodes, int cores)
    {
        this.nodes = nodes;
        Comparisons = comparisons;
        stores = [.. comparisons.Select(c => new TupleStore(c, columns.Pool))];
        rows = new int[columns.Count * stores.Length];
        Parallel.For(0, stores.Length, new ParallelOptions { MaxDegreeOfParallelism = cores },
            c => Tuples(c, comparisons[c].Columns.Select(columns.Get).ToArray()));
        nodeRows = ByNode();
        silent = [.. stores.Select(store => store.SilentWhenEmpty)];
        tables = [.. stores.Select(Table)];
    }

    private Comparer(Comparer other, NodeSet nodes)
    {
        this.nodes = nodes;
        Comparisons = other.Comparisons;
        stores = other.stores;
        rows = other.rows;
        silent = other.silent;
        tables = other.tables;
        nodeRows = ByNode();
    }

    public IReadOnlyList<Comparison> Comparisons { get; }

    public NodeSet Nodes => nodes;

    /// <summary>The same values seen as other nodes.</summary>
    public Comparer Over(NodeSet other) => new(this, other);

    public TupleStore Store(int comparison) => stores[comparison];

    /// <summary>What two records have in common in a comparison, whatever its condition says.</summary>
    public int Agreement(int comparison, int a, int b) => stores[comparison].Agreement(TupleOf(comparison, a), TupleOf(comparison, b));

    public int TupleOf(int comparison, int record) => rows[record * stores.Length + comparison];

    public AnswerCache NewCache() => new(stores.Length);

    // Hot from its first call to its last: to begin slowly and be compiled again costs more than to be compiled well at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Pattern(int a, int b, AnswerCache cache)
    {
        var width = stores.Length;
        var left = nodeRows.AsSpan(nodes.Start[a] * width, (nodes.Start[a + 1] - nodes.Start[a]) * width);
        var right = nodeRows.AsSpan(nodes.Start[b] * width, (nodes.Start[b + 1] - nodes.Start[b]) * width);
        ulong pattern = 0;
        for (var c = 0; c < width; c++) pattern |= (ulong)(uint)Best(c, left, right, cache) << (4 * c);
        return pattern;
    }

    public static int Answer(ulong pattern, int comparison) => (int)(pattern >> (4 * comparison)) & 15;

    /// <summary>The best answer over the values of both nodes: agreement before disagreement before silence.</summary>
    public int Answer(int comparison, int a, int b, AnswerCache cache)
    {
        var width = stores.Length;
        return Best(comparison, nodeRows.AsSpan(nodes.Start[a] * width, (nodes.Start[a + 1] - nodes.Start[a]) * width),
            nodeRows.AsSpan(nodes.Start[b] * width, (nodes.Start[b + 1] - nodes.Start[b]) * width), cache);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Best(int comparison, ReadOnlySpan<int> left, ReadOnlySpan<int> right, AnswerCache cache)
    {
        var width = stores.Length;
        if (left.Length == width && right.Length == width)
            return silent[comparison] && (left[comparison] == TupleStore.Empty || right[comparison] == TupleStore.Empty)
            ? 0 : AnswerOf(comparison, left[comparison], right[comparison], cache);
        var best = 16;
        // What is silent is passed over as if it had just been seen.
        var passedOver = silent[comparison] ? TupleStore.Empty : -1;
        var lastLeft = passedOver;
        for (var i = comparison; i < left.Length; i += width)
        {
            if (left[i] == lastLeft || left[i] == passedOver) continue;
            lastLeft = left[i];
            var lastRight = passedOver;
            for (var j = comparison; j < right.Length; j += width)
            {
                if (right[j] == lastRight || right[j] == passedOver) continue;
                lastRight = right[j];
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
        if (tables[comparison] is { } table) return table[a * store.Count + b];
        if (store.Cheap) return store.Answer(a, b);
        if (store.CheapIf && !store.Speaks(a, b)) return 0;
        if (a > b) (a, b) = (b, a);
        ref var slot = ref cache.Slot(comparison, a, b, out var key);
        if (slot >> 4 == key) return (int)(slot & 15);
        var answer = store.Answer(a, b);
        slot = key << 4 | (uint)answer;
        return answer;
    }

    /// <summary>All answers of a comparison that knows few values, such as sex.</summary>
    private static byte[]? Table(TupleStore store)
    {
        if (store.Count > FewTuples) return null;
        var table = new byte[store.Count * store.Count];
        for (var i = 0; i < table.Length; i++) table[i] = (byte)store.Answer(i / store.Count, i % store.Count);
        return table;
    }

    private void Tuples(int comparison, int[][] columns)
    {
        var store = stores[comparison];
        Span<int> cells = stackalloc int[columns.Length];
        for (int r = 0, at = comparison; at < rows.Length; r++, at += stores.Length)
        {
            for (var s = 0; s < columns.Length; s++) cells[s] = columns[s][r];
            rows[at] = store.Intern(cells);
        }
    }

    /// <summary>The rows of a node's records side by side, so that a node is one or two cache lines.</summary>
    private int[] ByNode()
    {
        var width = stores.Length;
        var ordered = new int[rows.Length];
        for (var i = 0; i < nodes.Records.Length; i++) rows.AsSpan(nodes.Records[i] * width, width).CopyTo(ordered.AsSpan(i * width, width));
        return ordered;
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
