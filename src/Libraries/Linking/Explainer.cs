namespace Legwork.Linking;

/// <summary>Works out again, for one pair, what the scorer added up.</summary>
internal sealed class Explainer
{
    private readonly Columns columns;
    private readonly Comparer comparer;
    private readonly Scorer scorer;
    private readonly Weights weights;
    private readonly Dictionary<int, int> recordHere;
    private readonly ThreadLocal<AnswerCache> caches;

    /// <summary>The same weights over other groups of the records.</summary>
    /// <param name="group">By the caller's record numbers; equal numbers are one group.</param>
    public Explainer Over(int[] group)
    {
        var here = new int[columns.Count];
        for (var r = 0; r < here.Length; r++) here[r] = group[columns.Order[r]];
        var grouped = comparer.Over(NodeSet.From(here));
        return new Explainer(columns, grouped, new Scorer(weights, grouped, columns.Pool), weights);
    }

    public Explainer(Columns columns, Comparer comparer, Scorer scorer, Weights weights)
    {
        this.columns = columns;
        this.comparer = comparer;
        this.scorer = scorer;
        this.weights = weights;
        caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        recordHere = new Dictionary<int, int>(columns.Count);
        for (var r = 0; r < columns.Count; r++) recordHere[columns.Order[r]] = r;
    }

    /// <exception cref="ArgumentOutOfRangeException">A record number that is not in the table.</exception>
    public Waterfall Explain(int a, int b)
    {
        if (!recordHere.TryGetValue(a, out var x)) throw new ArgumentOutOfRangeException(nameof(a));
        if (!recordHere.TryGetValue(b, out var y)) throw new ArgumentOutOfRangeException(nameof(b));
        var cache = caches.Value!;
        int left = comparer.Nodes.NodeOf[x], right = comparer.Nodes.NodeOf[y];
        var pair = new ComparedPair(left, right, comparer.Pattern(left, right, cache), 0, 0);
        var steps = new List<WaterfallStep>();
        for (var c = 0; c < weights.Comparisons.Count; c++)
        {
            var comparison = weights.Comparisons[c];
            var answer = Comparer.Answer(pair.Pattern, c);
            var (bits, term) = scorer.Part(c, pair, cache);
            var words = answer == 0 ? "not known on one side" : answer == comparison.ElseAnswer
                ? comparison.Else : comparison.Levels[answer - 1].Words;
            steps.Add(new WaterfallStep(comparison.Name, words, Show(comparison, left), Show(comparison, right), bits, term));
        }

        return new Waterfall(a, b, weights.PriorBits, steps);
    }

    private string Show(Comparison comparison, int node)
    {
        var shown = comparison.Main;
        var values = new List<string>();
        foreach (var record in comparer.Nodes.Of(node))
        {
            var text = string.Join(" ", shown.Select(m => columns.Pool[columns.Get(m)[record]]).Where(t => t.Length > 0));
            if (text.Length > 0 && !values.Contains(text)) values.Add(text);
        }

        return string.Join(" / ", values);
    }
}
