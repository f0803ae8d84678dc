using System.Diagnostics;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Matching;
using Legwork.People.Records;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>One folder of files, as an office hands over a month.</summary>
internal sealed class TakeFolder(TakeFile takeFile, UpdateFiles update, CheckFile checkFile, ITakePlaces places, Leases leases,
    Func<Outcome<LayoutBook>> layouts)
{
    /// <summary>Lists build on one another, so one folder is taken in at a time, whichever node does it.</summary>
    internal const string LeaseName = "people.import";

    private static readonly string[] TableEndings = [".csv", ".xlsx", ".xls", ".xlsb", ".ods", ".et", ".tsv"];

    public static Refusal HeldBy(Leases leases) =>
        Refusal.Of("people.import.held",
            $"Node {leases.Holder(LeaseName)} is taking lists in. Wait until it is done; after a crash it takes a minute.");

    public async Task<FolderTaken> Run(string folder, Actor actor, Action<string, double>? progress)
    {
        var watch = Stopwatch.StartNew();
        if (Wrong(folder, out var book) is { } wrong) return Nothing(wrong);
        await using var lease = await leases.Take(LeaseName);
        if (lease is null) return Nothing(new(folder, HeldBy(leases)));
        var files = await Look(folder, book, checkOnly: false);
        var taken = new List<FileTaken>();
        foreach (var (path, match) in files.Lists)
        {
            progress?.Invoke(Path.GetFileName(path), 0);
            taken.Add(match.Layout.Means == Sources.Addresses
                ? await places.TakeAddresses(path, match, actor)
                : await takeFile.Run(path, match, actor, lease, rows => progress?.Invoke(Path.GetFileName(path), rows)));
        }
        var listSeconds = watch.Elapsed.TotalSeconds;
        var updated = update.IsDue() ? await update.Run(progress) : null;
        return new FolderTaken(taken, files.Refused, files.Passed, updated, watch.Elapsed.TotalSeconds, listSeconds) { Grids = files.Grids };
    }

    /// <summary>What <see cref="Run"/> would do, with nothing stored. What a list becomes that rests on another of the folder is not told.</summary>
    public async Task<FolderTaken> Check(string folder, Action<string, double>? progress)
    {
        var watch = Stopwatch.StartNew();
        if (Wrong(folder, out var book) is { } wrong) return Nothing(wrong);
        var files = await Look(folder, book, checkOnly: true);
        var looked = new List<FileTaken>();
        foreach (var (path, match) in files.Lists)
        {
            progress?.Invoke(Path.GetFileName(path), 0);
            looked.Add(checkFile.Run(path, match));
        }
        var seconds = watch.Elapsed.TotalSeconds;
        return new FolderTaken(looked, files.Refused, files.Passed, null, seconds, seconds) { Grids = files.Grids };
    }

    private static FolderTaken Nothing(PlainRefusal why) => new([], [why], [], null, 0, 0);

    private PlainRefusal? Wrong(string folder, out LayoutBook book)
    {
        var read = layouts();
        book = read.Ok ? read.Value : null!;
        return !Directory.Exists(folder) ? new(folder, Refusal.Of("people.import.no_folder", "There is no such folder."))
            : read.Ok ? null : new("registers", read.Refusal!);
    }

    /// <summary>Tells the folder's files apart; grids are taken at once, since every list rests on them.</summary>
    private async Task<Found> Look(string folder, LayoutBook book, bool checkOnly)
    {
        var found = new Found([], [], [], []);
        var lists = new List<(string Path, LayoutMatch Match)>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase))
            {
                var grids = await places.TakeGrids(path, checkOnly);
                if (!grids.Ok) found.Refused.Add(new(name, grids.Refusal!));
                else found.Grids.Add(new(name, grids.Value.Added, grids.Value.Changed, grids.Value.Same, grids.Value.Notes));
            }
            else if (book.Match(name) is { } match) lists.Add((path, match));
            else if (TableEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
                found.Refused.Add(new(name, Refusal.Of("people.import.unknown_list",
                    "No layout in the district's registers folder fits this file's name, so nothing of it was taken. See docs/how-to/import.md.")));
            else found.Passed.Add(name);
        }
        found.Lists.AddRange(lists.OrderBy(list => list.Match.Layout.Means == Sources.Addresses ? 0 : 1)
            .ThenBy(list => Sources.Rank(list.Match.Layout.Means)));
        return found;
    }

    private sealed record Found(List<(string Path, LayoutMatch Match)> Lists, List<GridsFile> Grids, List<PlainRefusal> Refused, List<string> Passed);
}

/// <summary>Hands grids and addresses on to Places.</summary>
internal interface ITakePlaces
{
    Task<Outcome<GridsTaken>> TakeGrids(string path, bool checkOnly);

    Task<FileTaken> TakeAddresses(string path, LayoutMatch match, Actor actor);
}
