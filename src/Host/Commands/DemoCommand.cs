using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Legwork.Cases.Contracts;
using Legwork.Demo;
using Legwork.Host.Web;
using Legwork.Immunization.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>
/// A living district in one command: a generator writes the offices' files, the same import that a real user uses reads them, and
/// what was planted is compared with what was found. A second start keeps the data.
/// </summary>
internal static class DemoCommand
{
    private const string Ready = "demo.ready";

    /// <summary>How long ago the demonstration's lists came: most kinds of cases are not yet due.</summary>
    private const int PastDays = 19;

    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        if (args.Option("listen") is { } listen) options.Listen = listen;
        var (once, json) = (args.Flag("once"), args.Flag("json"));
        var people = args.Number("people", 108_000, 100, 5_000_000);
        var seed = args.Number("seed", 540102, 1, int.MaxValue);
        args.Done(wordsMax: 0);
        options.Demonstration = true;
        var summary = await Prepare(options, people, (ulong)seed, json);
        if (json) Console.WriteLine(JsonSerializer.Serialize(summary, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
        else Print(summary);
        if (once) return 0;
        await using var app = WebServer.Build(options, []);
        await app.StartAsync();
        Console.WriteLine($"\nThe district is open at {string.Join(", ", app.Urls)}   (Ctrl+C closes it; the data stay in {options.Data})");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<DemoSummaryLine> Prepare(DistrictOptions options, int people, ulong seed, bool quiet)
    {
        var clock = new DemonstrationClock();
        await using var district = District.Open(options, clock);
        var store = district.GetRequiredService<Store>();
        if (store.Read(session => session.First<string>("select value from platform_setting where name = @Ready", new { Ready })) is { } kept)
            return JsonSerializer.Deserialize<DemoSummaryLine>(kept)! with { Made = false };
        if (store.Read(session => Accounts.Count(session) > Accounts.Count(session, demonstrationOnly: true)))
            throw new UsageException($"{options.Data} holds a district of somebody's own; give the demonstration another folder with --data.");

        var watch = Stopwatch.StartNew();
        var (registers, truth) = (Path.Combine(options.Data, "demo", "registers"), Path.Combine(options.Data, "demo", "truth"));
        var progress = new ProgressLine(quiet);
        // The lists came some weeks ago, and people have been at work on them since: a board without a past says nothing.
        var today = clock.Today();
        clock.Set(clock.GetUtcNow().AddDays(-PastDays));
        var came = clock.Today();
        progress.Show("writing the offices' files", 0);
        var written = DemoDistrict.Write(registers, truth, new DemoOptions { Seed = seed, Insured = people, Grids = Math.Clamp(people * 1221 / 108_000, 24, 1221) });
        var importing = district.GetRequiredService<IRegisters>();
        var taken = await importing.TakeFolder(registers, Actor.System, progress.Show);
        if (!taken.AllTaken)
            throw new CannotOpenException($"The demonstration's own files were refused: {string.Join("; ", taken.Files.SelectMany(file => file.Refusals).Select(fault => fault.ToString()).Concat(taken.Refused.Select(file => $"{file.FileName} {file.Refusal.Message}")))}");
        var doses = 0;
        foreach (var list in Directory.EnumerateFiles(Path.Combine(registers, "clinics"), "接种记录_*").Order(StringComparer.Ordinal))
            doses += (await district.GetRequiredService<IImmunization>().TakeDoses(list, Actor.System, progress.Show)).Value.Learned;
        foreach (var list in Directory.EnumerateFiles(Path.Combine(registers, "clinics"), "特殊健康状态_*").Order(StringComparer.Ordinal))
            await district.GetRequiredService<IImmunization>().TakeStates(list, Actor.System);
        progress.Clear();
        var score = await Compare(importing, options, truth);
        var relay = district.GetRequiredService<Relay>();
        await district.GetRequiredService<IDemonstrationWork>().Run(came, today, clock.Set, relay.DeliverAll, share => progress.Show("the past weeks' work", share));
        clock.Release();
        progress.Clear();
        var signIns = await DemoAccounts.Create(district, options);
        var summary = new DemoSummaryLine(written.People, written.Grids, written.Dwellings, taken.Updated?.Rows ?? 0, taken.Updated?.Files ?? 0,
            [.. score.Findings.Select(kind => new KindLine(kind.Key, kind.Value.Actual, kind.Value.Right, kind.Value.Claimed - kind.Value.Right))],
            score.AllPairs.F1, score.PairsWithoutNumber.F1, signIns, Math.Round(watch.Elapsed.TotalSeconds, 1), true, doses);
        await store.Write(session => session.Execute("insert into platform_setting (name, value) values (@Ready, @value)",
            new { Ready, value = JsonSerializer.Serialize(summary) }));
        return summary;
    }

    private static async Task<Score> Compare(IRegisters registers, DistrictOptions options, string truth)
    {
        var (files, findings) = (Path.Combine(options.Data, "demo", "files.csv"), Path.Combine(options.Data, "demo", "findings.csv"));
        await using (var csv = new StreamWriter(files, append: false, new UTF8Encoding(false))) await registers.ExportFiles(csv, Actor.System);
        await using (var csv = new StreamWriter(findings, append: false, new UTF8Encoding(false))) await registers.ExportFindings(csv, Actor.System);
        return Score.Compare(truth, files, findings);
    }

    private static void Print(DemoSummaryLine summary)
    {
        Console.WriteLine($"Demonstration district 540102 (all people, addresses and shapes invented){(summary.Made ? $", made in {summary.Seconds:0} s" : ", kept as it was made before; --data DIR makes another")}");
        Console.WriteLine($"  {summary.People:N0} people, {summary.Grids:N0} grids, {summary.Dwellings:N0} dwellings; {summary.Rows:N0} rows of eight lists became {summary.Files:N0} files; {summary.Doses:N0} doses of children");
        Console.WriteLine($"  rows brought to the right file: F1 {summary.FilesF1:0.0000}, where a row has no number {summary.FilesWithoutNumberF1:0.0000}\n");
        Console.WriteLine($"  {"finding",-22} {"planted",8} {"found",8} {"false",8}");
        foreach (var kind in summary.Findings) Console.WriteLine($"  {kind.Kind,-22} {kind.Planted,8:N0} {kind.Found,8:N0} {kind.False,8:N0}");
        Console.WriteLine($"\n  sign-ins (password {DemonstrationAccounts.Password}):");
        foreach (var account in summary.SignIns) Console.WriteLine($"  {account.SignIn,-12} {account.Role,-14} {account.Scope,-20} {account.Opens}");
    }
}

/// <param name="Found">Planted and found.</param>
/// <param name="False">Found and not planted.</param>
internal sealed record KindLine(string Kind, long Planted, long Found, long False);

internal sealed record SignInLine(string SignIn, string Role, string Scope, string Opens);

internal sealed record DemoSummaryLine(int People, int Grids, int Dwellings, int Rows, int Files, IReadOnlyList<KindLine> Findings, double FilesF1,
    double FilesWithoutNumberF1, IReadOnlyList<SignInLine> SignIns, double Seconds, bool Made, int Doses = 0);
