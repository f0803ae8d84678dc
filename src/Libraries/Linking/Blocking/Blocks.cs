using System.Runtime.InteropServices;

namespace Legwork.Linking;

/// <summary>
/// The blocks of every blocking pass over a set of nodes: in pass p, nodes that share a key stand together. Pairs are counted and
/// enumerated pass by pass; a pair belongs to the first pass that brings it, so that none is compared twice and nothing is remembered.
/// </summary>
internal sealed class Blocks
{
    private readonly Pass[] passes;
    private readonly int[] firstBlock;
    private readonly int[] start;
    private readonly int[] own;
    private readonly UInt128[]? sources;

    /// <param name="sources">The sources of each node, a bit each, when nodes that share a source are never to be paired.</param>
    public Blocks(IReadOnlyList<IReadOnlyList<string>> keys, Columns columns, NodeSet nodes, int blockMax, UInt128[]? sources)
        : this([.. keys.Select(k => new Pass(k, columns, nodes, blockMax))], nodes.Count, sources)
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
        var next = start.AsSpan(0, nodes).ToArray();
        for (var p = 0; p < passes.Length; p++)
            for (var b = 0; b < passes[p].BlockCount; b++)
                foreach (var node in passes[p].Members(b)) own[next[node]++] = firstBlock[p] + b;
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
                    var mask = Shared(a, b, number);
                    if (mask != 0) visitor.Pair(a, b, mask);
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

    public Pass(IReadOnlyList<string> key, Columns columns, NodeSet nodes, int blockMax)
    {
        Key = key;
        var keyOfRecord = KeyOfRecords(key.Select(columns.Get).ToArray(), columns.Count, out var keyCount);
        var pairs = Postings(keyOfRecord, nodes);
        var size = new int[keyCount + 1];
        foreach (var (k, _) in pairs) size[k]++;
        var blockOfKey = new int[keyCount + 1];
        var blocks = 0;
        for (var k = 1; k <= keyCount; k++)
        {
            if (size[k] > blockMax) (SkippedBlocks, SkippedRecords) = (SkippedBlocks + 1, SkippedRecords + size[k]);
            blockOfKey[k] = size[k] >= 2 && size[k] <= blockMax ? ++blocks : 0;
        }

        BlockCount = blocks;
        blockStart = new int[blocks + 1];
        foreach (var (k, _) in pairs)
            if (blockOfKey[k] > 0) blockStart[blockOfKey[k]]++;
        for (var b = 0; b < blocks; b++) blockStart[b + 1] += blockStart[b];
        members = new int[blockStart[blocks]];
        var next = blockStart.AsSpan(0, blocks).ToArray();
        foreach (var (k, node) in pairs)
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

    private static int[] KeyOfRecords(int[][] columns, int count, out int keys)
    {
        var result = new int[count];
        keys = 0;
        var known = new Dictionary<UInt128, int>(count);
        for (var r = 0; r < count; r++)
        {
            UInt128 key = 0;
            var missing = false;
            foreach (var column in columns)
            {
                missing |= column[r] == 0;
                key = columns.Length <= 4 ? (key << 32) | (uint)column[r]
                    : new UInt128(StringPool.Mix((ulong)(key >> 64) + (uint)column[r]), StringPool.Mix((ulong)key * 31 + (uint)column[r]));
            }

            if (missing) continue;
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(known, StringPool.Key(key), out var seen);
            if (!seen) id = ++keys;
            result[r] = id;
        }

        return result;
    }

    /// <summary>Each key with each node that has it, once, by node.</summary>
    private static List<(int Key, int Node)> Postings(int[] keyOfRecord, NodeSet nodes)
    {
        var postings = new List<(int, int)>(keyOfRecord.Length);
        var own = new List<int>();
        for (var node = 0; node < nodes.Count; node++)
        {
            own.Clear();
            foreach (var record in nodes.Of(node))
            {
                var key = keyOfRecord[record];
                if (key == 0 || own.Contains(key)) continue;
                own.Add(key);
                postings.Add((key, node));
            }
        }

        return postings;
    }
}
