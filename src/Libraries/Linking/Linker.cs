namespace Legwork.Linking;

/// <summary>What a person decided about two records; binding in every run.</summary>
public readonly record struct Decision(int A, int B, bool Same);

/// <summary>
/// Links the records of a table by a model: estimates weights without labels (or takes given ones), compares the pairs that blocking
/// brings together, and clusters. The answer depends on the records' content alone, not on their order nor on the number of cores.
/// </summary>
public sealed class Linker
{
    private const long PairsInMemory = 4_000_000;
    private readonly LinkModel model;

    public Linker(LinkModel model) => this.model = model;

    /// <summary>Cores to use, all by default.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Called with a stage's name and the share done, from any thread.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>Links all records.</summary>
    /// <param name="table">Records of one or more sources; must bring the model's columns.</param>
    /// <param name="decisions">Pairs that a person or an earlier stage has settled.</param>
    /// <param name="weights">Weights of an earlier run; estimated afresh when null.</param>
    /// <exception cref="TableException">The table lacks a column of the model.</exception>
    public LinkResult Link(RecordTable table, IReadOnlyCollection<Decision>? decisions = null, Weights? weights = null)
    {
        var columns = new Columns(model, table);
        var here = new int[columns.Count];
        for (var r = 0; r < here.Length; r++) here[columns.Order[r]] = r;
        var settled = (decisions ?? []).Select(d => new Decision(here[d.A], here[d.B], d.Same)).ToList();

        var singles = new Comparer(model.Comparisons, columns, NodeSet.Singles(columns.Count));
        var nodes = SureMatches.Join(model, columns, singles, settled);
        var comparer = singles.Over(nodes);
        var several = table.Sources.Count > 1;
        var blocks = new Blocks(model.Blocking.Keys, columns, nodes, model.Blocking.BlockMax, several && model.Sources.LinkOnly ? columns.Source : null);
        var total = Enumerable.Range(0, blocks.PassCount).Sum(p => blocks[p].Pairs);
        var every = (int)Math.Max(1, total / PairsInMemory);
        var pairs = CandidatePairs.Compare(blocks, comparer, Cores, every, null, 0, Report("comparing"));
        weights ??= Estimator.Estimate(model, columns, comparer, blocks, pairs, 1.0 / every, Cores);
        var scorer = new Scorer(weights, comparer, columns.Pool);
        var keep = (float)Weights.BitsOf(double.Parse(Environment.GetEnvironmentVariable("KEEP")??"0.001"));
        var kept = Score(pairs, every, blocks, comparer, scorer, keep);
        var edges = kept.Select(p => new Edge(p.A, p.B, p.Bits)).ToList();
        var rule = new ClusterRule(float.Parse(Environment.GetEnvironmentVariable("JOIN")??"3"), float.Parse(Environment.GetEnvironmentVariable("UNSEEN")??"-6"), (float)model.Sources.SameSourceBits);
        var apart = settled.Where(d => !d.Same).Select(d => (nodes.NodeOf[d.A], nodes.NodeOf[d.B])).ToList();
        var roots = Agglomeration.Cluster(nodes.Count, edges, apart, rule, several && model.Sources.OnePerSource ? n => SourcesOf(n, nodes, columns) : null);
        var clusters = ToCallersOrder(roots, nodes, columns);
        var review = (float)Weights.BitsOf(model.Thresholds.Review);
        var scored = kept.Where(p => p.Bits >= review)
            .Select(p => new ScoredPair(columns.Order[nodes.Records[nodes.Start[p.A]]], columns.Order[nodes.Records[nodes.Start[p.B]]], p.Bits))
            .OrderByDescending(p => p.Bits).ThenBy(p => p.A).ThenBy(p => p.B).ToList();
        return new LinkResult(clusters, scored, weights, [], pairs.Sum(p => (long)p.Length), new Explainer(columns, comparer, scorer, weights));
    }

    private List<ComparedPair> Score(List<ComparedPair[]> pairs, int every, Blocks blocks, Comparer comparer, Scorer scorer, float keep)
    {
        var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        if (every > 1)
            return [.. CandidatePairs.Compare(blocks, comparer, Cores, 1, p => scorer.Bits(p, caches.Value!), keep, Report("scoring")).SelectMany(c => c)];
        var kept = new List<ComparedPair>[pairs.Count];
        Parallel.For(0, pairs.Count, new ParallelOptions { MaxDegreeOfParallelism = Cores }, i =>
        {
            var own = kept[i] = [];
            foreach (var pair in pairs[i])
            {
                var bits = scorer.Bits(pair, caches.Value!);
                if (bits >= keep) own.Add(pair with { Bits = bits });
            }
        });
        return [.. kept.SelectMany(k => k)];
    }

    private Action<double>? Report(string stage) => Progress is null ? null : share => Progress(stage, share);

    private static UInt128 SourcesOf(int node, NodeSet nodes, Columns columns)
    {
        UInt128 sources = 0;
        foreach (var record in nodes.Of(node)) sources |= UInt128.One << Math.Min(127, (int)columns.Source[record]);
        return sources;
    }

    private static int[] ToCallersOrder(int[] roots, NodeSet nodes, Columns columns)
    {
        var first = new int[roots.Length];
        Array.Fill(first, int.MaxValue);
        for (var r = 0; r < columns.Count; r++)
        {
            ref var smallest = ref first[roots[nodes.NodeOf[r]]];
            smallest = Math.Min(smallest, columns.Order[r]);
        }

        var clusters = new int[columns.Count];
        for (var r = 0; r < columns.Count; r++) clusters[columns.Order[r]] = first[roots[nodes.NodeOf[r]]];
        return clusters;
    }
}
