namespace Legwork.Linking;

/// <summary>
/// The second look, at what the first left over, where every source holds a thing at most once: a row that found nobody, and the
/// clusters that have no row of its source. Among so few, agreement means more: the prior is taken for each kind of left-over alone,
/// m is estimated anew (what is left over differs in just what kept it apart), and candidates compete, since one of them at most is right.
/// </summary>
internal sealed class Residue
{
    private const int Rounds = 60;
    private const double Memory = 20;
    private const float LeastBits = -4;

    private readonly LinkModel model;
    private readonly Weights first;
    private readonly UInt128[] sources;
    private readonly NodeSet nodes;
    private readonly Dictionary<UInt128, Pool> pools = [];

    private Residue(LinkModel model, Weights first, NodeSet nodes, UInt128[] sources)
    {
        this.model = model;
        this.first = first;
        this.nodes = nodes;
        this.sources = sources;
    }

    /// <summary>Joins what belongs together among the clusters of the first look, which are the comparer's nodes.</summary>
    /// <returns>For each node the smallest node of its cluster now, and the pairs weighed, with the odds that remain against rivals.</returns>
    public static (int[] Roots, List<ComparedPair> Pairs) Join(LinkModel model, Columns columns, BlockingKeys keys,
        Comparer comparer, Weights weights, ClusterRule rule, List<(int A, int B)> apart, int cores)
    {
        var nodes = comparer.Nodes;
        var sources = Linker.SourcesOf(nodes, columns);
        var residue = new Residue(model, weights, nodes, sources);
        var blocks = new Blocks(keys, nodes, model.Blocking.BlockMax, sources, cores);
        var pairs = CandidatePairs.Compare(blocks, comparer, cores, 1).SelectMany(p => p).ToArray();
        residue.CountPools(pairs);
        var second = residue.Estimate();
        var weighed = residue.Compete(residue.Weigh(pairs, new Scorer(second, comparer, columns.Pool), comparer));
        var strict = rule with { SameSource = float.PositiveInfinity };
        return (Agglomeration.Cluster(nodes.Count, weighed.Select(p => new Edge(p.A, p.B, p.Bits)), apart, strict, n => sources[n]), weighed);
    }

    /// <summary>The kind of a pair: the sources of its smaller side.</summary>
    private UInt128 KindOf(int a, int b) => KindOf(sources[a], sources[b]);

    private static UInt128 KindOf(UInt128 a, UInt128 b)
    {
        var (countA, countB) = (UInt128.PopCount(a), UInt128.PopCount(b));
        return countA < countB || (countA == countB && a < b) ? a : b;
    }

    private void CountPools(ComparedPair[] pairs)
    {
        var sizes = sources.GroupBy(s => s).ToDictionary(g => g.Key, g => (double)g.Count());
        foreach (var (a, countA) in sizes)
        {
            var partners = sizes.Where(s => (s.Key & a) == 0 && KindOf(a, s.Key) == a).Sum(s => s.Value);
            pools[a] = new Pool
            {
                Possible = Math.Max(1, countA * partners),
                Prior = 0.3 * Math.Min(countA, partners) / Math.Max(1, countA * partners)
            };
        }

        foreach (ref readonly var pair in pairs.AsSpan())
        {
            var patterns = pools[KindOf(pair.A, pair.B)].Patterns;
            patterns[pair.Pattern] = patterns.GetValueOrDefault(pair.Pattern) + 1;
        }
    }

    private Weights Estimate()
    {
        var comparisons = model.Comparisons;
        var second = new Weights(comparisons) { Prior = first.Prior };
        for (var c = 0; c < comparisons.Count; c++)
        {
            first.Terms[c].CopyTo(second.Terms[c], 0);
            for (var a = 1; a < comparisons[c].Answers; a++)
            {
                second.U[c][a] = first.U[c][a];
                second.M[c][a] = 0.7 * Math.Min(1, first.M[c][a]) + 0.3 / (comparisons[c].Answers - 1);
            }
        }

        var sums = comparisons.Select(c => new double[c.Answers]).ToArray();
        var ordered = pools.OrderBy(p => p.Key).Select(p => (Pool: p.Value, Patterns: p.Value.Patterns.OrderBy(x => x.Key).ToArray())).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var s in sums) Array.Clear(s);
            foreach (var (pool, patterns) in ordered) Expect(pool, patterns, second, sums);
            for (var c = 0; c < sums.Length; c++)
            {
                var old = Enumerable.Range(1, comparisons[c].Answers - 1).Sum(a => Math.Min(1, first.M[c][a]));
                var total = sums[c].Skip(1).Sum() + Memory;
                for (var a = 1; a < comparisons[c].Answers; a++)
                    second.M[c][a] = Math.Max(1e-4, (sums[c][a] + Memory * Math.Min(1, first.M[c][a]) / old) / total);
            }
        }

        return second;
    }

    private static void Expect(Pool pool, KeyValuePair<ulong, double>[] patterns, Weights weights, double[][] sums)
    {
        var odds = pool.Prior / (1 - pool.Prior);
        double matches = 0;
        foreach (var (pattern, count) in patterns)
        {
            var ratio = odds;
            for (var c = 0; c < sums.Length; c++)
            {
                var answer = Comparer.Answer(pattern, c);
                if (answer != 0) ratio *= weights.M[c][answer] / weights.U[c][answer];
            }

            var expected = count * ratio / (1 + ratio);
            matches += expected;
            for (var c = 0; c < sums.Length; c++) sums[c][Comparer.Answer(pattern, c)] += expected;
        }

        pool.Prior = Math.Clamp((matches + 0.1) / pool.Possible, 1e-12, 0.5);
    }

    private List<ComparedPair> Weigh(ComparedPair[] pairs, Scorer scorer, Comparer comparer)
    {
        var cache = comparer.NewCache();
        var weighed = new List<ComparedPair>();
        foreach (ref readonly var pair in pairs.AsSpan())
        {
            var bits = scorer.Evidence(pair, cache) + (float)Weights.BitsOf(pools[KindOf(pair.A, pair.B)].Prior);
            if (bits > LeastBits) weighed.Add(pair with { Bits = bits });
        }

        return weighed;
    }

    /// <summary>The odds of a pair against its own failure and against every rival of either side.</summary>
    private List<ComparedPair> Compete(List<ComparedPair> pairs)
    {
        var all = new double[nodes.Count];
        foreach (var pair in pairs)
        {
            var odds = Math.Pow(2, pair.Bits);
            all[pair.A] += odds;
            all[pair.B] += odds;
        }

        return [.. pairs.Select(p =>
        {
            var odds = Math.Pow(2, p.Bits);
            return p with { Bits = (float)Math.Log2(odds / (1 + Math.Max(0, all[p.A] - odds) + Math.Max(0, all[p.B] - odds))) };
        })];
    }

    private sealed class Pool
    {
        public double Possible { get; init; }

        public double Prior { get; set; }

        public Dictionary<ulong, double> Patterns { get; } = [];
    }
}
