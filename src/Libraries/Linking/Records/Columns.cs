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
                made[key] = id = derivation.As == "unless_like" ? UnlessLike(derivation.Table!, from[0][r], from[1][r]) : Pool.Intern(Transforms.Apply(derivation, Texts(from, r)));
            }

            to[r] = id;
        }

        return to;
    }

    /// <summary>By the profiles that the comparison of names needs anyway: a district has as many pairs of a name and a head as people.</summary>
    private int UnlessLike(VariantTable table, int value, int other)
    {
        if (value == 0 || value == other) return 0;
        if (other == 0) return value;
        var profiles = Pool.Kept(table, table.Profile);
        return table.Like(profiles.Of(value), profiles.Of(other)) ? 0 : value;
    }

    private string[] Texts(int[][] columns, int record)
    {
        var texts = new string[columns.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = Pool[columns[i][record]];
        return texts;
    }
}
