using Legwork.Cases;
using Legwork.Demo;
using Legwork.People.Contracts;
using Legwork.Places;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Legwork.Schedules;
using Legwork.Schedules.Population;

namespace Legwork.Host.Bench;

/// <param name="Peer">What another program does at the same task, or null where none was measured.</param>
/// <param name="PeerName">Which program, and where its figure comes from.</param>
internal sealed record Figure(string What, double Ours, string Unit, double? Peer = null, string PeerName = "");

/// <param name="Folder">Empty, and thrown away afterwards.</param>
/// <param name="Storage">Connection string of an empty PostgreSQL database; empty is SQLite.</param>
internal sealed record BenchSettings(string Folder, string Storage, int Seconds, int Rows)
{
    public DistrictOptions Options => new() { Data = Path.Combine(Folder, "data"), Storage = Storage, Node = "bench" };
}

internal sealed record Bench(string Name, string Sentence, Func<BenchSettings, Task<IReadOnlyList<Figure>>> Run);

internal static class BenchList
{
    private const int LogEntries = 1_000_000;
    private const int SearchedPeople = 108_000;
    private const int EntriesAtOnce = 4096;

    public static IReadOnlyList<Bench> All { get; } =
    [
        new("cases", "Case transitions with state, history and outbox each, durable, 32 workers.", Cases),
        new("addresses", "Free-text addresses resolved on one core.", Addresses),
        new("verify-log", "A log of a million reads verified.", VerifyTheLog),
        new("import", "Lists of offices taken in, streamed.", Import),
        new("search", "Search at 200 questions a second, open loop, each answer in the durable read log.", Search),
        new("forecast", "Immunization forecasts: one person, and a population from file to file.", Forecast),
        new("link", "Record linkage on public sets and on invented people: accuracy, processor seconds, memory.", Link),
    ];

    private static async Task<IReadOnlyList<Figure>> Cases(BenchSettings settings)
    {
        var options = settings.Options;
        var where = settings.Storage.Length > 0 ? settings.Storage : Path.Combine(settings.Folder, "cases.db");
        var run = await CaseBench.Run(where, options.RulesFolder, Path.Combine(options.DistrictFolder, "calendar.yaml"), workers: 32, settings.Seconds);
        if (!run.Complete) throw new InvalidOperationException("An acknowledged transition was not found again.");
        return
        [
            new($"case transitions, {run.Engine}", run.PerSecond, "/s", CaseBench.PeerPerSecond, "plain SQL writer on PostgreSQL 15"),
            new("p50", run.P50, "ms"), new("p99", run.P99, "ms"), new("worst", run.Worst, "ms"),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> Addresses(BenchSettings settings)
    {
        await using var district = District.Open(settings.Options);
        var figures = AddressBench.Run(district.GetRequiredService<AddressParser>(), settings.Rows);
        return [.. figures.Select(figure => new Figure(figure.Name, figure.Value, ""))];
    }

    private static async Task<IReadOnlyList<Figure>> VerifyTheLog(BenchSettings settings)
    {
        await using var district = District.Open(settings.Options);
        var log = district.GetRequiredService<ReadLog>();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var written = 0; written < LogEntries; written += EntriesAtOnce)
            await Task.WhenAll(Enumerable.Range(written, Math.Min(EntriesAtOnce, LogEntries - written)).Select(i => log.Append(
                new ReadEntry(Guid.Empty, "bench", Role.Clerk, "counter", "people.view", [new Kernel.PersonId(new Guid(i % 100_000, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7))]))));
        var appending = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var verdict = VerifyLog.Run(district.GetRequiredService<Store>(), district.GetRequiredService<LogSigner>().PublicKey, [settings.Options.HeadsFolder]);
        if (!verdict.Whole) throw new InvalidOperationException(verdict.Faults[0]);
        return [new("entries appended, durable", LogEntries / appending, "/s"), new($"{LogEntries:N0} entries verified", watch.Elapsed.TotalSeconds, "s")];
    }

    private static async Task<IReadOnlyList<Figure>> Search(BenchSettings settings)
    {
        var registers = Path.Combine(settings.Folder, "registers");
        DemoDistrict.Write(registers, Path.Combine(settings.Folder, "truth"), new DemoOptions { Insured = SearchedPeople });
        await using var district = District.Open(settings.Options);
        await district.GetRequiredService<IRegisters>().TakeFolder(registers, Actor.System);
        var run = await district.GetRequiredService<SearchBench>().Run(settings.Options.DistrictCode, perSecond: 200, seconds: Math.Max(5, settings.Seconds));
        return
        [
            new($"questions over {SearchedPeople:N0} people", run.Asked, ""), new("refused or late", run.Refused + run.Late, ""),
            new("p50", run.P50, "ms"), new("p95 (to reach 50)", run.P95, "ms"), new("p99", run.P99, "ms"), new("worst", run.Max, "ms"),
        ];
    }

    /// <summary>CDC's rules where they lie beside the checkout, as the peers' figures are of them; else our own.</summary>
    private static async Task<IReadOnlyList<Figure>> Forecast(BenchSettings settings)
    {
        var data = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? Path.Combine(DistrictOptions.Home, "..", "shared", "data");
        var cdsi = Path.Combine(data, "cdsi");
        var cdc = Path.Combine(cdsi, "supporting-data-4.64");
        RuleSet Load() => RuleSources.Load(Directory.Exists(cdc) ? "cdsi:" + cdc : "cn-2026", Path.Combine(settings.Options.RulesFolder, "immunization"));
        var run = await ForecastBench.Run(Load, settings.Folder, settings.Rows, Console.Out);
        var figures = new List<Figure>
        {
            new($"one forecast, {run.DosesEach:f0} doses, p50", run.P50, "ms", 0.08, "a Rust port, a request (StepIntoCDSI 23 ms)"), new("p99 (to reach 1)", run.P99, "ms"),
            new("rules read and compiled", run.LoadMs, "ms", 350, "StepIntoCDSI"), new("people answered", run.Patients, ""),
            new("patients, NDJSON to NDJSON", run.PerSecond, "/s"), new("with explanations", run.PerSecondExplained, "/s"), new("CPU a person", run.CpuMicroseconds, "µs"),
            new("memory at the most", run.PeakMegabytes, "MB"),
        };
        var forecaster = new Lazy<Forecaster>(() => new Forecaster(Load()));
        foreach (var (cases, peer, name) in ((string, double, string)[])[("healthy-cases-v4.45-half.csv", 66.6, "StepIntoCDSI, fewer fields (cicada 99.6 published)"), ("conditions-cases-v4.6-half.csv", 91.1, "cicada at best")])
            if (File.Exists(Path.Combine(cdsi, cases)) && ConformanceCommand.Count(forecaster.Value, Path.Combine(cdsi, cases)) is var (right, of))
                figures.Add(new($"{cases[..cases.IndexOf('-')]} cases right in all, of {of}", 100.0 * right / of, "%", peer, name));
        return figures;
    }

    private static Task<IReadOnlyList<Figure>> Link(BenchSettings settings)
    {
        var data = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? Path.Combine(DistrictOptions.Home, "..", "shared", "data");
        return Task.FromResult(new LinkBench(settings.Folder, data).Run());
    }

    private static async Task<IReadOnlyList<Figure>> Import(BenchSettings settings)
    {
        var registers = Path.Combine(settings.Folder, "registers");
        // About five rows of the eight lists for each insured person.
        DemoDistrict.Write(registers, Path.Combine(settings.Folder, "truth"), new DemoOptions { Insured = Math.Max(100, settings.Rows / 5), Grids = 1221 });
        await using var district = District.Open(settings.Options);
        var taken = await district.GetRequiredService<IRegisters>().TakeFolder(registers, Actor.System);
        if (!taken.AllTaken) throw new InvalidOperationException("The demonstration's own files were refused.");
        var rows = taken.Files.Sum(file => (long)file.Rows);
        return
        [
            new("rows in the lists", rows, ""), new("rows taken in", rows / taken.ListSeconds, "/s"),
            new("matching and findings", taken.Seconds - taken.ListSeconds, "s"),
            new("memory at the most", System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB"),
        ];
    }
}
