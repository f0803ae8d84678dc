using System.Numerics;

namespace Legwork.Linking;

/// <summary>What a person decided about two records; binding in every run.</summary>
public readonly record struct Decision(int A, int B, bool Same);

/// <summary>
/// Links the records of a table by a model: joins what is sure, estimates weights without labels (or takes given ones), compares the
/// pairs that blocking brings together, clusters, and looks a second time at what is left over where sources hold a thing once.
/// </summary>
/// <remarks>The answer depends on the records' content alone, not on their order nor on the number of cores.</remarks>
public sealed class Linker
{
    private const long PairsInMemory = 4_000_000;
    private const double KeepFrom = 0.001;
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
        var clock = new StageClock();
        var columns = new Columns(model, table, Cores);
        clock.End("columns");
        var settled = Here(decisions ?? [], columns);
        var singles = new Comparer(model.Comparisons, columns, NodeSet.Singles(columns.Count), Cores);
        clock.End("tuples");
        var nodes = SureMatches.Join(model, columns, singles, settled);
        var comparer = singles.Over(nodes);
        clock.End("sure matches");
        var sources = SourcesOf(nodes, columns);
        var several = table.Sources.Count > 1;
        var keys = new BlockingKeys(model.Blocking.Keys, columns, Cores);
        var all = new Blocks(keys, nodes, model.Blocking.BlockMax, several && model.Sources.LinkOnly ? sources : null, Cores);
        var chosen = weights?.Passes ?? BlockingChoice.Choose(model, columns, comparer, all, Cores);
        var blocks = chosen.Count == all.PassCount ? all : all.Only(chosen);

        clock.End("blocking");
        var every = (int)Math.Max(1, Enumerable.Range(0, blocks.PassCount).Sum(p => blocks[p].Pairs) / PairsInMemory);
        var pairs = CandidatePairs.Compare(blocks, comparer, Cores, every, null, 0, Report("comparing"));
        clock.End("comparing");
        weights ??= Estimator.Estimate(model, columns, comparer, blocks, pairs, 1.0 / every, Cores);
        weights.Passes = chosen;
        clock.End("estimating");
        var scorer = new Scorer(weights, comparer, columns.Pool);
        var kept = Score(pairs, every, blocks, comparer, scorer);
        clock.End("scoring");

        var rule = new ClusterRule((float)Weights.BitsOf(model.Thresholds.Link), (float)model.Thresholds.UnseenBits, (float)model.Sources.SameSourceBits);
        var once = several && model.Sources.OnePerSource;
        var edges = kept.Select(p => new Edge(p.A, p.B, p.Bits));
        var roots = Agglomeration.Cluster(nodes.Count, edges, Apart(settled, nodes), rule, once ? n => sources[n] : null);
        var looks = new List<ScoredPair>();
        AddPairs(looks, kept, nodes, columns);
        clock.End("clustering");
        var last = nodes;
        if (once && !model.Sources.LinkOnly)
        {
            last = NodeSet.From(OfRecords(roots, nodes));
            var residue = Residue.Join(model, columns, keys, comparer.Over(last), weights, rule, Apart(settled, last), Cores);
            roots = residue.Roots;
            AddPairs(looks, residue.Pairs, last, columns);
        }

        clock.End("second look");
        var compared = pairs.Sum(p => (long)p.Length) * every;
        return new LinkResult(ToCallersOrder(roots, last, columns), looks, model.Thresholds, weights, compared, new Explainer(columns, comparer, scorer, weights))
        {
            Stages = clock.Stages,
            Passes = ReportPasses(blocks, pairs, kept, every),
            BlockRecallOf = truth => BlockRecall.Of(truth, columns, nodes, blocks),
        };
    }

    private static List<PassReport> ReportPasses(Blocks blocks, List<ComparedPair[]> pairs, List<ComparedPair> kept, int every)
    {
        var fresh = new long[blocks.PassCount];
        var matches = new double[blocks.PassCount];
        foreach (var chunk in pairs)
            foreach (ref readonly var pair in chunk.AsSpan()) fresh[BitOperations.TrailingZeroCount(pair.Passes)] += every;
        foreach (var pair in kept) matches[BitOperations.TrailingZeroCount(pair.Passes)] += Weights.Probability(pair.Bits);
        return [.. Enumerable.Range(0, blocks.PassCount).Select(p => new PassReport(blocks[p].Key, blocks[p].Pairs, fresh[p], matches[p], blocks[p].SkippedRecords))];
    }

    internal static UInt128[] SourcesOf(NodeSet nodes, Columns columns)
    {
        var sources = new UInt128[nodes.Count];
        for (var r = 0; r < columns.Count; r++) sources[nodes.NodeOf[r]] |= UInt128.One << Math.Min(127, (int)columns.Source[r]);
        return sources;
    }

    /// <summary>Decisions with the records' numbers in canonical order.</summary>
    private static List<Decision> Here(IReadOnlyCollection<Decision> decisions, Columns columns)
    {
        if (decisions.Count == 0) return [];
        var here = new int[columns.Count];
        for (var r = 0; r < here.Length; r++) here[columns.Order[r]] = r;
        return [.. decisions.Select(d => new Decision(here[d.A], here[d.B], d.Same))];
    }

    private static List<(int A, int B)> Apart(List<Decision> decisions, NodeSet nodes) =>
        [.. decisions.Where(d => !d.Same).Select(d => (nodes.NodeOf[d.A], nodes.NodeOf[d.B]))];

    private List<ComparedPair> Score(List<ComparedPair[]> pairs, int every, Blocks blocks, Comparer comparer, Scorer scorer)
    {
        var keep = (float)Weights.BitsOf(KeepFrom);
        using var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        // Too many pairs to hold: what was compared so far was a sample, and all are compared again with the weights at hand.
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

    private void AddPairs(List<ScoredPair> to, IEnumerable<ComparedPair> pairs, NodeSet nodes, Columns columns)
    {
        var review = (float)Weights.BitsOf(model.Thresholds.Review);
        foreach (var pair in pairs)
            if (pair.Bits >= review)
                to.Add(new ScoredPair(columns.Order[nodes.Records[nodes.Start[pair.A]]], columns.Order[nodes.Records[nodes.Start[pair.B]]], pair.Bits));
    }

    private static int[] OfRecords(int[] roots, NodeSet nodes)
    {
        var own = new int[nodes.NodeOf.Length];
        for (var r = 0; r < own.Length; r++) own[r] = roots[nodes.NodeOf[r]];
        return own;
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
