using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Legwork.Linking;

/// <summary>
/// The blocks of every blocking pass over a set of nodes: in pass p, nodes that share a key stand together. Pairs are counted and
/// enumerated pass by pass; a pair belongs to the first pass that brings it, so that none is compared twice and nothing is remembered.
/// </summary>
internal sealed class Blocks
{
    private const int Lanes = 16;

    private readonly Pass[] passes;
    private readonly int[] firstBlock;
    private readonly int[] start;
    private readonly int[] own;
    private readonly int[] lanes;
    private readonly bool[] several;
    private readonly UInt128[]? sources;

    /// <param name="sources">The sources of each node, a bit each, when nodes that share a source are never to be paired.</param>
    public Blocks(BlockingKeys keys, NodeSet nodes, int blockMax, UInt128[]? sources, int cores)
        : this(Passes(keys, nodes, blockMax, cores), nodes.Count, sources)
    {
    }

    private Blocks(Pass[] passes, int nodes, UInt128[]? sources)
    {
        this.passes = passes;
        this.sources = sources;
        firstBlock = new int[passes.Length + 1];
        for (var p = 0; p < passes.Length; p++) firstBlock[p + 1] = firstBlock[p] + passes[p].BlockCount;
        start = new int[nodes + 1];
        foreach (var pass in passes)
            foreach (var node in pass.AllMembers) start[node + 1]++;
        for (var i = 0; i < nodes; i++) start[i + 1] += start[i];
        own = new int[start[nodes]];
        lanes = passes.Length <= Lanes ? new int[nodes * Lanes] : [];
        several = new bool[nodes];
        var next = start.AsSpan(0, nodes).ToArray();
        for (var p = 0; p < passes.Length; p++)
        {
            for (var b = 0; b < passes[p].BlockCount; b++)
            {
                foreach (var node in passes[p].Members(b))
                {
                    own[next[node]++] = firstBlock[p] + b;
                    if (lanes.Length == 0 || lanes[node * Lanes + p] != 0) several[node] = true;
                    else lanes[node * Lanes + p] = firstBlock[p] + b + 1;
                }
            }
        }
    }

    private static Pass[] Passes(BlockingKeys keys, NodeSet nodes, int blockMax, int cores)
    {
        var passes = new Pass[keys.Keys.Count];
        Parallel.For(0, passes.Length, new ParallelOptions { MaxDegreeOfParallelism = cores },
            p => passes[p] = new Pass(keys.Keys[p], keys[p], nodes, blockMax));
        return passes;
    }

    public int PassCount => passes.Length;

    public Pass this[int pass] => passes[pass];

    public Blocks Only(IEnumerable<int> chosen) => new([.. chosen.Select(p => passes[p])], start.Length - 1, sources);

    public bool MayPair(int a, int b) => sources is null || (sources[a] & sources[b]) == 0;

    /// <summary>The passes in which two nodes stand in one block, a bit each.</summary>
    public uint Shared(int a, int b) => Shared(a, b, -1);

    /// <summary>
    /// The blocks of a node stand together in one sorted run, so that two runs are merged in a few cache lines; one lookup a pass took
    /// four fifths of the time. 0 when the first shared block is not the wanted one.
    /// </summary>
    private uint Shared(int a, int b, int wantedFirst)
    {
        uint mask = 0;
        int i = start[a], j = start[b], endA = start[a + 1], endB = start[b + 1], pass = 0;
        while (i < endA && j < endB)
        {
            int x = own[i], y = own[j];
            if (x == y)
            {
                if (mask == 0 && wantedFirst >= 0 && x != wantedFirst) return 0;
                while (x >= firstBlock[pass + 1]) pass++;
                mask |= 1u << pass;
            }

            if (x <= y) i++;
            if (y <= x) j++;
        }

        return mask;
    }

    /// <summary>Nodes that stand in one block a pass, as most do, are held against each other in all passes at once.</summary>
    private uint SharedLanes(int a, int b)
    {
        var x = Vector512.Create<int>(lanes.AsSpan(a * Lanes, Lanes));
        var y = Vector512.Create<int>(lanes.AsSpan(b * Lanes, Lanes));
        return (uint)Vector512.AndNot(Vector512.Equals(x, y), Vector512.Equals(x, Vector512<int>.Zero)).ExtractMostSignificantBits();
    }

    /// <summary>Cuts the work into pieces of about equal numbers of pairs, in an order that never changes.</summary>
    public List<BlockRange> Ranges(long pairsEach)
    {
        var ranges = new List<BlockRange>();
        for (var p = 0; p < passes.Length; p++)
        {
            long pairs = 0;
            var first = 0;
            for (var b = 0; b < passes[p].BlockCount; b++)
            {
                pairs += passes[p].PairsIn(b);
                if (pairs < pairsEach && b + 1 < passes[p].BlockCount) continue;
                if (pairs > 0) ranges.Add(new BlockRange(p, first, b + 1, pairs));
                pairs = 0;
                first = b + 1;
            }
        }

        return ranges;
    }

    /// <summary>Hands every new pair of a range to the visitor, with the passes that share it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Visit<TVisitor>(BlockRange range, ref TVisitor visitor)
        where TVisitor : struct, IPairVisitor
    {
        var pass = passes[range.Pass];
        for (var block = range.First; block < range.End; block++)
        {
            var members = pass.Members(block);
            var number = firstBlock[range.Pass] + block;
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = i + 1; j < members.Length; j++)
                {
                    int a = members[i], b = members[j];
                    if (!MayPair(a, b)) continue;
                    var mask = several[a] || several[b] ? Shared(a, b, number) : SharedLanes(a, b);
                    if (mask != 0 && BitOperations.TrailingZeroCount(mask) == range.Pass) visitor.Pair(a, b, mask);
                }
            }
        }
    }
}

internal interface IPairVisitor
{
    void Pair(int a, int b, uint passes);
}

internal readonly record struct BlockRange(int Pass, int First, int End, long Pairs);

/// <summary>One blocking pass. Blocks of one node, and of more than the model allows, are left out.</summary>
internal sealed class Pass
{
    private readonly int[] blockStart;
    private readonly int[] members;

    public Pass(IReadOnlyList<string> key, (int[] OfRecord, int Count) values, NodeSet nodes, int blockMax)
    {
        Key = key;
        var postings = Postings(values.OfRecord, nodes);
        var size = new int[values.Count + 1];
        foreach (var (k, _) in postings) size[k]++;
        var blockOfKey = new int[values.Count + 1];
        var blocks = 0;
        for (var k = 1; k <= values.Count; k++)
        {
            if (size[k] > blockMax) (SkippedBlocks, SkippedRecords) = (SkippedBlocks + 1, SkippedRecords + size[k]);
            blockOfKey[k] = size[k] >= 2 && size[k] <= blockMax ? ++blocks : 0;
        }

        BlockCount = blocks;
        blockStart = new int[blocks + 1];
        foreach (var (k, _) in postings)
            if (blockOfKey[k] > 0) blockStart[blockOfKey[k]]++;
        for (var b = 0; b < blocks; b++) blockStart[b + 1] += blockStart[b];
        members = new int[blockStart[blocks]];
        var next = blockStart.AsSpan(0, blocks).ToArray();
        foreach (var (k, node) in postings)
            if (blockOfKey[k] > 0) members[next[blockOfKey[k] - 1]++] = node;
    }

    public IReadOnlyList<string> Key { get; }

    public int BlockCount { get; }

    public int SkippedBlocks { get; }

    public int SkippedRecords { get; }

    public ReadOnlySpan<int> AllMembers => members;

    public ReadOnlySpan<int> Members(int block) => members.AsSpan(blockStart[block], blockStart[block + 1] - blockStart[block]);

    public long PairsIn(int block)
    {
        long n = blockStart[block + 1] - blockStart[block];
        return n * (n - 1) / 2;
    }

    public long Pairs
    {
        get
        {
            long sum = 0;
            for (var b = 0; b < BlockCount; b++) sum += PairsIn(b);
            return sum;
        }
    }

    /// <summary>Each key with each node that has it, once, by node.</summary>
    private static ReadOnlySpan<(int Key, int Node)> Postings(int[] keyOfRecord, NodeSet nodes)
    {
        var postings = new (int Key, int Node)[keyOfRecord.Length];
        var count = 0;
        for (var node = 0; node < nodes.Count; node++)
        {
            var first = count;
            foreach (var record in nodes.Of(node))
            {
                var key = keyOfRecord[record];
                if (key != 0 && !Has(postings.AsSpan(first, count - first), key)) postings[count++] = (key, node);
            }
        }

        return postings.AsSpan(0, count);
    }

    private static bool Has(ReadOnlySpan<(int Key, int Node)> own, int key)
    {
        foreach (var (known, _) in own)
            if (known == key) return true;
        return false;
    }
}
