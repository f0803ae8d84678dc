using Legwork.People.Files;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.People.Citizen;

/// <summary>One look at a person's file, as that person is told of it.</summary>
/// <param name="Act">The code of what was done with it.</param>
/// <param name="Scope">For a batch the code of the place whose people were read, or <c>all</c>; null when the person was read by name.</param>
internal sealed record SeenBy(DateTimeOffset At, string Actor, Role Role, string Purpose, string Act, string? Scope);

/// <summary>One line for what one reader did for one purpose on one day, however often.</summary>
/// <param name="Times">Every look, newest first.</param>
internal sealed record SeenLine(SeenBy Seen, IReadOnlyList<DateTimeOffset> Times)
{
    /// <summary>Folds what is shown: who opens a page ten times while one matter is handled must not bury who looked once for another.</summary>
    public static IReadOnlyList<SeenLine> Of(IEnumerable<SeenBy> looks) =>
        [.. looks.GroupBy(look => (look.Actor, look.Role, look.Purpose, look.Act, look.Scope, FileFacts.LocalDay(look.At)))
            .Select(same => new SeenLine(same.First(), [.. same.Select(look => look.At)]))];
}

/// <summary>The reader's own looks of one day, newest first.</summary>
internal sealed record OwnDay(DateOnly Day, IReadOnlyList<DateTimeOffset> At);

/// <param name="Lines">Looks of others.</param>
/// <param name="Own">How often the reader looked, in all.</param>
internal sealed record ReadsPage(FileRow File, IReadOnlyList<SeenBy> Lines, int Page, int Pages, long Own);

/// <param name="Days">The newest day first; a day that a page cuts goes on on the next.</param>
internal sealed record OwnReads(IReadOnlyList<OwnDay> Days, int Page, int Pages);

/// <summary>
/// Who read a file and why, newest first: looks at the person under every id that the file ever had, less those that a lawful hold
/// keeps back, and batches over the places of the person. What others did comes first; the reader's own looks are there day by day,
/// so that they bury nothing.
/// </summary>
internal sealed class ReadsOfPerson(Store store, Reads reads)
{
    /// <summary>Looks, of which a page folds those of one day.</summary>
    public const int PageSize = 200;

    public const int OwnPageSize = 500;

    public async Task<ReadsPage> Of(FileRow file, Guid own, int page, int size, CancellationToken cancel)
    {
        var (ids, places) = await Asked(file, cancel);
        var told = await reads.Of(ids, places, cancel, (page - 1) * size, size, own);
        return new ReadsPage(file, [.. told.Reads.Select(read => new SeenBy(read.At, read.Actor, read.Role, read.Purpose, read.Act, read.Scope))],
            page, Pages(told.Count, size), (await reads.Of(ids, places, cancel, 0, 1, own, onlyOwn: true)).Count);
    }

    public async Task<OwnReads> Own(FileRow file, Guid own, int page, CancellationToken cancel)
    {
        var (ids, places) = await Asked(file, cancel);
        var told = await reads.Of(ids, places, cancel, (page - 1) * OwnPageSize, OwnPageSize, own, onlyOwn: true);
        return new OwnReads([.. told.Reads.GroupBy(read => FileFacts.LocalDay(read.At))
            .Select(day => new OwnDay(day.Key, [.. day.Select(read => read.At)]))],
            page, Pages(told.Count, OwnPageSize));
    }

    private async Task<(IReadOnlyList<Kernel.PersonId> Ids, string[] Places)> Asked(FileRow file, CancellationToken cancel) => (
        await store.ReadAsync(session => FileRow.AllIdsAsync(session, file.Id), cancel),
        [.. new[] { file.Lives, file.Registered }.Where(place => place.Length > 0).Distinct(StringComparer.Ordinal)]);

    private static int Pages(long count, int size) => (int)Math.Max(1, (count + size - 1) / size);
}
