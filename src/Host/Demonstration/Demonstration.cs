using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Legwork.Demo;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Host.Demonstration;

/// <param name="Found">Planted and found.</param>
/// <param name="False">Found and not planted.</param>
internal sealed record KindLine(string Kind, long Planted, long Found, long False);

internal sealed record DemoSummaryLine(int People, int Grids, int Dwellings, int Rows, int Files, IReadOnlyList<KindLine> Findings, double FilesF1,
    double FilesWithoutNumberF1, IReadOnlyList<SignInLine> SignIns, double Seconds, bool Made, IReadOnlyDictionary<string, long>? Counts = null);

/// <summary>
/// Makes a living district: a generator writes the offices' files, then each module tells its chapter, the lists through the same import
/// that a real user uses; at the end what was planted is compared with what was found.
/// </summary>
internal static class DemonstrationDistrict
{
    private const string Ready = "demo.ready";

    /// <summary>How long ago the demonstration's lists came: most kinds of cases are not yet due.</summary>
    private const int PastDays = 19;

    /// <summary>Chapters before this one bring data; later ones work on them.</summary>
    private const int FirstWork = 50;

    /// <summary>Makes it, unless the folder holds one already, which is kept.</summary>
    public static async Task<DemoSummaryLine> Make(DistrictOptions options, int people, ulong seed, bool quiet)
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
        progress.Show("writing the offices' files", 0);
        var written = DemoDistrict.Write(registers, truth,
            new DemoOptions { Seed = seed, Insured = people, Grids = Math.Clamp(people * 1221 / 108_000, 24, 1221) });
        var story = Story(district, registers, clock.Today(), today, clock.Set, progress);
        await Tell(story, chapter => chapter.Order < FirstWork);
        var score = await Compare(district.GetRequiredService<IRegisters>(), options, truth);
        await Tell(story, chapter => chapter.Order >= FirstWork);
        clock.Release();
        progress.Clear();
        var signIns = await DemoAccounts.Create(story);
        foreach (var tell in story.WithSignIns) await tell();
        var summary = new DemoSummaryLine(written.People, written.Grids, written.Dwellings, (int)story.Counts.GetValueOrDefault("rows"),
            (int)story.Counts.GetValueOrDefault("files"),
            [.. score.Findings.Select(kind => new KindLine(kind.Key, kind.Value.Actual, kind.Value.Right, kind.Value.Claimed - kind.Value.Right))],
            score.AllPairs.F1, score.PairsWithoutNumber.F1, signIns, Math.Round(watch.Elapsed.TotalSeconds, 1), true, story.Counts);
        await store.Write(session => session.Execute("insert into platform_setting (name, value) values (@Ready, @value)",
            new { Ready, value = JsonSerializer.Serialize(summary) }));
        return summary;
    }

    /// <summary>Only what brings data, into a district that is open: nobody has worked on it yet. The sign-ins are made.</summary>
    public static async Task<IReadOnlyList<SignInLine>> Begin(IServiceProvider district, string registers, TimeProvider clock)
    {
        var story = Story(district, registers, clock.Today(), clock.Today(), _ => { }, new ProgressLine(quiet: true));
        await Tell(story, chapter => chapter.Order < FirstWork);
        return await DemoAccounts.Create(story);
    }

    private static DemoStory Story(IServiceProvider district, string registers, DateOnly came, DateOnly today,
        Action<DateTimeOffset> clock, ProgressLine progress) =>
        new(district, registers, came, today)
        {
            District = district.GetRequiredService<AccessRules>().District,
            Clock = clock,
            Deliver = district.GetRequiredService<Relay>().DeliverAll,
            Progress = progress.Show
        };

    private static async Task Tell(DemoStory story, Func<DemoChapter, bool> which)
    {
        foreach (var chapter in story.Services.GetServices<DemoChapter>().Where(which).OrderBy(chapter => chapter.Order)
            .ThenBy(chapter => chapter.Name, StringComparer.Ordinal))
            await chapter.Tell(story);
    }

    private static async Task<Score> Compare(IRegisters registers, DistrictOptions options, string truth)
    {
        var (files, findings) = (Path.Combine(options.Data, "demo", "files.csv"), Path.Combine(options.Data, "demo", "findings.csv"));
        await using (var csv = new StreamWriter(files, append: false, new UTF8Encoding(false))) await registers.ExportFiles(csv, Actor.System);
        await using (var csv = new StreamWriter(findings, append: false, new UTF8Encoding(false))) await registers.ExportFindings(csv, Actor.System);
        return Score.Compare(truth, files, findings);
    }
}
