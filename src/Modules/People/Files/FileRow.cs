using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>A file's summary as it lies in storage.</summary>
internal sealed record FileRow(PersonId Id, string State, PersonId? MergedInto, string Name, string NameBo, long Sex,
    string Birth, string Registered, string Lives, string Dwelling, string Insured, string Household, DateTimeOffset OpenedAt)
{
    public bool IsMerged => State == "merged";

    public VagueDate BirthDate => VagueDate.TryParse(Birth, out var date) ? date : default;

    /// <summary>The dwelling as people say it: its key without the street's code before the bar.</summary>
    public string Door => Dwelling[(Dwelling.IndexOf('/') + 1)..];

    public const string Columns = """
        select id, state, merged_into, name, name_bo, sex, birth, registered, lives, dwelling, insured, household, opened_at from people_file
        """;

    public static FileRow? Find(Session session, PersonId id) => session.First<FileRow>(Columns + " where id = @id", new { id });

    public static Task<FileRow?> FindAsync(Session session, PersonId id) => session.FirstAsync<FileRow>(Columns + " where id = @id", new { id });

    /// <summary>A page of files by their ids, in one statement.</summary>
    public static async Task<Dictionary<Guid, FileRow>> Many(Session session, IReadOnlyList<Guid> ids)
    {
        var files = new Dictionary<Guid, FileRow>(ids.Count);
        foreach (var some in ids.Chunk(ManyFiles.Max))
        {
            await using var reader = await ManyFiles.Of(session, $"{Columns} where id in ({ManyFiles.Marks})", some).ReadAsync();
            while (reader.Read())
                files[reader.GetGuid(0)] = new FileRow(new PersonId(reader.GetGuid(0)), reader.GetString(1),
                    reader.IsDBNull(2) ? null : new PersonId(reader.GetGuid(2)),
                    reader.GetString(3), reader.GetString(4), reader.GetInt64(5), reader.GetString(6), reader.GetString(7),
                    reader.GetString(8), reader.GetString(9),
                    reader.GetString(10), reader.GetString(11), ColumnTypes.Instant(reader.GetInt64(12)));
        }
        return files;
    }

    /// <summary>The file that this one became, however many merges on; itself when it was never merged.</summary>
    public static FileRow? Current(Session session, PersonId id) => Session.AtHand(CurrentAsync(session, id));

    public static async Task<FileRow?> CurrentAsync(Session session, PersonId id)
    {
        var file = await FindAsync(session, id);
        for (var steps = 0; file is { IsMerged: true, MergedInto: { } into } && steps < 64; steps++) file = await FindAsync(session, into);
        return file;
    }

    /// <summary>The same for many; what is no file is missing.</summary>
    public static async Task<Dictionary<PersonId, FileRow>> CurrentAsync(Session session, IReadOnlyCollection<PersonId> ids)
    {
        var files = new Dictionary<PersonId, FileRow>(ids.Count);
        foreach (var some in ids.Distinct().Chunk(IdsPerStatement))
            foreach (var file in await session.QueryAsync<FileRow>($"{Columns} where {session.Among("id", "ids")}",
                new { ids = some.Select(id => id.Value).ToArray() }))
                if ((file.IsMerged ? await CurrentAsync(session, file.Id) : file) is { } current) files[file.Id] = current;
        return files;
    }

    private const int IdsPerStatement = 64;

    /// <summary>The file's own id and those of all files that became it.</summary>
    public static List<PersonId> AllIds(Session session, PersonId id) => Session.AtHand(AllIdsAsync(session, id));

    public static Task<List<PersonId>> AllIdsAsync(Session session, PersonId id) => session.QueryAsync<PersonId>("""
        with recursive became (id) as (select id from people_file where id = @id union select f.id from people_file f
            join became b on f.merged_into = b.id)
        select id from became
        """, new { id });

    /// <summary>The file when this actor may open it; nothing is logged for one that may not be shown.</summary>
    public static Outcome<FileRow> Open(Session session, Actor actor, Permission permission, PersonId id) =>
        Session.AtHand(OpenAsync(session, actor, permission, id));

    public static async Task<Outcome<FileRow>> OpenAsync(Session session, Actor actor, Permission permission, PersonId id)
    {
        if (await FindAsync(session, id) is not { } file) return FileScope.NotFound;
        return FileScope.Covers(actor, permission, file.Registered, file.Lives) ? file : FileScope.OutOfScope;
    }
}
