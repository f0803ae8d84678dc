using System.Globalization;
using System.Text;

namespace Legwork.Linking;

/// <summary>
/// The estimated parameters of a model: for each answer of each comparison m (its probability among matches) and u (among
/// non-matches), the prior, the frequency of terms, and what could not be identified. A weight is log2(m/u), in bits.
/// </summary>
public sealed class Weights
{
    internal Weights(IReadOnlyList<Comparison> comparisons)
    {
        Comparisons = comparisons;
        M = [.. comparisons.Select(c => new double[c.Answers])];
        U = [.. comparisons.Select(c => new double[c.Answers])];
        Terms = [.. comparisons.Select(c => new TermFrequencies?[c.Answers])];
    }

    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>m by comparison and answer (0 is silence and has none).</summary>
    public IReadOnlyList<double[]> M { get; }

    /// <summary>u by comparison and answer.</summary>
    public IReadOnlyList<double[]> U { get; }

    /// <summary>Probability that two records drawn at random are one.</summary>
    public double Prior { get; internal set; } = 1e-4;

    /// <summary>Which parameters rest on too little, in words.</summary>
    public IReadOnlyList<string> Warnings { get; internal set; } = [];

    /// <summary>The blocking passes that were chosen, as indices into the model's keys, in order.</summary>
    public IReadOnlyList<int> Passes { get; internal set; } = [];

    internal TermFrequencies?[][] Terms { get; }

    public double PriorBits => Math.Log2(Prior / (1 - Prior));

    /// <summary>log2(m/u) of one answer; silence weighs nothing.</summary>
    public double Bits(int comparison, int answer) =>
        answer == 0 ? 0 : Math.Log2(M[comparison][answer] / U[comparison][answer]);

    /// <summary>The posterior probability that stands for a total of bits, prior included.</summary>
    public static double Probability(double bits) => 1 / (1 + Math.Pow(2, -bits));

    /// <summary>The other way round.</summary>
    public static double BitsOf(double probability) => Math.Log2(probability / (1 - probability));

    /// <summary>A table of all parameters for people to read.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"prior {Prior:g4} ({PriorBits:f2} bits)\n");
        for (var c = 0; c < Comparisons.Count; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Comparisons[c].Name}\n");
            for (var a = 1; a < Comparisons[c].Answers; a++)
            {
                var words = a == Comparisons[c].ElseAnswer ? Comparisons[c].Else : Comparisons[c].Levels[a - 1].Words;
                text.Append(CultureInfo.InvariantCulture, $"  {Bits(c, a),7:f2}  m {M[c][a]:0.00000}  u {U[c][a]:0.0000000}  {words}\n");
            }
        }

        foreach (var warning in Warnings) text.Append(CultureInfo.InvariantCulture, $"warning: {warning}\n");
        return text.ToString();
    }
}

/// <summary>How often each value of a level's columns stands in the table, against the frequency that agreement on it has on average.</summary>
internal sealed class TermFrequencies
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly int[] slots;
    private long total;

    public TermFrequencies(IReadOnlyList<string> columns, Comparison comparison) =>
        slots = [.. columns.Select(c => comparison.Columns.ToList().IndexOf(c))];

    /// <summary>Σ f²: how often two records drawn at random agree.</summary>
    public double Agreement { get; private set; }

    /// <summary>How often each value was met, by its text; several columns are joined by U+001F.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>The same from stored counts.</summary>
    public static TermFrequencies From(Level level, Comparison comparison, IEnumerable<KeyValuePair<string, int>> stored)
    {
        var terms = new TermFrequencies(level.Test.Columns, comparison);
        foreach (var (key, count) in stored) terms.Add(key, count);
        terms.Settle();
        return terms;
    }

    public static TermFrequencies Count(Level level, Comparison comparison, TupleStore store, ReadOnlySpan<int> tuples, StringPool pool)
    {
        var terms = new TermFrequencies(level.Test.Columns, comparison);
        var perTuple = new int[store.Count];
        foreach (var tuple in tuples) perTuple[tuple]++;
        if (terms.slots.Length == 1)
        {
            var perValue = new int[pool.Count];
            for (var t = 0; t < perTuple.Length; t++) perValue[store.ValuesOf(t)[terms.slots[0]]] += perTuple[t];
            for (var v = 1; v < perValue.Length; v++)
                if (perValue[v] > 0) terms.Add(pool[v], perValue[v]);
        }
        else
        {
            for (var t = 0; t < perTuple.Length; t++)
                if (perTuple[t] > 0 && terms.KeyOf(store.ValuesOf(t), pool) is { } key) terms.Add(key, perTuple[t]);
        }

        terms.Settle();
        return terms;
    }

    private void Add(string key, int count)
    {
        counts[key] = counts.GetValueOrDefault(key) + count;
        total += count;
    }

    private void Settle()
    {
        double n = Math.Max(2, total), sum = 0;
        foreach (var count in counts.Values.Order()) sum += count / n * ((count - 1) / (n - 1));
        Agreement = Math.Max(sum, 1 / (n * n));
    }

    /// <summary>Bits to add for each tuple when it agrees at this level: rare values gain, common ones lose.</summary>
    public float[] Adjustments(TupleStore store, StringPool pool)
    {
        var bits = new float[store.Count];
        if (slots.Length > 1)
        {
            for (var t = 0; t < bits.Length; t++) bits[t] = Bits(store.ValuesOf(t), pool);
            return bits;
        }

        var ofValue = new float[pool.Count];
        Array.Fill(ofValue, float.NaN);
        ofValue[0] = 0;
        for (var t = 0; t < bits.Length; t++)
        {
            var value = store.ValuesOf(t)[slots[0]];
            if (float.IsNaN(ofValue[value])) ofValue[value] = Bits(pool[value]);
            bits[t] = ofValue[value];
        }

        return bits;
    }

    /// <summary>The same for one tuple.</summary>
    public float Bits(ReadOnlySpan<int> values, StringPool pool) => KeyOf(values, pool) is { } key ? Bits(key) : 0;

    /// <summary>A value met once or never counts as met twice: agreement on it needs two records that carry it.</summary>
    private float Bits(string key)
    {
        var count = Math.Max(2, counts.GetValueOrDefault(key));
        return (float)Math.Log2(Agreement / (count / (double)Math.Max(2, total)));
    }

    private string? KeyOf(ReadOnlySpan<int> values, StringPool pool)
    {
        if (slots.Length == 1) return values[slots[0]] == 0 ? null : pool[values[slots[0]]];
        var parts = new string[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (values[slots[i]] == 0) return null;
            parts[i] = pool[values[slots[i]]];
        }

        return string.Join('\u001f', parts);
    }
}
