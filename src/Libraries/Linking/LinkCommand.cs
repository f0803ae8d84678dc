using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Legwork.Linking;

/// <summary>
/// The command line of the linker: <c>A.csv [B.csv] --model M.yaml --out LINKS.csv [--pairs P.csv] [--truth T.csv] [--report R.html]
/// [--decisions D.csv] [--cores N] [--memory MB] [--json]</c>. Exit 0 when done, 2 when something was refused; then nothing has been written.
/// </summary>
public static class LinkCommand
{
    public const string Usage = """
        link A.csv [B.csv …] --model MODEL.yaml --out LINKS.csv
          --pairs P.csv       the weighed pairs with each comparison's bits
          --truth T.csv       record_id,cluster: prints precision, recall and F1
          --weights W.json    the weights that were learned
          --report R.html     weights, waterfalls and, with --truth, the threshold curve, in one file
          --decisions D.csv   record_id_a,record_id_b,same (yes or no): binding
          --cores N           cores to use
          --memory MB         memory for pairs; what does not fit is compared in passes and spilled (a quarter of the machine's)
          --json              figures as JSON
        """;

    /// <summary>Runs the command; text goes to the writers so that a host or a test can catch it.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter? output = null, TextWriter? errors = null)
    {
        output ??= Console.Out;
        errors ??= Console.Error;
        try
        {
            if (LinkArguments.Parse(args) is not { } given)
            {
                errors.WriteLine(Usage);
                return 2;
            }

            return Run(given, output, errors);
        }
        catch (Exception e) when (e is ModelException or TableException or ArgumentException or IOException or PlatformNotSupportedException)
        {
            errors.WriteLine($"refused: {e.Message}");
            return 2;
        }
    }

    private static int Run(LinkArguments given, TextWriter output, TextWriter errors)
    {
        var model = LinkModel.Load(given.Model);
        var table = ReadTables(given.Tables, model);
        var truth = given.Truth is null ? null : TruthFile.Read(given.Truth, table);
        var decisions = given.Decisions is null ? [] : DecisionFile.Read(given.Decisions, table);
        using var progress = new ProgressLine(errors);
        var linker = new Linker(model) { Cores = given.Cores, Progress = progress.Report };
        if (given.Memory is { } memory) linker = new Linker(model) { Cores = given.Cores, Progress = progress.Report, MemoryMegabytes = memory };
        var result = linker.Link(table, decisions);
        progress.Clear();
        var warnings = Warnings(result, table, decisions);
        foreach (var warning in warnings) errors.WriteLine($"warning: {warning}");
        WriteLinks(given.Out, table, result);
        if (given.Pairs is not null) PairsFile.Write(given.Pairs, table, model, result);
        var accuracy = truth is null ? (Accuracy?)null : Accuracy.Of(result.Clusters, truth);
        var blockRecall = truth is null ? 1 : result.BlockRecall(truth);
        if (given.Weights is not null)
            using (var kept = File.Create(given.Weights)) WeightsFile.Write(result.Weights, kept);
        if (given.Report is not null) File.WriteAllText(given.Report, LinkReport.Html(model, table, result, truth));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        if (given.Json) WriteJson(output, table, model, result, warnings, accuracy, blockRecall, cpu);
        else WriteText(output, table, model, result, accuracy, blockRecall, cpu);
        return 0;
    }

    private static RecordTable ReadTables(IReadOnlyList<string> files, LinkModel model)
    {
        var headers = files.Select(CsvTable.Header).ToList();
        for (var f = 0; f < files.Count; f++)
            if (model.Columns.FirstOrDefault(c => !headers[f].Contains(c)) is { } absent)
                throw new TableException(files[f], 1,
                    $"the model {model.Name} needs the column {absent}; the header has {string.Join(", ", headers[f])}");
        var table = new RecordTable(model.Columns);
        for (var f = 0; f < files.Count; f++) CsvTable.Load(files[f], model.IdColumn, files.Count == 1 ? "table" : $"table {f + 1}", table);
        if (files.Count > 1) RefuseSharedIds(files, table);
        return table;
    }

    /// <summary>Links, pairs, truth and decisions name a row by its id alone: two rows of one id would be joined by whoever reads them.</summary>
    private static void RefuseSharedIds(IReadOnlyList<string> files, RecordTable table)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var r = 0; r < table.Count; r++)
            if (!first.TryAdd(table.IdOf(r), r))
                throw new TableException(files[table.SourceOf(r)], 0,
                    $"the id {table.IdOf(r)} stands in {files[table.SourceOf(first[table.IdOf(r)])]} "
                    + "too; a row is named by its id alone, so give each table ids of its own (a1 and b1, say)");
    }

    /// <summary>What the run settled by itself, or could not settle, so that somebody looks.</summary>
    private static List<string> Warnings(LinkResult result, RecordTable table, IReadOnlyList<Decision> decisions) =>
    [
        .. result.Placeholders.Select(placeholder => placeholder.ToString()),
        .. result.Weights.Warnings,
        .. decisions.Where(d => !d.Same && result.Clusters[d.A] == result.Clusters[d.B])
            .Select(d => $"{table.IdOf(d.A)} and {table.IdOf(d.B)} were decided to differ, and other decisions make them one: they stand together"),
    ];

    private static void WriteLinks(string path, RecordTable table, LinkResult result)
    {
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine("record_id,cluster_id");
        for (var r = 0; r < table.Count; r++)
        {
            writer.Write(CsvText.Quote(table.IdOf(r)));
            writer.Write(',');
            writer.WriteLine(CsvText.Quote(table.IdOf(result.Clusters[r])));
        }
    }

    private static void WriteText(TextWriter output, RecordTable table, LinkModel model, LinkResult result,
        Accuracy? accuracy, double blockRecall, double cpu)
    {
        output.WriteLine(
            FormattableString.Invariant($"{table.Count} records, {result.ComparedPairs} pairs compared, {result.ClusterCount} clusters, ")
                + FormattableString.Invariant($"{result.Probable.Count} probable pairs at threshold {model.Thresholds.Link}, {cpu:f2} CPU seconds"));
        foreach (var pass in result.Passes)
            output.WriteLine(FormattableString.Invariant($"  pass {string.Join(" + ", pass.Key)}: {pass.Pairs} pairs, {pass.New} new, ")
                + FormattableString.Invariant($"{pass.Matches:f0} expected matches among them")
                + FormattableString.Invariant($"{(pass.SkippedRecords > 0 ? $", {pass.SkippedRecords} records in blocks too large" : "")}"));
        if (accuracy is { } a)
            output.WriteLine(FormattableString.Invariant($"precision {a.Precision:f5}, recall {a.Recall:f5}, F1 {a.F1:f5} ({a.RightPairs} of ")
                + FormattableString.Invariant($"{a.FoundPairs} pairs right, {a.TruePairs} true), block recall {blockRecall:f4}"));
    }

    private static void WriteJson(TextWriter output, RecordTable table, LinkModel model, LinkResult result, List<string> warnings,
        Accuracy? accuracy, double blockRecall, double cpu)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("records", table.Count);
            json.WriteNumber("compared_pairs", result.ComparedPairs);
            json.WriteNumber("clusters", result.ClusterCount);
            json.WriteNumber("probable_pairs", result.Probable.Count);
            json.WriteNumber("threshold", model.Thresholds.Link);
            json.WriteNumber("cpu_seconds", Math.Round(cpu, 3));
            json.WriteNumber("matching_seconds", Math.Round(result.Stages.Sum(s => s.Seconds), 3));
            json.WriteNumber("pairs_per_cpu_second",
                Math.Round(result.ComparedPairs / Math.Max(1e-6, result.Stages.Where(s => s.Stage == "comparing").Sum(s => s.CpuSeconds))));
            json.WriteNumber("peak_memory_megabytes", Process.GetCurrentProcess().PeakWorkingSet64 >> 20);
            json.WriteStartObject("stages");
            foreach (var stage in result.Stages) json.WriteNumber(stage.Stage, Math.Round(stage.Seconds, 3));
            json.WriteEndObject();
            json.WriteStartArray("warnings");
            foreach (var warning in warnings) json.WriteStringValue(warning);
            json.WriteEndArray();
            if (accuracy is { } a)
            {
                json.WriteNumber("precision", a.Precision);
                json.WriteNumber("recall", a.Recall);
                json.WriteNumber("f1", a.F1);
                json.WriteNumber("block_recall", blockRecall);
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}

/// <summary>The arguments of the command, or null where they cannot be understood.</summary>
internal sealed record LinkArguments(IReadOnlyList<string> Tables, string Model, string Out, string? Pairs, string? Truth,
    string? Weights, string? Report, string? Decisions, int Cores, int? Memory, bool Json)
{
    public static LinkArguments? Parse(IReadOnlyList<string> args)
    {
        var tables = new List<string>();
        var named = new Dictionary<string, string>();
        var json = false;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--json") json = true;
            else if (!args[i].StartsWith("--", StringComparison.Ordinal)) tables.Add(args[i]);
            else if (args[i] is "--model" or "--out" or "--pairs" or "--truth" or "--weights" or "--report"
                or "--decisions" or "--cores" or "--memory"
                && i + 1 < args.Count) named[args[i]] = args[++i];
            else return null;
        }

        var cores = Environment.ProcessorCount;
        if (named.TryGetValue("--cores", out var text) && (!int.TryParse(text, CultureInfo.InvariantCulture, out cores) || cores < 1)) return null;
        int? memory = null;
        if (named.TryGetValue("--memory", out text))
        {
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out var megabytes) || megabytes < 1) return null;
            memory = megabytes;
        }

        if (tables.Count == 0 || !named.TryGetValue("--model", out var model) || !named.TryGetValue("--out", out var to)) return null;
        return new LinkArguments(tables, model, to, named.GetValueOrDefault("--pairs"), named.GetValueOrDefault("--truth"),
            named.GetValueOrDefault("--weights"), named.GetValueOrDefault("--report"), named.GetValueOrDefault("--decisions"), cores, memory, json);
    }
}

/// <summary>One line on a terminal that says how far a long stage is, and a line of its own every few seconds elsewhere.</summary>
internal sealed class ProgressLine(TextWriter to) : IDisposable
{
    private readonly bool shown = ReferenceEquals(to, Console.Error);
    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private long last;

    public void Report(string stage, double share)
    {
        if (!shown || since.ElapsedMilliseconds - Interlocked.Read(ref last) < (terminal ? 500 : 5_000)) return;
        lock (gate)
        {
            Interlocked.Exchange(ref last, since.ElapsedMilliseconds);
            if (terminal) to.Write(FormattableString.Invariant($"\r{stage} {Math.Min(1, share):P0}   "));
            else to.WriteLine(FormattableString.Invariant($"{stage} {Math.Min(1, share):P0}"));
        }
    }

    public void Clear()
    {
        if (shown && terminal && last > 0) to.Write("\r                        \r");
    }

    public void Dispose() => Clear();
}
