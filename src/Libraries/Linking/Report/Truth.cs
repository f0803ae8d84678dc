namespace Legwork.Linking;

/// <summary>Accuracy against known clusters, counted over pairs of records.</summary>
public readonly record struct Accuracy(double Precision, double Recall, long TruePairs, long FoundPairs, long RightPairs)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Compares two groupings of the same records by contingency, without listing pairs.</summary>
    public static Accuracy Of(ReadOnlySpan<int> found, ReadOnlySpan<int> truth)
    {
        var both = new Dictionary<(int, int), long>();
        var byFound = new Dictionary<int, long>();
        var byTruth = new Dictionary<int, long>();
        for (var r = 0; r < found.Length; r++)
        {
            both[(found[r], truth[r])] = both.GetValueOrDefault((found[r], truth[r])) + 1;
            byFound[found[r]] = byFound.GetValueOrDefault(found[r]) + 1;
            byTruth[truth[r]] = byTruth.GetValueOrDefault(truth[r]) + 1;
        }

        long right = Pairs(both.Values), foundPairs = Pairs(byFound.Values), truePairs = Pairs(byTruth.Values);
        return new Accuracy(foundPairs == 0 ? 1 : right / (double)foundPairs,
            truePairs == 0 ? 1 : right / (double)truePairs, truePairs, foundPairs, right);
    }

    private static long Pairs(IEnumerable<long> sizes) => sizes.Sum(n => n * (n - 1) / 2);
}
