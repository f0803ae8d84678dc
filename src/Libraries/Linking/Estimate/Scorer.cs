namespace Legwork.Linking;

/// <summary>Weights applied to one table: bits of an answer, plus what the frequency of the shared value adds.</summary>
internal sealed class Scorer
{
    private readonly Comparer comparer;
    private readonly float[][] bits;
    private readonly float[]?[][] adjustments;
    private readonly int[] withTerms;
    private readonly float prior;

    public Scorer(Weights weights, Comparer comparer, StringPool pool)
    {
        this.comparer = comparer;
        prior = (float)weights.PriorBits;
        bits = [.. weights.Comparisons.Select((c, i) => Enumerable.Range(0, c.Answers).Select(a => (float)weights.Bits(i, a)).ToArray())];
        adjustments = [.. weights.Comparisons.Select((c, i) =>
            Enumerable.Range(0, c.Answers).Select(a => weights.Terms[i][a]?.Adjustments(comparer.Store(i), pool)).ToArray())];
        withTerms = [.. Enumerable.Range(0, bits.Length).Where(i => adjustments[i].Any(a => a is not null))];
    }

    /// <summary>Total bits of a pair, prior included.</summary>
    public float Bits(in ComparedPair pair, AnswerCache cache) => prior + Evidence(pair, cache);

    /// <summary>Bits of all answers and terms, without the prior.</summary>
    public float Evidence(in ComparedPair pair, AnswerCache cache)
    {
        var sum = 0f;
        var pattern = pair.Pattern;
        for (var c = 0; c < bits.Length; c++, pattern >>= 4) sum += bits[c][pattern & 15];
        foreach (var c in withTerms)
        {
            var answer = Comparer.Answer(pair.Pattern, c);
            if (adjustments[c][answer] is { } terms) sum += Adjustment(c, answer, terms, pair.A, pair.B, cache);
        }

        return sum;
    }

    /// <summary>One bar of a waterfall: the answer's bits and the frequency's.</summary>
    public (float Answer, float Term) Part(int comparison, in ComparedPair pair, AnswerCache cache)
    {
        var answer = Comparer.Answer(pair.Pattern, comparison);
        return (bits[comparison][answer], adjustments[comparison][answer] is { } terms
            ? Adjustment(comparison, answer, terms, pair.A, pair.B, cache) : 0);
    }

    /// <summary>Of several values that give the answer, the rarest speaks; of two unequal ones, the commoner.</summary>
    private float Adjustment(int c, int answer, float[] terms, int a, int b, AnswerCache cache)
    {
        var left = comparer.Nodes.Of(a);
        var right = comparer.Nodes.Of(b);
        if (left.Length == 1 && right.Length == 1)
            return Math.Min(terms[comparer.TupleOf(c, left[0])], terms[comparer.TupleOf(c, right[0])]);
        var best = float.MinValue;
        foreach (var i in left)
        {
            var x = comparer.TupleOf(c, i);
            foreach (var j in right)
            {
                var y = comparer.TupleOf(c, j);
                var value = Math.Min(terms[x], terms[y]);
                if (value > best && comparer.AnswerOf(c, x, y, cache) == answer) best = value;
            }
        }

        return best == float.MinValue ? 0 : best;
    }
}
