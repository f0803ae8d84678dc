namespace Legwork.Linking;

/// <summary>
/// The columns a model looks at, raw ones folded and derived ones made, over the records in canonical order. Every transform runs
/// once a distinct value.
/// </summary>
internal sealed class Columns
{
    private readonly Dictionary<string, int[]> byName = new(StringComparer.Ordinal);

    public Columns(LinkModel model, RecordTable table)
    {
        foreach (var name in model.Columns)
            if (!table.Has(name))
                throw new TableException(model.Name, 0, $"the model needs the column {name}; the table has {string.Join(", ", table.Columns)}");
        Pool = new StringPool();
        Order = table.CanonicalOrder(model.Columns);
        Count = Order.Length;
        Source = new byte[Count];
        for (var r = 0; r < Count; r++) Source[r] = (byte)table.SourceOf(Order[r]);
        var missing = model.Missing.Select(m => model.FoldCase ? Transforms.FoldCase(m) : m).ToHashSet();
        var folded = new int[table.Pool.Count];
        Array.Fill(folded, -1);
        foreach (var name in model.Columns) byName[name] = Fold(model, table, name, folded, missing);
        foreach (var derivation in model.Derivations) byName[derivation.Column] = Derive(derivation);
    }

    public StringPool Pool { get; }

    public int Count { get; }

    /// <summary>The caller's record number of each record here.</summary>
    public int[] Order { get; }

    public byte[] Source { get; }

    public int[] Get(string name) => byName[name];

    private int[] Fold(LinkModel model, RecordTable table, string name, int[] folded, HashSet<string> missing)
    {
        var from = table.Column(name);
        var to = new int[Count];
        for (var r = 0; r < Count; r++)
        {
            ref var id = ref folded[from[Order[r]]];
            if (id < 0)
            {
                var text = table.Pool[from[Order[r]]];
                if (model.FoldCase) text = Transforms.FoldCase(text);
                id = missing.Contains(text) ? 0 : Pool.Intern(text);
            }

            to[r] = id;
        }

        return to;
    }

    private int[] Derive(Derivation derivation)
    {
        var from = derivation.Of.Select(Get).ToArray();
        var to = new int[Count];
        var texts = new string[from.Length];
        var made = new Dictionary<UInt128, int>();
        var single = from.Length == 1 ? new int[Pool.Count] : [];
        Array.Fill(single, -1);
        for (var r = 0; r < Count; r++)
        {
            if (from.Length == 1)
            {
                var value = from[0][r];
                if (value == 0) continue;
                ref var done = ref single[value];
                if (done < 0) done = Pool.Intern(Transforms.Apply(derivation, [Pool[value]]));
                to[r] = done;
                continue;
            }

            UInt128 key = 0;
            foreach (var column in from) key = (key << 32) | (uint)column[r];
            key = StringPool.Key(key);
            if (!made.TryGetValue(key, out var id))
            {
                for (var i = 0; i < texts.Length; i++) texts[i] = Pool[from[i][r]];
                made[key] = id = Pool.Intern(Transforms.Apply(derivation, texts));
            }

            to[r] = id;
        }

        return to;
    }
}
