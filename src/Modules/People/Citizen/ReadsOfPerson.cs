using Legwork.People.Desk;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.People.Citizen;

/// <summary>One look at a person's file, as that person is told of it.</summary>
/// <param name="Scope">For a batch the code of the place whose people were read, or <c>all</c>; null when the person was read by name.</param>
internal sealed record SeenBy(DateTimeOffset At, string Actor, Role Role, string Purpose, string? Scope, bool Self);

internal sealed record ReadsPage(FileRow File, IReadOnlyList<SeenBy> Lines, int Page, bool HasNext);

/// <summary>
/// Who read a file and why, newest first: looks at the person under every id that the file ever had, less those that a lawful hold
/// keeps back, and batches over the places of the person.
/// </summary>
internal sealed class ReadsOfPerson(Store store, Reads reads)
{
    public const int PageSize = 50;

    public ReadsPage Of(FileRow file, int page, int size)
    {
        var ids = store.Read(session => FileRow.AllIds(session, file.Id));
        string[] places = [.. new[] { file.Lives, file.Registered }.Where(place => place.Length > 0).Distinct(StringComparer.Ordinal)];
        var told = ids.SelectMany(id => reads.Of(id, places, 0, page * size + 1).Reads).DistinctBy(read => (read.Node, read.Seq))
            .OrderByDescending(read => read.At).ThenByDescending(read => read.Seq).ToList();
        return new ReadsPage(file, [.. told.Skip((page - 1) * size).Take(size).Select(read => new SeenBy(read.At, read.Actor, read.Role, read.Purpose, read.Scope, read.Purpose == "own_file"))],
            page, told.Count > page * size);
    }
}
