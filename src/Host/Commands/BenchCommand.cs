using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Legwork.Host.Bench;
using Legwork.Platform.Modules;

namespace Legwork.Host.Commands;

internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make(DistrictDoor door)
    {
        var benches = All(door.Modules);
        var command = new Command("bench",
            "Measure, and set the peer's figure beside ours: " + string.Join(", ", benches.Select(bench => bench.Name)) + ".");
        var name = new Argument<string?>("NAME") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add([.. benches.Select(bench => bench.Name)]);
        command.Arguments.Add(name);
        var seconds = command.Number("--seconds", "How long a load lasts.", 10, 1, 3600);
        var rows = command.Number("--rows", "How many rows or people where a bench counts them.", 1_000_000, 500, 100_000_000);
        var json = command.Flag("--json", "Print as JSON.");
        var record = command.Flag("--record", "Write the run into the bench's page, bench/results/NAME.md.");
        command.SetAction(async (line, _) =>
        {
            var report = await Run(door, line.GetValue(name), line.GetValue(seconds), line.GetValue(rows), door.StorageOf(line), line.GetValue(json));
            if (line.GetValue(record))
                foreach (var result in report.Results) await Record(benches.Single(bench => bench.Name == result.Bench), report, result);
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<ModuleBench> All(ModuleList modules) =>
        [.. modules.Brought<ModuleBench>().Append(BenchList.Link).Append(PageBench.Bench).OrderBy(bench => bench.Name, StringComparer.Ordinal)];

    private static async Task<Report> Run(DistrictDoor door, string? name, int seconds, int rows, string storage, bool json)
    {
        var wanted = All(door.Modules).Where(bench => name is null || bench.Name == name).ToList();
        if (wanted.Count == 0)
            throw new UsageException($"There is no bench '{name}': {string.Join(", ", All(door.Modules).Select(bench => bench.Name))}.");
        var results = new List<Result>();
        foreach (var bench in wanted)
        {
            if (!json) Console.WriteLine($"{bench.Name}: {bench.Sentence}");
            var folder = Directory.CreateTempSubdirectory("legwork-bench-").FullName;
            try
            {
                results.Add(new Result(bench.Name, await bench.Run(BenchList.Place(door.Modules, folder, storage, seconds, rows))));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
            if (!json) Print(results[^1].Figures);
        }
        var report = new Report(DateTimeOffset.UtcNow, MachineNamed.Here(), storage.Length > 0 ? "postgres" : "sqlite", results);
        if (json) Console.WriteLine(JsonSerializer.Serialize(report, Json));
        var kept = Path.Combine(DistrictOptions.Home, "artifacts", "bench");
        Directory.CreateDirectory(kept);
        var file = Path.Combine(kept, $"{report.At:yyyyMMdd-HHmmss}-{name ?? "all"}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Json) + "\n");
        Console.Error.WriteLine($"Kept in {file}");
        return report;
    }

    private static async Task Record(ModuleBench bench, Report report, Result result)
    {
        var page = Path.Combine(DistrictOptions.Home, "bench", "results", $"{bench.Name}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(page)!);
        var run = new BenchRun(report.At, report.Storage, report.Machine.InWords, result.Figures);
        await File.WriteAllTextAsync(page,
            BenchTable.With(File.Exists(page) ? await File.ReadAllTextAsync(page) : null, bench.Name, bench.Sentence, run));
        Console.Error.WriteLine($"Recorded in {page}");
    }

    private static void Print(IReadOnlyList<Measured> figures)
    {
        Console.WriteLine($"  {"",-34} {"ours",14} {"peer",12}");
        foreach (var figure in figures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {figure.What,-34} {BenchTable.Number(figure.Ours),11} {figure.Unit,-2} "
                    + $"{(figure.Peer is { } peer ? BenchTable.Number(peer) : "–"),12}  {figure.PeerName}").TrimEnd());
    }

    private sealed record Result(string Bench, IReadOnlyList<Measured> Figures);

    private sealed record Report(DateTimeOffset At, MachineNamed Machine, string Storage, IReadOnlyList<Result> Results);
}
