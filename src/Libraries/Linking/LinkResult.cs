namespace Legwork.Linking;

/// <summary>Two records (numbers of the caller's table), their total weight in bits and the posterior probability that they are one.</summary>
public readonly record struct ScoredPair(int A, int B, float Bits)
{
    public double Probability => Weights.Probability(Bits);
}

/// <summary>What a blocking pass brought.</summary>
/// <param name="Key">Its columns.</param>
/// <param name="Pairs">Pairs that stand in one of its blocks.</param>
/// <param name="New">Of these, pairs that no earlier pass had brought.</param>
/// <param name="Matches">Expected number of matches among the new ones.</param>
/// <param name="SkippedRecords">Records whose key is shared by too many to make a block.</param>
public sealed record PassReport(IReadOnlyList<string> Key, long Pairs, long New, double Matches, int SkippedRecords);

/// <summary>The outcome of linking one table.</summary>
public sealed class LinkResult
{
    internal LinkResult(int[] clusters, IReadOnlyList<ScoredPair> pairs, Weights weights, IReadOnlyList<PassReport> passes, long compared, Explainer explainer)
    {
        Clusters = clusters;
        Pairs = pairs;
        Weights = weights;
        Passes = passes;
        ComparedPairs = compared;
        this.explainer = explainer;
        ClusterCount = clusters.Distinct().Count();
    }

    private readonly Explainer explainer;

    /// <summary>The cluster of each record, by record number: the number of the cluster's first record, so clusters of one keep their own.</summary>
    public int[] Clusters { get; }

    public int ClusterCount { get; }

    /// <summary>All pairs from the review threshold up, the surest first.</summary>
    public IReadOnlyList<ScoredPair> Pairs { get; }

    public Weights Weights { get; }

    public IReadOnlyList<PassReport> Passes { get; }

    public long ComparedPairs { get; }

    /// <summary>A pair as a waterfall: the prior, then each comparison's bits.</summary>
    public Waterfall Explain(int a, int b) => explainer.Explain(a, b);
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
