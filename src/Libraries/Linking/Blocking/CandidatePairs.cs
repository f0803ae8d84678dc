using System.Runtime.InteropServices;

namespace Legwork.Linking;

/// <summary>One compared pair: nodes, answers, the passes that brought it, and its weight in bits once the weights are known.</summary>
internal record struct ComparedPair(int A, int B, ulong Pattern, uint Passes, float Bits);

/// <summary>Runs over the candidate pairs with all cores; results come back in an order that does not depend on the number of cores.</summary>
internal static class CandidatePairs
{
    private const long PairsEach = 1 << 15;
    private const int RangesAtOnce = 64;

    /// <summary>Compares the pairs of all ranges, or of every n-th for a sample.</summary>
    public static List<ComparedPair[]> Compare(Blocks blocks, Comparer comparer, int cores, int every, Action<double>? progress = null)
    {
        var ranges = Every(blocks, every);
        return [.. Compare(blocks, ranges, comparer, cores, null, 0, progress, 0, ranges.Count)];
    }

    /// <summary>Compares and weighs all pairs and keeps those worth keeping, a batch of ranges at a time, in the same order on any machine.</summary>
    public static void Weigh(Blocks blocks, Comparer comparer, int cores, Func<ComparedPair, float> weigh, float keepFrom,
        KeptPairs kept, Action<double>? progress)
    {
        var ranges = Every(blocks, 1);
        for (var from = 0; from < ranges.Count; from += RangesAtOnce)
        {
            var batch = ranges.GetRange(from, Math.Min(RangesAtOnce, ranges.Count - from));
            foreach (var found in Compare(blocks, batch, comparer, cores, weigh, keepFrom, progress, from, ranges.Count)) kept.Add(found);
        }
    }

    /// <summary>How often each pattern comes by each set of passes, without keeping a pair.</summary>
    public static Dictionary<(ulong Pattern, uint Passes), double> Count(Blocks blocks, Comparer comparer,
        int cores, int every, Action<double>? progress)
    {
        var ranges = Every(blocks, every);
        var counts = new Dictionary<(ulong, uint), double>();
        for (var from = 0; from < ranges.Count; from += RangesAtOnce)
        {
            var batch = ranges.GetRange(from, Math.Min(RangesAtOnce, ranges.Count - from));
            foreach (var found in Compare(blocks, batch, comparer, cores, null, 0, progress, from, ranges.Count)) Add(counts, found);
        }

        return counts;
    }

    /// <summary>The same of pairs at hand.</summary>
    public static Dictionary<(ulong Pattern, uint Passes), double> Count(IEnumerable<ComparedPair[]> pairs)
    {
        var counts = new Dictionary<(ulong, uint), double>();
        foreach (var found in pairs) Add(counts, found);
        return counts;
    }

    private static void Add(Dictionary<(ulong, uint), double> counts, ComparedPair[] pairs)
    {
        foreach (ref readonly var pair in pairs.AsSpan())
            CollectionsMarshal.GetValueRefOrAddDefault(counts, (pair.Pattern, pair.Passes), out _)++;
    }

    private static List<BlockRange> Every(Blocks blocks, int every) => [.. blocks.Ranges(PairsEach).Where((_, i) => i % every == 0)];

    private static ComparedPair[][] Compare(Blocks blocks, List<BlockRange> ranges, Comparer comparer, int cores,
        Func<ComparedPair, float>? weigh, float keepFrom, Action<double>? progress, int before, int total)
    {
        var results = new ComparedPair[ranges.Count][];
        using var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        using var rooms = new ThreadLocal<List<ComparedPair>>(() => new List<ComparedPair>((int)PairsEach * 2));
        var done = before;
        Parallel.For(0, ranges.Count, new ParallelOptions { MaxDegreeOfParallelism = cores }, i =>
        {
            var found = rooms.Value!;
            found.Clear();
            var collector = new Collector(comparer, caches.Value!, weigh, keepFrom, found);
            blocks.Visit(ranges[i], ref collector);
            results[i] = [.. found];
            progress?.Invoke((double)Interlocked.Increment(ref done) / total);
        });
        return results;
    }

    private readonly struct Collector(Comparer comparer, AnswerCache cache, Func<ComparedPair, float>? weigh, float keepFrom,
        List<ComparedPair> found) : IPairVisitor
    {
        public void Pair(int a, int b, uint passes)
        {
            var pair = new ComparedPair(a, b, comparer.Pattern(a, b, cache), passes, 0);
            if (weigh is not null)
            {
                pair.Bits = weigh(pair);
                if (pair.Bits < keepFrom) return;
            }

            found.Add(pair);
        }
    }
}
