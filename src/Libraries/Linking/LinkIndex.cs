namespace Legwork.Linking;

/// <summary>A cluster that a record may belong to.</summary>
/// <param name="Cluster">The cluster's number, as in <see cref="LinkIndex.ClusterOf"/>.</param>
/// <param name="Record">Its record that shares a key with the one looked for.</param>
/// <param name="Bits">Total bits against the whole cluster, prior included.</param>
public readonly record struct Candidate(int Cluster, int Record, float Bits)
{
    public double Probability => Weights.Probability(Bits);
}

/// <summary>
/// A linked table kept in memory, so that one record finds its cluster in milliseconds: keys point to records, the weights are those of
/// the run. A day's changes are best linked again as a whole with the same weights (<see cref="Linker.Link"/>), which gives what a fresh
/// run gives; <see cref="StableIds"/> then carries the ids over.
/// </summary>
/// <remarks>Safe for many readers and one writer at a time: every call takes the index's own lock for a millisecond or less.</remarks>
public sealed class LinkIndex
{
    private readonly Lock gate = new();
    private readonly LinkModel model;
    private readonly Weights weights;
    private readonly RecordTable table;
    private readonly StringPool pool = new();
    private readonly HashSet<string> missing;
    private readonly HashSet<(string Column, string Value)> placeholders;
    private readonly TupleStore[] stores;
    private readonly float[][] bits;
    private readonly List<int[]> tuples = [];
    private readonly List<int> clusterOf = [];
    private readonly Dictionary<int, List<int>> members = [];
    private readonly Dictionary<ulong, List<int>>[] postings;

    /// <param name="model">The model that <paramref name="result"/> was linked by.</param>
    /// <param name="table">The linked table; records added here are added to it.</param>
    /// <param name="result">Its linking, whose weights are used from now on.</param>
    public LinkIndex(LinkModel model, RecordTable table, LinkResult result)
    {
        this.model = model;
        this.table = table;
        weights = result.Weights;
        missing = model.Missing.Select(m => model.FoldCase ? Transforms.FoldCase(m) : m).ToHashSet();
        placeholders = [.. result.Placeholders.Select(p => (p.Column, p.Value))];
        stores = [.. model.Comparisons.Select(c => new TupleStore(c, pool))];
        bits = [.. model.Comparisons.Select((c, i) => Enumerable.Range(0, c.Answers).Select(a => (float)weights.Bits(i, a)).ToArray())];
        postings = [.. weights.Passes.Select(_ => new Dictionary<ulong, List<int>>())];
        var source = model.Columns.Select(table.Column).ToArray();
        var values = new string[source.Length];
        for (var r = 0; r < table.Count; r++)
        {
            for (var c = 0; c < source.Length; c++) values[c] = table.Pool[source[c][r]];
            Insert(r, Read(values), result.Clusters[r]);
        }
    }

    /// <summary>The cluster that a record stands in: the number of its first record.</summary>
    public int ClusterOf(int record)
    {
        lock (gate) return clusterOf[record];
    }

    /// <summary>The clusters that a record may belong to, the likeliest first; nothing is changed.</summary>
    /// <param name="source">The number of its source in the table.</param>
    /// <param name="values">Values in the order of <see cref="LinkModel.Columns"/>; null or empty where not known.</param>
    public IReadOnlyList<Candidate> Find(int source, params ReadOnlySpan<string?> values)
    {
        lock (gate) return Candidates(source, Read(values));
    }

    /// <summary>Adds a record: it joins the likeliest cluster when that reaches the model's link threshold, or starts its own.</summary>
    /// <returns>The record's number in the table.</returns>
    public int Add(int source, string id, params ReadOnlySpan<string?> values)
    {
        lock (gate)
        {
            var read = Read(values);
            var found = Candidates(source, read);
            var cells = new string?[table.Columns.Count];
            for (var c = 0; c < model.Columns.Count && c < values.Length; c++) cells[table.IndexOf(model.Columns[c])] = values[c];
            var record = table.Add(source, id, cells);
            Insert(record, read, found.Count > 0 && found[0].Probability >= model.Thresholds.Link ? found[0].Cluster : record);
            return record;
        }
    }

    private List<Candidate> Candidates(int source, Dictionary<string, int> read)
    {
        var own = TuplesOf(read);
        var seen = new Dictionary<int, int>();
        for (var p = 0; p < postings.Length; p++)
        {
            if (KeyOf(p, read) is not { } key || !postings[p].TryGetValue(key, out var records) || records.Count > model.Blocking.BlockMax) continue;
            foreach (var record in records) seen.TryAdd(clusterOf[record], record);
        }

        var found = new List<Candidate>(seen.Count);
        foreach (var (cluster, record) in seen) found.Add(new Candidate(cluster, record, Weigh(own, members[cluster], source)));
        found.Sort((x, y) => x.Bits != y.Bits ? y.Bits.CompareTo(x.Bits) : x.Cluster.CompareTo(y.Cluster));
        return found;
    }

    private float Weigh(int[] own, List<int> records, int source)
    {
        var sum = (float)weights.PriorBits;
        for (var c = 0; c < stores.Length; c++)
        {
            var (best, rarest) = (16, 0f);
            foreach (var record in records)
            {
                var answer = stores[c].Answer(own[c], tuples[record][c]);
                if (answer == 0 || answer > best) continue;
                var term = weights.Terms[c][answer]?.Bits(stores[c].ValuesOf(tuples[record][c]), pool) ?? 0;
                (best, rarest) = answer < best ? (answer, term) : (best, Math.Max(rarest, term));
            }

            if (best < 16) sum += bits[c][best] + rarest;
        }

        var once = model.Sources.OnePerSource && table.Sources.Count > 1;
        return once && records.Exists(r => table.SourceOf(r) == source) ? sum - (float)model.Sources.SameSourceBits : sum;
    }

    private void Insert(int record, Dictionary<string, int> read, int cluster)
    {
        tuples.Add(TuplesOf(read));
        clusterOf.Add(cluster);
        if (!members.TryGetValue(cluster, out var own)) members[cluster] = own = [];
        own.Add(record);
        for (var p = 0; p < postings.Length; p++)
        {
            if (KeyOf(p, read) is not { } key) continue;
            if (!postings[p].TryGetValue(key, out var records)) postings[p][key] = records = [];
            records.Add(record);
        }
    }

    /// <summary>The record's columns, raw ones folded and derived ones made, as ids.</summary>
    private Dictionary<string, int> Read(ReadOnlySpan<string?> values)
    {
        var read = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < model.Columns.Count; c++)
        {
            var text = c < values.Length ? values[c]?.Trim() ?? "" : "";
            if (model.FoldCase) text = Transforms.FoldCase(text);
            read[model.Columns[c]] = missing.Contains(text) || placeholders.Contains((model.Columns[c], text)) ? 0 : pool.Intern(text);
        }

        foreach (var derivation in model.Derivations)
        {
            var texts = derivation.Of.Select(o => pool[read[o]]).ToArray();
            read[derivation.Column] = texts.All(t => t.Length == 0) ? 0 : pool.Intern(Transforms.Apply(derivation, texts));
        }

        return read;
    }

    private int[] TuplesOf(Dictionary<string, int> read)
    {
        var own = new int[stores.Length];
        Span<int> cells = stackalloc int[16];
        for (var c = 0; c < stores.Length; c++)
        {
            var columns = stores[c].Comparison.Columns;
            for (var i = 0; i < columns.Count; i++) cells[i] = read[columns[i]];
            own[c] = stores[c].Intern(cells[..columns.Count]);
        }

        return own;
    }

    private ulong? KeyOf(int pass, Dictionary<string, int> read)
    {
        ulong key = 0;
        foreach (var column in model.Blocking.Keys[weights.Passes[pass]])
        {
            if (read[column] == 0) return null;
            key = StringPool.Mix(key * 31 + (uint)read[column] + 1);
        }

        return key;
    }
}
