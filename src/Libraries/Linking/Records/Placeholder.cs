using System.Globalization;

namespace Legwork.Linking;

/// <summary>
/// A value that stands in a column far more often than any other, such as 1900-01-01 or 00000000: what a form fills in where nothing is known.
/// Two rows that share it share nothing, so it is taken as not known, and named.
/// </summary>
/// <param name="Count">How many rows have it.</param>
/// <param name="Share">Of all rows.</param>
public readonly record struct Placeholder(string Column, string Value, int Count, double Share)
{
    // A small table, a column of few values (sex, street) and a value that is merely popular have none.
    private const int KnownMin = 100;
    private const int OthersMin = 20;
    private const int CountMin = 10;
    private const double ShareMin = 0.001;
    private const int AboveNext = 4;
    private const int AboveUsual = 8;
    private const int MostOfAColumn = 3;

    public override string ToString()
    {
        var share = Share.ToString(Share < 0.01 ? "P1" : "P0", CultureInfo.InvariantCulture);
        return $"{Value} stands in {share} of {Column}, far more often than any other value: taken as not known and given no weight; "
            + "list it under missing if that is what it means";
    }

    /// <param name="values">The column, 0 where nothing is known.</param>
    internal static List<Placeholder> Find(string column, int[] values, StringPool pool)
    {
        var counts = new Dictionary<int, int>();
        foreach (var value in values)
            if (value != 0) counts[value] = counts.GetValueOrDefault(value) + 1;
        var ordered = counts.OrderByDescending(c => c.Value).ThenBy(c => pool[c.Key], StringComparer.Ordinal).ToList();
        var known = ordered.Sum(c => (long)c.Value);
        if (known < KnownMin) return [];
        for (var n = Math.Min(MostOfAColumn, ordered.Count - OthersMin); n > 0; n--)
        {
            var (least, next) = (ordered[n - 1].Value, ordered[n].Value);
            var others = ordered.Skip(n).ToList();
            // How many rows share the value of a row drawn at random from the others.
            var usual = others.Sum(c => (double)c.Value * c.Value) / others.Sum(c => (double)c.Value);
            if (least >= CountMin && least >= ShareMin * known && least >= AboveNext * next && least >= AboveUsual * usual)
                return [.. ordered.Take(n).Select(c => new Placeholder(column, pool[c.Key], c.Value, c.Value / (double)values.Length))];
        }

        return [];
    }
}
