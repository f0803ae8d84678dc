using System.CommandLine;
using Legwork.Platform.Modules;
using Legwork.Schedules;
using Legwork.Schedules.Population;

namespace Legwork.Immunization.Commands;

/// <summary>The rules engine's own command lines, which need no district, and its bench.</summary>
internal static class EngineCommands
{
    public static readonly ModuleBench Bench = new("forecast", "Immunization forecasts: one person, and a population from file to file.", Measure);

    public static Command Forecast(IDistrictDoor door)
    {
        var command = new Command("forecast", "Say for everybody of a file which vaccine doses count and what is due when.");
        command.Needed("--rules", "SET", "cn-2026, or cdsi:DIR for CDC's supporting data.");
        command.FileToRead("--in", "P.ndjson", "A person a line: birth, sex, doses, observations.", needed: true, orStream: true);
        command.FileToWrite("--out", "F.ndjson", "An answer a line.", needed: true, orStream: true);
        command.Text("--on", "DAY", "As of this day (default: today).");
        command.Flag("--explain", "With each answer the rules that led to it.");
        command.Flag("--keep-going", "Answer a line that cannot be read with its refusal, instead of writing nothing.");
        command.Number("--cores", "Cores to use.", Environment.ProcessorCount, 1, 1024);
        command.SetAction((line, _) => ForecastCommand.Run([.. Words(line)], Path.Combine(door.Rules, "immunization"), TimeProvider.System));
        return command;
    }

    public static Command Conformance()
    {
        var command = new Command("conformance", "Hold the immunization engine against others' test cases; exit 1 when one misses.");
        var cdsi = new Command("cdsi", "CDC's cases.");
        cdsi.FolderToRead("--supporting", "DIR",
            "CDC's supporting data: ScheduleSupportingData.xml and AntigenSupportingData*.xml.", needed: true);
        cdsi.FileToRead("--cases", "FILE.csv",
            "CDC's test cases, healthy (63 columns) or underlying conditions (76 columns).", needed: true);
        cdsi.FileToWrite("--json", "OUT",
            "The engine's answer to every case, and the counts; \"-\" is standard output.", orStream: true);
        cdsi.SetAction(line => ConformanceCommand.Run([.. Words(line)]));
        command.Subcommands.Add(cdsi);
        return command;
    }

    private static IEnumerable<string> Words(ParseResult line) => line.Tokens.Skip(1).Select(token => token.Value);

    /// <summary>CDC's rules where they lie beside the checkout, as the peers' figures are of them; else our own.</summary>
    private static async Task<IReadOnlyList<Measured>> Measure(BenchPlace place)
    {
        var cdsi = Path.Combine(place.Data, "cdsi");
        var cdc = Path.Combine(cdsi, "supporting-data-4.64");
        RuleSet Load() => RuleSources.Load(Directory.Exists(cdc) ? "cdsi:" + cdc : "cn-2026", Path.Combine(place.Rules, "immunization"));
        var run = await ForecastBench.Run(Load, place.Folder, place.Rows, Console.Out);
        var figures = new List<Measured>
        {
            new($"one forecast, {run.DosesEach:f0} doses, p50", run.P50, "ms", 0.08, "a Rust port, a request (StepIntoCDSI 23 ms)"),
            new("p99 (to reach 1)", run.P99, "ms"),
            new("rules read and compiled", run.LoadMs, "ms", 350, "StepIntoCDSI"), new("people answered", run.Patients, ""),
            new("patients, NDJSON to NDJSON", run.PerSecond, "/s"), new("with explanations", run.PerSecondExplained, "/s"),
            new("CPU a person", run.CpuMicroseconds, "µs"),
            new("memory at the most", run.PeakMegabytes, "MB"),
        };
        var forecaster = new Lazy<Forecaster>(() => new Forecaster(Load()));
        foreach (var (cases, peer, name) in ((string, double, string)[])[("healthy-cases-v4.45-half.csv", 66.6,
            "StepIntoCDSI, fewer fields (cicada 99.6 published)"), ("conditions-cases-v4.6-half.csv", 91.1, "cicada at best")])
            if (File.Exists(Path.Combine(cdsi, cases)) && ConformanceCommand.Count(forecaster.Value, Path.Combine(cdsi, cases)) is var (right, of))
                figures.Add(new($"{cases[..cases.IndexOf('-')]} cases right in all, of {of}", 100.0 * right / of, "%", peer, name));
        return figures;
    }
}
