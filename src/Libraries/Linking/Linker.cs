using System.Numerics;
using System.Runtime.InteropServices;

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
    private const long PairsToLearnFrom = 4_000_000;
    private const int BytesAPair = 24;
    private const double KeepFrom = 0.001;
    private readonly LinkModel model;

    public Linker(LinkModel model) => this.model = model;

    /// <summary>Cores to use, all by default.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Megabytes that pairs may take in memory, beside the table itself; a quarter of the machine's memory by default. What does not fit is
    /// compared in passes and spilled to a temporary file; the answer is the same.
    /// </summary>
    public int MemoryMegabytes { get; init; } = (int)Math.Min(1 << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (4 << 20));

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
        var (nodes, told) = SureMatches.Join(model, columns, singles, settled);
        told.AddRange(settled.Where(d => !d.Same).Select(d => (d.A, d.B)));
        var comparer = singles.Over(nodes);
        clock.End("sure matches");
        var sources = SourcesOf(nodes, columns);
        var several = table.Sources.Count > 1;
        var keys = new BlockingKeys(model.Blocking.Keys, columns, Cores);
        var all = new Blocks(keys, nodes, model.Blocking.BlockMax, several && model.Sources.LinkOnly ? sources : null, Cores);
        var chosen = weights?.Passes ?? BlockingChoice.Choose(model, columns, comparer, all, Cores);
        var blocks = chosen.Count == all.PassCount ? all : all.Only(chosen);

        clock.End("blocking");
        columns.Forget(model.Comparisons.SelectMany(c => c.Main));
        var (every, pairsMax, held, counts) = Compare(blocks, comparer);
        clock.End(held is null ? "counting" : "comparing");
        weights ??= Estimator.Estimate(model, columns, comparer, blocks, counts, 1.0 / every, Cores);
        weights.Passes = chosen;
        clock.End("estimating");
        var scorer = new Scorer(weights, comparer, columns.Pool);
        using var kept = new KeptPairs(pairsMax);
        Score(held, blocks, comparer, scorer, kept);
        clock.End(held is null ? "comparing" : "scoring");

        var rule = new ClusterRule((float)Weights.BitsOf(model.Thresholds.Link),
            (float)model.Thresholds.UnseenBits, (float)model.Sources.SameSourceBits)
        { Excused = ExcusedBy(model), Apart = ApartBy(model, sources) };
        var once = several && model.Sources.OnePerSource;
        var roots = ClusterParts.Cluster(nodes.Count, kept, Apart(told, nodes), rule, once ? n => sources[n] : null, pairsMax);
        var looks = new List<ScoredPair>();
        AddPairs(looks, kept.All(), nodes, columns);
        clock.End("clustering");
        var last = nodes;
        if (once && !model.Sources.LinkOnly)
        {
            last = NodeSet.From(OfRecords(roots, nodes));
            var residue = Residue.Join(model, columns, keys, comparer.Over(last), weights, rule, Apart(told, last), Cores);
            roots = residue.Roots;
            AddPairs(looks, residue.Pairs, last, columns);
        }

        clock.End("second look");
        var compared = (long)counts.Values.Sum() * every;
        return new LinkResult(ToCallersOrder(roots, last, columns), looks, model.Thresholds, weights, compared,
            new Explainer(columns, comparer, scorer, weights))
        {
            Stages = clock.Stages,
            Passes = ReportPasses(blocks, counts, kept, every),
            Placeholders = columns.Placeholders,
            BlockRecallOf = truth => BlockRecall.Of(truth, columns, nodes, blocks),
        };
    }

    /// <summary>
    /// Half of the memory is for the pairs compared, half for those kept. What cannot be held is counted, and compared again when the
    /// weights are known; past <see cref="PairsToLearnFrom"/> a sample is counted.
    /// </summary>
    private (int Every, long PairsMax, List<ComparedPair[]>? Held, Dictionary<(ulong Pattern, uint Passes),
        double> Counts) Compare(Blocks blocks, Comparer comparer)
    {
        var total = Enumerable.Range(0, blocks.PassCount).Sum(p => blocks[p].Pairs);
        var every = (int)Math.Max(1, total / PairsToLearnFrom);
        var pairsMax = (long)MemoryMegabytes * ((1 << 20) / BytesAPair) / 2;
        if (every > 1 || total > pairsMax) return (every, pairsMax, null, CandidatePairs.Count(blocks, comparer, Cores, every, Report("counting")));
        var held = CandidatePairs.Compare(blocks, comparer, Cores, 1, Report("comparing"));
        return (every, pairsMax, held, CandidatePairs.Count(held));
    }

    private static List<PassReport> ReportPasses(Blocks blocks, Dictionary<(ulong Pattern, uint Passes), double> counts, KeptPairs kept, int every)
    {
        var fresh = new long[blocks.PassCount];
        var matches = new double[blocks.PassCount];
        foreach (var ((_, passes), count) in counts) fresh[BitOperations.TrailingZeroCount(passes)] += (long)count * every;
        foreach (var pair in kept.All()) matches[BitOperations.TrailingZeroCount(pair.Passes)] += Weights.Probability(pair.Bits);
        return [.. Enumerable.Range(0, blocks.PassCount)
            .Select(p => new PassReport(blocks[p].Key, blocks[p].Pairs, fresh[p], matches[p], blocks[p].SkippedRecords))];
    }

    /// <summary>Whether a pair of one source pays nothing for it; null when every pair pays.</summary>
    private static Func<ulong, bool>? ExcusedBy(LinkModel model)
    {
        var (rule, comparisons) = (model.Sources, model.Comparisons);
        if (rule.Excused.Count == 0) return null;
        return pattern =>
        {
            foreach (var agreement in rule.Excused)
                if (!agreement.Holds(comparisons, Comparer.Answer(pattern, agreement.Comparison))) return false;
            foreach (var c in rule.ExcusedUnlessDiffers)
                if (Comparer.Answer(pattern, c) is > 0 and var answer && !new Agreement(c, false).Holds(comparisons, answer)) return false;
            return true;
        };
    }

    /// <summary>Whether a pair of one source is two things whatever else it shares; null when the model has no such rule.</summary>
    private static Func<int, int, ulong, bool>? ApartBy(LinkModel model, UInt128[] sources)
    {
        var (rule, comparisons) = (model.Sources, model.Comparisons);
        if (rule.ApartDiffering.Count == 0) return null;
        return (a, b, pattern) =>
        {
            if ((sources[a] & sources[b]) == 0) return false;
            foreach (var agreement in rule.Apart)
                if (!agreement.Holds(comparisons, Comparer.Answer(pattern, agreement.Comparison))) return false;
            foreach (var telling in rule.ApartDiffering)
                if (Comparer.Answer(pattern, telling.Comparison) is > 0 and var answer) return telling.IsDenied(comparisons, answer);
            return false;
        };
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

    private static List<(int A, int B)> Apart(List<(int A, int B)> records, NodeSet nodes) =>
        [.. records.Select(pair => (nodes.NodeOf[pair.A], nodes.NodeOf[pair.B]))];

    private void Score(List<ComparedPair[]>? held, Blocks blocks, Comparer comparer, Scorer scorer, KeptPairs kept)
    {
        var keep = (float)Weights.BitsOf(KeepFrom);
        using var caches = new ThreadLocal<AnswerCache>(comparer.NewCache);
        if (held is null)
        {
            CandidatePairs.Weigh(blocks, comparer, Cores, p => scorer.Bits(p, caches.Value!), keep, kept, Report("comparing"));
            return;
        }

        var worth = new List<ComparedPair>[held.Count];
        Parallel.For(0, held.Count, new ParallelOptions { MaxDegreeOfParallelism = Cores }, i =>
        {
            var own = worth[i] = [];
            foreach (var pair in held[i])
            {
                var bits = scorer.Bits(pair, caches.Value!);
                if (bits >= keep) own.Add(pair with { Bits = bits });
            }
        });
        foreach (var own in worth) kept.Add(CollectionsMarshal.AsSpan(own));
    }

    private Action<double>? Report(string stage) => Progress is null ? null : share => Progress(stage, share);

    private void AddPairs(List<ScoredPair> to, IEnumerable<ComparedPair> pairs, NodeSet nodes, Columns columns)
    {
        var review = (float)Weights.BitsOf(model.Thresholds.Review);
        foreach (var pair in pairs)
            if (pair.Bits >= review)
                to.Add(new ScoredPair(columns.Order[nodes.Records[nodes.Start[pair.A]]],
                    columns.Order[nodes.Records[nodes.Start[pair.B]]], pair.Bits));
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
