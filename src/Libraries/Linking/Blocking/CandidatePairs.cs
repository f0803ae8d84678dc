namespace Legwork.Linking;

/// <summary>One compared pair: nodes, answers, the passes that brought it, and its weight in bits once the weights are known.</summary>
internal record struct ComparedPair(int A, int B, ulong Pattern, uint Passes, float Bits);

/// <summary>Runs over the candidate pairs with all cores; results come back in an order that does not depend on the number of cores.</summary>
internal static class CandidatePairs
{
    private const long PairsEach = 1 << 15;

    /// <summary>Compares the pairs of all ranges, or of every n-th for a sample.</summary>
    public static List<ComparedPair[]> Compare(Blocks blocks, Comparer comparer, int cores, int every, Func<ComparedPair, float>? weigh, float keepFrom,
        Action<double>? progress = null)
    {
        var ranges = blocks.Ranges(PairsEach);
        var results = new ComparedPair[ranges.Count][];
        using var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        using var rooms = new ThreadLocal<List<ComparedPair>>(() => new List<ComparedPair>((int)PairsEach * 2));
        var done = 0;
        Parallel.For(0, (ranges.Count + every - 1) / every, new ParallelOptions { MaxDegreeOfParallelism = cores }, i =>
        {
            var found = rooms.Value!;
            found.Clear();
            var collector = new Collector(comparer, caches.Value!, weigh, keepFrom, found);
            blocks.Visit(ranges[i * every], ref collector);
            results[i * every] = [.. found];
            progress?.Invoke((double)Interlocked.Increment(ref done) * every / ranges.Count);
        });
        return [.. results.Where(r => r is not null)];
    }

    private readonly struct Collector(Comparer comparer, AnswerCache cache, Func<ComparedPair, float>? weigh, float keepFrom, List<ComparedPair> found) : IPairVisitor
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
