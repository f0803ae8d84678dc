using Legwork.People.Desk;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Citizen;

/// <summary>One look at a person's file, as that person is told of it.</summary>
/// <param name="Batch">Everyone of a place was read at once; <paramref name="Scope"/> is the place's code, or <c>all</c>.</param>
internal sealed record SeenBy(DateTimeOffset At, string Actor, Role Role, string Purpose, string Act, bool Batch, string Scope, bool Self);

internal sealed record ReadsPage(Desk.FileRow File, IReadOnlyList<SeenBy> Lines, int Page, bool HasNext);

/// <summary>Who read a file and why, newest first: looks at the person, and batches whose place covers the person.</summary>
internal sealed class ReadsOfPerson(Store store)
{
    public const int PageSize = 50;

    public ReadsPage Of(FileRow file, int page, int size) => store.Read(session =>
    {
        var ids = FileRow.AllIds(session, file.Id);
        var scopes = ScopesOver(file.Lives).Concat(ScopesOver(file.Registered)).Append("all").Distinct(StringComparer.Ordinal).ToList();
        var until = (long)page * size + 1;
        var lines = ids.SelectMany(id => session.Query<Row>("""
                select e.node, e.seq, e.at, e.actor, e.role, e.purpose, e.act, e.subject_scope from readlog_subject s join readlog_entry e on e.node = s.node and e.seq = s.seq
                where s.person = @id order by e.at desc, e.seq desc limit @until
                """, new { id, until }))
            .Concat(scopes.SelectMany(scope => session.Query<Row>("""
                select node, seq, at, actor, role, purpose, act, subject_scope from readlog_entry where subject_scope = @scope order by at desc, seq desc limit @until
                """, new { scope, until })))
            .DistinctBy(row => (row.Node, row.Seq)).OrderByDescending(row => row.At).ThenByDescending(row => row.Seq).ToList();
        return new ReadsPage(file, [.. lines.Skip((page - 1) * size).Take(size).Select(row => row.Read())], page, lines.Count > page * size);
    });

    /// <summary>540102002001-G01 lies in 540102002001, 540102002, 540102, 5401 and 54.</summary>
    private static IEnumerable<string> ScopesOver(string place)
    {
        if (place.Length == 0) yield break;
        yield return place;
        foreach (var length in new[] { 12, 9, 6, 4, 2 })
            if (place.Length > length) yield return place[..length];
    }

    private sealed record Row(string Node, long Seq, DateTimeOffset At, string Actor, string Role, string Purpose, string Act, string SubjectScope)
    {
        public SeenBy Read() => new(At, Actor, Enum.Parse<Role>(Role), Purpose, Act, SubjectScope != "persons", SubjectScope == "persons" ? "" : SubjectScope, Purpose == "own_file");
    }
}
