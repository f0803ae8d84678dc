using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Files' numbers, read without the rest of the files: stated on evidence first, then a valid one by the order of lists.</summary>
internal static class NumberInForce
{
    public static string? Of(Session session, NumberVault vault, DistrictLists lists, PersonId file) =>
        Session.AtHand(OfAsync(session, vault, lists, [file.Value])).GetValueOrDefault(file.Value);

    /// <returns>The numbers by file; files without a number are missing.</returns>
    public static async Task<Dictionary<Guid, string>> OfAsync(Session session, NumberVault vault, DistrictLists lists, IReadOnlyList<Guid> files)
    {
        var numbers = new Dictionary<Guid, string>(files.Count);
        foreach (var some in files.Chunk(ManyFiles.Max)) await Read(session, vault, lists, some, numbers);
        return numbers;
    }

    private static async Task Read(Session session, NumberVault vault, DistrictLists lists, Guid[] files, Dictionary<Guid, string> numbers)
    {
        var body = new RecordBody(vault);
        var rows = new Dictionary<Guid, List<(int Rank, string Body)>>();
        await using (var reader = await ManyFiles.Of(session, $"""
            select m.file, r.source, r.body from people_member m join people_record r on r.lineage = m.lineage join people_import i on i.id = r.import
            where m.file in ({ManyFiles.Marks}) and r.token is not null and {LiveRecords.NotEnded} and i.state = 'taken' order by r.id
            """, files).ReadAsync())
        {
            while (reader.Read())
            {
                var file = reader.GetGuid(0);
                if (!rows.TryGetValue(file, out var own)) rows[file] = own = [];
                own.Add((Sources.Rank(lists.Meaning(reader.GetString(1))), reader.GetString(2)));
            }
        }
        foreach (var (file, own) in rows)
            if (Best(body, own) is { } number) numbers[file] = number;
        await using var stated = await ManyFiles.Of(session, $"""
            select m.file, s.value from people_member m join people_statement s on s.lineage = m.lineage
            where m.file in ({ManyFiles.Marks}) and s.field = 'number' and s.withdrawn_at is null order by s.learned_at, s.id
            """, files).ReadAsync();
        while (stated.Read()) numbers[stated.GetGuid(0)] = vault.Open(Convert.FromBase64String(stated.GetString(1)));
    }

    // Opening a number costs more than reading its row: the first valid one ends the search.
    private static string? Best(RecordBody body, List<(int Rank, string Body)> rows)
    {
        string? invalid = null;
        foreach (var (_, text) in rows.OrderBy(row => row.Rank))
        {
            if (body.Number(text) is not { } number) continue;
            if (ResidentNumber.IsValid(number)) return number;
            invalid ??= number;
        }
        return invalid;
    }
}

/// <summary>One compiled statement for a page of files: the places that are not needed name the first file again.</summary>
internal static class ManyFiles
{
    public const int Max = 20;

    public static readonly string Marks = string.Join(", ", Enumerable.Range(0, Max).Select(i => $"@p{i}"));

    /// <param name="sql">Has <see cref="Marks"/> where the files stand, and no other parameter.</param>
    /// <param name="files">One to <see cref="Max"/>.</param>
    public static PreparedCommand Of(Session session, string sql, IReadOnlyList<Guid> files)
    {
        var values = new object?[Max];
        for (var i = 0; i < Max; i++) values[i] = files[i < files.Count ? i : 0];
        return session.Prepared(sql).With(values);
    }

    /// <summary>The kinds of findings that stand open, by file. Asked by file alone: most findings of a district are open.</summary>
    public static async Task<ILookup<Guid, string>> OpenFindings(Session session, IReadOnlyList<Guid> files)
    {
        var found = new List<(Guid File, string Kind)>();
        foreach (var some in files.Chunk(Max))
        {
            await using var reader = await Of(session,
                $"select file, kind, state from people_finding where file in ({Marks}) order by file, kind", some).ReadAsync();
            while (reader.Read())
                if (reader.GetString(2) == "open") found.Add((reader.GetGuid(0), reader.GetString(1)));
        }
        return found.ToLookup(finding => finding.File, finding => finding.Kind);
    }
}
