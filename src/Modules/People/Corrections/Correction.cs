using Legwork.Kernel;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Corrections;

/// <summary>What a person asks to have put right.</summary>
/// <param name="State"><c>asked</c>, <c>accepted</c>, <c>refused</c> or <c>withdrawn</c>.</param>
/// <param name="Due">The last day for an answer.</param>
/// <param name="Answer">Why it was refused (PIPL art. 50), or empty.</param>
internal sealed record Correction(Guid Id, PersonId File, long? Lineage, string Field, string Value, string Why, string State,
    DateTimeOffset AskedAt, DateOnly Due, CaseId? Case, DateTimeOffset? AnsweredAt, string Answer);

internal static class AskedCorrections
{
    public const string OriginPrefix = "people/correction/";

    private const string Columns = "select id, file, lineage, field, value, sealed, why, state, asked_at, due, case_id, answered_at, "
        + "answer from people_correction";

    public static async Task<List<Correction>> Of(Session session, NumberVault vault, IEnumerable<PersonId> files)
    {
        var rows = new List<Row>();
        foreach (var file in files) rows.AddRange(await session.QueryAsync<Row>(Columns + " where file = @file", new { file }));
        return [.. rows.Select(row => row.Read(vault)).OrderByDescending(row => row.AskedAt)];
    }

    /// <summary>What nobody has answered yet, by the file that is shown; what was asked of a file that became it counts as its own.</summary>
    public static async Task<ILookup<PersonId, Correction>> Unanswered(Session session, NumberVault vault, IReadOnlyCollection<PersonId> files)
    {
        if (files.Count == 0) return Array.Empty<Correction>().ToLookup(asked => asked.File);
        var rows = await session.QueryAsync<Row>($"""
            with recursive became (file, id) as (select id, id from people_file where {session.Among("id", "files")}
                union select b.file, f.id from people_file f join became b on f.merged_into = b.id)
            select c.id, b.file, lineage, field, value, sealed, why, c.state, asked_at, due, case_id, answered_at, answer
            from became b cross join people_correction c where c.file = b.id and c.state = 'asked'
            """, new { files = files.Select(file => file.Value).ToArray() });
        return rows.Select(row => row.Read(vault)).OrderByDescending(asked => asked.AskedAt).ToLookup(asked => asked.File);
    }

    public static Correction? Find(Session session, NumberVault vault, Guid id) =>
        session.First<Row>(Columns + " where id = @id", new { id })?.Read(vault);

    private sealed record Row(Guid Id, PersonId File, long? Lineage, string Field, string Value, long Sealed, string Why,
        string State, DateTimeOffset AskedAt, DateOnly Due, CaseId? CaseId, DateTimeOffset? AnsweredAt, string Answer)
    {
        public Correction Read(NumberVault vault) =>
            new(Id, File, Lineage, Field, Sealed == 0 ? Value : vault.Open(Convert.FromBase64String(Value)), Why, State, AskedAt, Due,
            CaseId, AnsweredAt, Answer);
    }
}
