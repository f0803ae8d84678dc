using Legwork.Cases;
using Legwork.Demo;
using Legwork.People.Contracts;
using Legwork.Places;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

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
