namespace Legwork.Linking;

/// <summary>
/// Fellegi–Sunter without labels. u from pairs drawn at random (fixed seed); m by expectation maximisation in each blocking pass with u
/// held, leaving out the comparisons that the pass's own key decides; the passes' expected counts are pooled. I. Fellegi, A. Sunter,
/// "A theory for record linkage", JASA 64 (1969); W. Winkler, "Using the EM algorithm for weight computation", ASA (1988).
/// </summary>
internal sealed class Estimator
{
    private const int RandomPairs = 1 << 18;
    private const int Rounds = 60;
    private const double Enough = 10;
    private const double LeastM = 0.0005;
    private const double MostGuessedM = 0.05;
    private const double SureWeight = 200;

    private readonly LinkModel model;
    private readonly Weights weights;
    private readonly Comparer comparer;
    private readonly List<string> warnings = [];

    private readonly double[][] starting;
    private readonly double[][] sureCounts;

    private Estimator(LinkModel model, Comparer comparer)
    {
        this.model = model;
        this.comparer = comparer;
        weights = new Weights(model.Comparisons);
        sureCounts = CountSurePairs();
        starting = [.. Enumerable.Range(0, model.Comparisons.Count).Select(StartingM)];
    }

    /// <param name="counts">How often each pattern came by each set of passes: the pairs themselves are not looked at.</param>
    /// <param name="sampled">The share of all candidate pairs that was counted.</param>
    public static Weights Estimate(LinkModel model, Columns columns, Comparer comparer, Blocks blocks,
        Dictionary<(ulong Pattern, uint Passes), double> counts, double sampled, int cores)
    {
        var estimator = new Estimator(model, comparer);
        estimator.CountTerms(columns);
        estimator.EstimateU(blocks, cores);
        estimator.EstimateM(blocks, counts);
        estimator.EstimatePrior(counts, sampled);
        estimator.weights.Warnings = estimator.warnings;
        return estimator.weights;
    }

    private void CountTerms(Columns columns)
    {
        for (var c = 0; c < model.Comparisons.Count; c++)
        {
            var comparison = model.Comparisons[c];
            var tuples = new int[columns.Count];
            for (var r = 0; r < tuples.Length; r++) tuples[r] = comparer.TupleOf(c, r);
            for (var l = 0; l < comparison.Levels.Count; l++)
                if (comparison.Levels[l].TermFrequency)
                    weights.Terms[c][l + 1] = TermFrequencies.Count(comparison.Levels[l], comparison, comparer.Store(c), tuples, columns.Pool);
        }
    }

    private void EstimateU(Blocks blocks, int cores)
    {
        var n = comparer.Nodes.Count;
        var possible = n * (n - 1L) / 2;
        var draws = (int)Math.Min(RandomPairs, possible * 4);
        const int chunk = 1 << 13;
        var counts = new long[(draws + chunk - 1) / chunk][][];
        var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        Parallel.For(0, counts.Length, new ParallelOptions { MaxDegreeOfParallelism = cores }, part =>
        {
            var own = model.Comparisons.Select(c => new long[c.Answers]).ToArray();
            var to = Math.Min(draws, (part + 1) * chunk);
            for (var i = part * chunk; i < to; i++)
            {
                var random = StringPool.Mix(model.Seed * 0x9E3779B97F4A7C15UL + (ulong)i);
                var a = (int)((random >> 32) * (ulong)n >> 32);
                var b = (int)((random & uint.MaxValue) * (ulong)n >> 32);
                if (a == b || !blocks.MayPair(a, b)) continue;
                for (var c = 0; c < own.Length; c++) own[c][comparer.Answer(c, a, b, caches.Value!)]++;
            }

            counts[part] = own;
        });
        for (var c = 0; c < model.Comparisons.Count; c++)
        {
            var answers = model.Comparisons[c].Answers;
            var sums = new double[answers];
            foreach (var part in counts)
                for (var a = 1; a < answers; a++) sums[a] += part[c][a];
            var total = sums.Sum() + 0.5 * (answers - 1);
            for (var a = 1; a < answers; a++) weights.U[c][a] = (sums[a] + 0.5) / total;
            UseExactAgreement(c, answers);
        }
    }

    /// <summary>For equality the frequencies say exactly how often chance agrees; a sample misses rare agreement.</summary>
    private void UseExactAgreement(int c, int answers)
    {
        if (weights.Terms[c][1] is not { } terms || model.Comparisons[c].Levels[0].Test is not EqualTest) return;
        var rest = (1 - terms.Agreement) / (1 - weights.U[c][1]);
        weights.U[c][1] = terms.Agreement;
        for (var a = 2; a < answers; a++) weights.U[c][a] *= rest;
    }

    private void EstimateM(Blocks blocks, Dictionary<(ulong Pattern, uint Passes), double> counts)
    {
        var comparisons = model.Comparisons;
        var pooled = comparisons.Select(c => new double[c.Answers]).ToArray();
        var roots = comparisons.Select(c => c.Columns.SelectMany(RawColumns).ToHashSet()).ToArray();
        for (var p = 0; p < blocks.PassCount; p++)
        {
            var fixedBy = blocks[p].Key.SelectMany(RawColumns).ToHashSet();
            var free = Enumerable.Range(0, comparisons.Count).Where(c => !roots[c].Overlaps(fixedBy)).ToArray();
            if (free.Length < 2) continue;
            var patterns = Histogram(counts, p, free);
            if (patterns.Count > 0) Maximise(patterns, free, pooled);
        }

        for (var c = 0; c < comparisons.Count; c++) Settle(c, pooled[c]);
    }

    /// <summary>
    /// From expected counts to m. A level that hardly any match reached keeps at least <see cref="LeastM"/>, and its weight between
    /// those of the neighbours that are known: the next table may bring the very slip that this one lacks.
    /// </summary>
    private void Settle(int c, double[] expected)
    {
        var comparison = model.Comparisons[c];
        var prior = starting[c];
        var strength = prior.Sum();
        for (var a = 1; a < comparison.Answers; a++) expected[a] += sureCounts[c][a];
        var total = expected.Sum();
        if (total < Enough)
            warnings.Add(FormattableString.Invariant($"{comparison.Name}: m rests on {total:f1} expected matches; the starting values stand"));
        double[] m = weights.M[c], u = weights.U[c];
        var known = new bool[comparison.Answers];
        for (var a = 1; a < comparison.Answers; a++)
        {
            m[a] = (expected[a] + prior[a]) / (total + strength);
            known[a] = total < Enough || expected[a] >= Enough || a == comparison.ElseAnswer;
            if (!known[a] && expected[a] < 1)
                warnings.Add($"{comparison.Name}: no match was seen at “{comparison.Levels[a - 1].Words}”; its m is not identified");
        }

        var floor = Math.Log2(m[^1] / u[^1]);
        for (var a = comparison.Levels.Count; a >= 1; a--)
        {
            if (!known[a])
            {
                var above = Enumerable.Range(1, a - 1).Where(x => known[x]).Select(x => Math.Log2(m[x] / u[x])).DefaultIfEmpty(double.MaxValue).Max();
                var bits = Math.Log2(Math.Max(m[a], LeastM) / u[a]);
                var ratio = Math.Pow(2, Math.Max(floor, Math.Min(above, bits)));
                m[a] = Math.Min(u[a] * ratio, MostGuessedM);
                u[a] = m[a] / ratio;
            }

            floor = Math.Max(floor, Math.Log2(m[a] / u[a]));
            if (known[a]) floor = Math.Log2(m[a] / u[a]);
        }
    }

    private IEnumerable<string> RawColumns(string column) =>
        model.Derivations.FirstOrDefault(d => d.Column == column) is { } derived ? derived.Of.SelectMany(RawColumns) : [column];

    /// <summary>The patterns of one pass in the comparisons that it leaves free.</summary>
    private static Dictionary<ulong, double> Histogram(Dictionary<(ulong Pattern, uint Passes), double> all, int pass, int[] free)
    {
        ulong mask = 0;
        foreach (var c in free) mask |= 15UL << (4 * c);
        var counts = new Dictionary<ulong, double>();
        foreach (var ((pattern, passes), count) in all)
            if ((passes >> pass & 1) != 0) counts[pattern & mask] = counts.GetValueOrDefault(pattern & mask) + count;
        return counts;
    }

    private void Maximise(Dictionary<ulong, double> histogram, int[] free, double[][] pooled)
    {
        var patterns = histogram.OrderBy(p => p.Key).ToArray();
        var total = patterns.Sum(p => p.Value);
        var m = free.Select(c => starting[c].Select(x => x / starting[c].Sum()).ToArray()).ToArray();
        var lambda = 0.1;
        var sums = free.Select(c => new double[model.Comparisons[c].Answers]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var s in sums) Array.Clear(s);
            double matches = 0;
            foreach (var (pattern, count) in patterns)
            {
                var odds = lambda / (1 - lambda);
                for (var i = 0; i < free.Length; i++)
                {
                    var answer = Comparer.Answer(pattern, free[i]);
                    if (answer != 0) odds *= m[i][answer] / weights.U[free[i]][answer];
                }

                var expected = count * (odds / (1 + odds));
                matches += expected;
                for (var i = 0; i < free.Length; i++) sums[i][Comparer.Answer(pattern, free[i])] += expected;
            }

            var moved = Math.Abs(matches / total - lambda);
            lambda = Math.Clamp(matches / total, 1e-9, 1 - 1e-6);
            for (var i = 0; i < free.Length; i++)
            {
                var prior = starting[free[i]];
                var known = sums[i].Skip(1).Sum() + prior.Sum();
                for (var a = 1; a < m[i].Length; a++)
                {
                    var next = (sums[i][a] + prior[a]) / known;
                    moved = Math.Max(moved, Math.Abs(next - m[i][a]));
                    m[i][a] = next;
                }
            }

            if (moved < 1e-5) break;
        }

        for (var i = 0; i < free.Length; i++)
            for (var a = 1; a < sums[i].Length; a++) pooled[free[i]][a] += sums[i][a];
    }

    /// <summary>
    /// Pairs of records that a sure key made one node are matches that no blocking pass will show; counted here, they keep the few that
    /// the key missed from speaking for all.
    /// </summary>
    private double[][] CountSurePairs()
    {
        var counts = model.Comparisons.Select(c => new double[c.Answers]).ToArray();
        if (model.Sure.Count == 0) return counts;
        var cache = comparer.NewCache();
        for (var node = 0; node < comparer.Nodes.Count; node++)
        {
            var records = comparer.Nodes.Of(node);
            for (var i = 1; i < records.Length; i++)
                for (var c = 0; c < counts.Length; c++)
                    counts[c][comparer.AnswerOf(c, comparer.TupleOf(c, records[i - 1]), comparer.TupleOf(c, records[i]), cache)]++;
        }

        for (var c = 0; c < counts.Length; c++)
        {
            if (model.Comparisons[c].LearnFromSure) counts[c][0] = 0;
            else Array.Clear(counts[c]);
        }

        return counts;
    }

    /// <summary>
    /// Where estimation starts and what a level never met falls back to, as counts: what the sure pairs show, up to the weight of
    /// <see cref="SureWeight"/> pairs; otherwise that most matches agree, and the more the better the level, with the weight of one pair.
    /// </summary>
    private double[] StartingM(int comparison)
    {
        var answers = model.Comparisons[comparison].Answers;
        var counts = new double[answers];
        var left = 0.95;
        for (var a = 1; a < answers - 1; a++)
        {
            counts[a] = a == answers - 2 ? left : left * 0.75;
            left -= counts[a];
        }

        counts[answers - 1] = 0.05;
        var sure = sureCounts[comparison].Sum();
        for (var a = 1; a < answers && sure > 0; a++) counts[a] += sureCounts[comparison][a] * Math.Min(1, SureWeight / sure);
        return counts;
    }

    /// <summary>The prior at which the expected number of matches among all pairs reproduces itself.</summary>
    private void EstimatePrior(Dictionary<(ulong Pattern, uint Passes), double> counts, double sampled)
    {
        var patterns = counts.GroupBy(p => p.Key.Pattern, p => p.Value).OrderBy(g => g.Key)
            .Select(g => (Ratio: Math.Pow(2, Enumerable.Range(0, model.Comparisons.Count).Sum(c => weights.Bits(c, Comparer.Answer(g.Key, c)))),
                Count: g.Sum() / sampled))
            .ToArray();
        double n = comparer.Nodes.Count;
        var all = n * (n - 1) / 2;
        var prior = n / all;
        for (var round = 0; round < 200; round++)
        {
            var odds = prior / (1 - prior);
            var matches = patterns.Sum(p => p.Count * (odds * p.Ratio / (1 + odds * p.Ratio)));
            var next = Math.Clamp(matches / all, 1e-12, 0.5);
            var moved = Math.Abs(next - prior) / prior;
            prior = next;
            if (moved < 1e-6) break;
        }

        weights.Prior = prior;
    }
}
