namespace Legwork.Linking;

/// <summary>Two records (numbers of the caller's table), their total weight in bits and the posterior probability that they are one.</summary>
public readonly record struct ScoredPair(int A, int B, float Bits)
{
    public double Probability => Weights.Probability(Bits);
}

/// <summary>The outcome of linking one table.</summary>
public sealed class LinkResult
{
    private readonly Explainer explainer;

    internal LinkResult(int[] clusters, List<ScoredPair> looks, Thresholds thresholds, Weights weights, long compared, Explainer explainer)
    {
        Clusters = clusters;
        Weights = weights;
        ComparedPairs = compared;
        this.explainer = explainer;
        ClusterCount = clusters.Where((cluster, record) => cluster == record).Count();
        // A pair seen twice keeps what the second look said.
        var last = new Dictionary<(int, int), ScoredPair>();
        foreach (var pair in looks) last[(Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))] = pair;
        Pairs = [.. last.Values.OrderByDescending(p => p.Bits).ThenBy(p => p.A).ThenBy(p => p.B)];
        Probable = [.. Pairs.Where(p => clusters[p.A] != clusters[p.B] && p.Probability >= thresholds.Review)];
    }

    /// <summary>The cluster of each record, by record number: the number of the cluster's first record, so clusters of one keep their own.</summary>
    public int[] Clusters { get; }

    public int ClusterCount { get; }

    /// <summary>
    /// Weighed pairs from the review threshold up, the surest first. A pair of records stands for the groups that they belonged to when it
    /// was weighed; pairs inside a sure group are not weighed and not listed.
    /// </summary>
    public IReadOnlyList<ScoredPair> Pairs { get; }

    /// <summary>The grey zone: pairs of records that stand in different clusters and may yet be one. A person should look.</summary>
    public IReadOnlyList<ScoredPair> Probable { get; }

    public Weights Weights { get; }

    /// <summary>What each blocking pass brought, in the order of the passes.</summary>
    public IReadOnlyList<PassReport> Passes { get; internal init; } = [];

    /// <summary>Where the time went, stage by stage.</summary>
    public IReadOnlyList<StageTime> Stages { get; internal init; } = [];

    /// <summary>Values far commoner than the others of their column; they were taken as not known.</summary>
    public IReadOnlyList<Placeholder> Placeholders { get; internal init; } = [];

    internal Func<int[], double> BlockRecallOf { get; init; } = _ => 1;

    /// <summary>The share of true pairs that some pass brought together.</summary>
    /// <param name="truth">The true cluster of each record, by record number.</param>
    public double BlockRecall(int[] truth) => BlockRecallOf(truth);

    public long ComparedPairs { get; }

    /// <summary>The pairs whose review would teach most: those nearest to even odds, joined or not.</summary>
    /// <param name="count">At most so many.</param>
    public IEnumerable<ScoredPair> MostInstructive(int count) => Pairs.OrderBy(p => Math.Abs(p.Bits)).ThenBy(p => p.A).ThenBy(p => p.B).Take(count);

    /// <summary>A pair as a waterfall: the prior, then each comparison's bits, for the groups that the two records stood in at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A record number that is not in the table.</exception>
    public Waterfall Explain(int a, int b) => explainer.Explain(a, b);

    /// <summary>
    /// The same for groups that the caller has made of the records: each comparison speaks of all that the two groups know, so what one
    /// row leaves open another may contradict.
    /// </summary>
    /// <param name="group">A group number for each record.</param>
    public Func<int, int, Waterfall> ExplainAs(int[] group) => explainer.Over(group).Explain;
}

/// <summary>One bar of a waterfall.</summary>
/// <param name="Comparison">The comparison's name.</param>
/// <param name="Words">What was found.</param>
/// <param name="A">The values of the first record.</param>
/// <param name="B">The values of the second.</param>
/// <param name="Bits">log2(m/u) of what was found.</param>
/// <param name="TermBits">What the rarity of the shared value adds or takes.</param>
public sealed record WaterfallStep(string Comparison, string Words, string A, string B, double Bits, double TermBits);

/// <summary>Prior and steps add up to <see cref="Bits"/>.</summary>
public sealed record Waterfall(int A, int B, double PriorBits, IReadOnlyList<WaterfallStep> Steps)
{
    public double Bits => PriorBits + Steps.Sum(s => s.Bits + s.TermBits);

    public double Probability => Weights.Probability(Bits);
}
