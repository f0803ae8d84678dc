namespace Legwork.Linking.Tests;

/// <summary>Invented records with known truth, the same for the same seed.</summary>
internal static class Invented
{
    public const string Model = """
        name: invented
        id: id
        derive:
          start: {of: name, as: slice, length: 3}
        comparisons:
          name:
            - {is: equal, of: name, tf: true}
            - {is: edit, of: name, at_most: 1}
            - {is: jaro_winkler, of: name, at_least: 0.85}
          born:
            - {is: equal, of: born, tf: true}
            - {is: edit, of: born, at_most: 1}
          town:
            - {is: equal, of: town, tf: true}
          phone:
            - {is: equal, of: phone, tf: true}
        blocking:
          keys: [[born], [phone], [start, town], [name]]
        thresholds: {link: 0.6, review: 0.05}
        """;

    private static readonly string[] Syllables = ["ka", "ro", "mi", "ten", "dal", "shu", "be", "lor", "vin", "esk", "pa", "uma"];

    public sealed record Row(int Person, string Name, string Born, string Town, string Phone);

    public static List<Row> Rows(int people, ulong seed = 7)
    {
        var dice = seed;
        int Below(int n) => (int)((dice = StringPool.Mix(dice + 0x9E3779B97F4A7C15UL)) % (ulong)n);
        var rows = new List<Row>();
        for (var p = 0; p < people; p++)
        {
            var name = string.Concat(Enumerable.Range(0, 3).Select(_ => Syllables[Below(Syllables.Length)]));
            var own = new Row(p, name, $"{1940 + Below(70)}-{1 + Below(12):00}-{1 + Below(28):00}", $"town {Below(40)}",
                $"1{Below(900_000_000) + 100_000_000}");
            for (var copies = 1 + Below(3); copies > 0; copies--) rows.Add(Damage(own, Below));
        }

        return rows;
    }

    public static RecordTable Table(IEnumerable<Row> rows)
    {
        var table = new RecordTable(["name", "born", "town", "phone"]);
        var source = table.Source("table");
        var n = 0;
        foreach (var row in rows) table.Add(source, $"r{n++}", row.Name, row.Born, row.Town, row.Phone);
        return table;
    }

    /// <summary>The groups as sets of rows, so that two linkings in different order can be compared.</summary>
    public static HashSet<string> Groups(LinkResult result, IReadOnlyList<int> rowOfRecord) =>
        [.. Enumerable.Range(0, result.Clusters.Length).GroupBy(r => result.Clusters[r])
            .Select(g => string.Join(' ', g.Select(r => rowOfRecord[r]).Order()))];

    private static Row Damage(Row row, Func<int, int> below) => below(10) switch
    {
        0 => row with { Name = row.Name.Remove(below(row.Name.Length), 1) },
        1 => row with { Phone = "" },
        2 => row with { Town = $"town {below(40)}" },
        3 => row with { Born = row.Born[..9] + below(10) },
        _ => row,
    };
}
