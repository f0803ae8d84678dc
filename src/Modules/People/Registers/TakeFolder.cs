using System.Diagnostics;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Matching;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>One folder of files, as an office hands over a month.</summary>
internal sealed class TakeFolder(TakeFile takeFile, UpdateFiles update, ITakePlaces places, Leases leases, string layoutsFolder)
{
    /// <summary>Lists build on one another, so one folder is taken in at a time, whichever node does it.</summary>
    internal const string LeaseName = "people.import";

    private static readonly string[] TableEndings = [".csv", ".xlsx", ".xls", ".tsv", ".txt"];

    public static Refusal HeldBy(Leases leases) =>
        Refusal.Of("people.import.held",
            $"Node {leases.Holder(LeaseName)} is taking lists in. Wait until it is done; after a crash it takes a minute.");

    public async Task<FolderTaken> Run(string folder, Actor actor, Action<string, double>? progress)
    {
        var watch = Stopwatch.StartNew();
        var book = LayoutBook.Load(layoutsFolder);
        var refused = new List<PlainRefusal>();
        if (!Directory.Exists(folder))
            return new FolderTaken([], [new(folder, Refusal.Of("people.import.no_folder", "There is no such folder."))], [], null, 0, 0);
        if (!book.Ok) return new FolderTaken([], [new(layoutsFolder, book.Refusal!)], [], null, 0, 0);

        await using var lease = await leases.Take(LeaseName);
        if (lease is null)
            return new FolderTaken([], [new(folder, HeldBy(leases))], [], null, 0, 0);
        var lists = new List<(string Path, LayoutMatch Match)>();
        var passed = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase))
            {
                if (await places.TakeGrids(path, actor) is { } refusal) refused.Add(new(name, refusal));
            }
            else if (book.Value.Match(name) is { } match) lists.Add((path, match));
            else if (TableEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                && !name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
                refused.Add(new(name, Refusal.Of("people.import.unknown_list",
                    "No layout in the district's registers folder fits this file's name, so nothing of it was taken. See docs/how-to/import.md.")));
            else passed.Add(name);
        }

        var taken = new List<FileTaken>();
        foreach (var (path, match) in lists.OrderBy(list => list.Match.Layout.Means == Records.Sources.Addresses ? 0 : 1)
            .ThenBy(list => Records.Sources.Rank(list.Match.Layout.Means)))
        {
            progress?.Invoke(Path.GetFileName(path), 0);
            taken.Add(match.Layout.Means == Records.Sources.Addresses
                ? await places.TakeAddresses(path, match, actor)
                : await takeFile.Run(path, match, actor, lease, rows => progress?.Invoke(Path.GetFileName(path), rows)));
        }
        var listSeconds = watch.Elapsed.TotalSeconds;
        var updated = update.IsDue() ? await update.Run(progress) : null;
        return new FolderTaken(taken, refused, passed, updated, watch.Elapsed.TotalSeconds, listSeconds);
    }
}

/// <summary>Hands grids and addresses on to Places.</summary>
internal interface ITakePlaces
{
    Task<Refusal?> TakeGrids(string path, Actor actor);

    Task<FileTaken> TakeAddresses(string path, LayoutMatch match, Actor actor);
}
