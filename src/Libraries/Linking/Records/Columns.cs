namespace Legwork.Linking;

/// <summary>
/// The columns a model looks at, raw ones folded and derived ones made, over the records in canonical order. Every transform runs
/// once a distinct value, on all cores; values are numbered by one hand, so that the numbers are the same on any number of cores.
/// </summary>
internal sealed class Columns
{
    private const int TextsEach = 512;
    private readonly Dictionary<string, int[]> byName = new(StringComparer.Ordinal);
    private readonly ParallelOptions cores;

    public Columns(LinkModel model, RecordTable table, int cores)
    {
        foreach (var name in model.Columns)
            if (!table.Has(name))
                throw new TableException(model.Name, 0, $"the model needs the column {name}; the table has {string.Join(", ", table.Columns)}");
        this.cores = new ParallelOptions { MaxDegreeOfParallelism = cores };
        Pool = new StringPool();
        Order = table.CanonicalOrder(model.Columns, this.cores);
        Count = Order.Length;
        Source = new byte[Count];
        for (var r = 0; r < Count; r++) Source[r] = (byte)table.SourceOf(Order[r]);
        var missing = model.Missing.Select(m => model.FoldCase ? Transforms.FoldCase(m) : m).ToHashSet();
        var folded = new int[table.Pool.Count];
        Array.Fill(folded, -1);
        folded[0] = 0;
        foreach (var name in model.Columns) byName[name] = Fold(model, table, name, folded, missing);
        foreach (var derivation in model.Derivations) byName[derivation.Column] = Derive(derivation);
    }

    public StringPool Pool { get; }

    public int Count { get; }

    /// <summary>Values that were taken as not known, since they are far commoner than the others of their column.</summary>
    public List<Placeholder> Placeholders { get; } = [];

    /// <summary>The caller's record number of each record here.</summary>
    public int[] Order { get; }

    public byte[] Source { get; }

    public int[] Get(string name) => byName[name];

    /// <summary>Lets go of all columns but those that are still shown: the values that matter stand in tuples and keys by now.</summary>
    public void Forget(IEnumerable<string> except)
    {
        var shown = except.ToHashSet();
        foreach (var name in byName.Keys.Where(name => !shown.Contains(name)).ToList()) byName.Remove(name);
    }

    private int[] Fold(LinkModel model, RecordTable table, string name, int[] folded, HashSet<string> missing)
    {
        var from = table.Column(name);
        var values = new int[Count];
        var fresh = new List<int>();
        for (var r = 0; r < Count; r++)
        {
            values[r] = from[Order[r]];
            ref var id = ref folded[values[r]];
            if (id != -1) continue;
            id = -2;
            fresh.Add(values[r]);
        }

        var texts = InParallel(fresh.Count, i => model.FoldCase ? Transforms.FoldCase(table.Pool[fresh[i]]) : table.Pool[fresh[i]]);
        for (var i = 0; i < texts.Length; i++) folded[fresh[i]] = missing.Contains(texts[i]) ? 0 : Pool.Intern(texts[i]);
        for (var r = 0; r < values.Length; r++) values[r] = folded[values[r]];
        var found = Placeholder.Find(name, values, Pool);
        if (found.Count == 0) return values;
        Placeholders.AddRange(found);
        var nothing = found.Select(placeholder => Pool.Intern(placeholder.Value)).ToHashSet();
        for (var r = 0; r < values.Length; r++)
            if (nothing.Contains(values[r])) values[r] = 0;
        return values;
    }

    private int[] Derive(Derivation derivation)
    {
        var from = derivation.Of.Select(Get).ToArray();
        var numbers = Distinct(from, out var first);
        // By the profiles that the comparison of names needs anyway: a district has as many pairs of a name and a head as people.
        var profiles = derivation.As == "unless_like" ? Pool.Kept(derivation.Table!, derivation.Table!.Profile) : null;
        var texts = InParallel(first.Count, i => profiles is null ? Transforms.Apply(derivation, Texts(from, first[i]))
            : derivation.Table!.Like(profiles.Of(from[0][first[i]]), profiles.Of(from[1][first[i]])) ? "" : Pool[from[0][first[i]]]);
        var ids = new int[texts.Length];
        for (var i = 0; i < ids.Length; i++) ids[i] = Pool.Intern(texts[i]);
        for (var r = 0; r < numbers.Length; r++) numbers[r] = numbers[r] == 0 ? 0 : ids[numbers[r] - 1];
        return numbers;
    }

    /// <summary>Numbers what stands in the columns together, from 1 by first record; 0 where all are missing.</summary>
    private int[] Distinct(int[][] columns, out List<int> first)
    {
        first = [];
        var numbers = new int[Count];
        var seen = columns.Length == 1 ? new int[Pool.Count] : [];
        var tables = columns.Skip(1).Select(_ => new PairNumbers(Count)).ToArray();
        for (var r = 0; r < numbers.Length; r++)
        {
            var number = columns[0][r];
            var known = number != 0;
            for (var c = 1; c < columns.Length; c++)
            {
                known |= columns[c][r] != 0;
                number = tables[c - 1].Of(number, columns[c][r]);
            }

            if (!known) continue;
            if (columns.Length > 1 && number >= seen.Length) Array.Resize(ref seen, Math.Max(number + 1, seen.Length * 2));
            ref var own = ref seen[number];
            if (own == 0)
            {
                first.Add(r);
                own = first.Count;
            }

            numbers[r] = own;
        }

        return numbers;
    }

    private string[] InParallel(int count, Func<int, string> make)
    {
        var texts = new string[count];
        Parallel.For(0, (count + TextsEach - 1) / TextsEach, cores, part =>
        {
            var to = Math.Min(count, (part + 1) * TextsEach);
            for (var i = part * TextsEach; i < to; i++) texts[i] = make(i);
        });
        return texts;
    }

    private string[] Texts(int[][] columns, int record)
    {
        var texts = new string[columns.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = Pool[columns[i][record]];
        return texts;
    }
}
