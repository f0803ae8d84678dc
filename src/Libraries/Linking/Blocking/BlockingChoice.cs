namespace Legwork.Linking;

/// <summary>What a blocking pass brought.</summary>
/// <param name="Key">Its columns.</param>
/// <param name="Pairs">Pairs that stand in one of its blocks.</param>
/// <param name="New">Of these, pairs that no earlier pass had brought.</param>
/// <param name="Matches">Expected number of matches among the new ones.</param>
/// <param name="SkippedRecords">Records whose key is shared by too many to make a block.</param>
public sealed record PassReport(IReadOnlyList<string> Key, long Pairs, long New, double Matches, int SkippedRecords);

/// <summary>
/// Chooses blocking passes by measurement: a sample of the pairs that any candidate key brings is compared, its expected matches are
/// counted by the set of keys that bring them, and keys are taken greedily by new matches a new pair until the stated recall of what all
/// keys together find, or the pair budget, is reached. When all keys fit the budget, all are taken.
/// </summary>
internal static class BlockingChoice
{
    private const long SamplePairs = 200_000;

    public static IReadOnlyList<int> Choose(LinkModel model, Columns columns, Comparer comparer, Blocks all, int cores)
    {
        var passes = Enumerable.Range(0, all.PassCount).ToList();
        var total = passes.Sum(p => all[p].Pairs);
        if (total <= model.Blocking.PairBudget) return passes;
        var every = (int)Math.Max(1, total / SamplePairs);
        var sample = CandidatePairs.Compare(all, comparer, cores, every);
        var weights = Estimator.Estimate(model, columns, comparer, all, CandidatePairs.Count(sample), 1.0 / every, cores);
        return Greedy(Measure(sample, weights), passes, model.Blocking, model.Blocking.PairBudget / (double)every);
    }

    /// <summary>For each set of passes that share a pair: the pairs of the sample, and how many of them are expected to be matches.</summary>
    private static Dictionary<uint, (double Pairs, double Matches)> Measure(List<ComparedPair[]> sample, Weights weights)
    {
        var bySet = new Dictionary<uint, (double Pairs, double Matches)>();
        foreach (var chunk in sample)
        {
            foreach (var pair in chunk)
            {
                var bits = weights.PriorBits;
                for (var c = 0; c < weights.Comparisons.Count; c++) bits += weights.Bits(c, Comparer.Answer(pair.Pattern, c));
                var (pairs, matches) = bySet.GetValueOrDefault(pair.Passes);
                bySet[pair.Passes] = (pairs + 1, matches + Weights.Probability(bits));
            }
        }

        return bySet;
    }

    private static List<int> Greedy(Dictionary<uint, (double Pairs, double Matches)> bySet, List<int> candidates, BlockingPlan plan, double budget)
    {
        var sets = bySet.OrderBy(s => s.Key).ToArray();
        var wanted = sets.Sum(s => s.Value.Matches) * plan.Recall;
        var chosen = new List<int>();
        uint taken = 0;
        double pairs = 0, matches = 0;
        while (matches < wanted)
        {
            var best = (Pass: -1, Gain: 0.0, Pairs: 0.0, Matches: 0.0);
            foreach (var p in candidates.Where(p => !chosen.Contains(p)))
            {
                double morePairs = 0, moreMatches = 0;
                foreach (var (set, found) in sets)
                {
                    if ((set & taken) != 0 || (set >> p & 1) == 0) continue;
                    morePairs += found.Pairs;
                    moreMatches += found.Matches;
                }

                var gain = moreMatches / Math.Max(1, morePairs);
                if (moreMatches > 0 && pairs + morePairs <= budget && gain > best.Gain) best = (p, gain, morePairs, moreMatches);
            }

            if (best.Pass < 0) break;
            chosen.Add(best.Pass);
            taken |= 1u << best.Pass;
            pairs += best.Pairs;
            matches += best.Matches;
        }

        chosen.Sort();
        return chosen.Count > 0 ? chosen : [candidates[0]];
    }
}
