using System.Security.Cryptography;
using System.Text;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Matching;

internal enum FileStep
{
    /// <summary>It stands as it should, or has neither rows nor a file that its rows went to.</summary>
    Leave,

    Open,

    /// <summary>Its rows say something else, or it has rows again.</summary>
    Change,

    /// <summary>Its rows went to another file: it keeps its id and leads there.</summary>
    Lead,
}

/// <summary>A file as it stands in the table.</summary>
internal sealed record StoodFile(PersonId Id, string State, string Digest)
{
    public static Dictionary<PersonId, StoodFile> All(Session session) =>
        session.Query<StoodFile>("select id, state, digest from people_file").ToDictionary(file => file.Id);

    /// <summary>Kept from others until the unit ends, so that what is judged of it is judged once.</summary>
    public static StoodFile? Of(Session session, PersonId file) => session.First<StoodFile>(
        "select id, state, digest from people_file where id = @file" + (session.Engine == Engine.Postgres ? " for update" : ""), new { file });
}

/// <summary>What becomes of a file, whether one is brought up to date or the whole district.</summary>
internal sealed record FileTransition(FileStep Step, Summary Summary, byte[]? Token, string Digest)
{
    /// <param name="digest">Of what its live rows and statements say; null when no live row is left.</param>
    /// <param name="rowsWentTo">Where most of its rows are now, if that is elsewhere.</param>
    internal static FileStep Decide(StoodFile? stood, string? digest, PersonId? rowsWentTo) => (stood, digest) switch
    {
        (null, null) => FileStep.Leave,
        (null, _) => FileStep.Open,
        (_, null) => rowsWentTo is null ? FileStep.Leave : FileStep.Lead,
        ({ State: "open" }, _) when stood.Digest == digest => FileStep.Leave,
        _ => FileStep.Change,
    };
}

/// <summary>Writes what lists of files and boards show of a file; the only writer of it.</summary>
internal sealed class WriteFiles(NumberVault vault, TimeProvider clock)
{
    private static readonly string[] Columns =
        ["id", "opened_at", "state", "name", "name_bo", "sex", "birth", "token", "registered", "lives", "dwelling", "insured", "household", "digest"];

    public FileTransition Decide(StoodFile? stood, Summary summary)
    {
        var token = summary.Number is null ? null : vault.Token(summary.Number);
        var digest = Digest(summary, token);
        return new FileTransition(FileTransition.Decide(stood, digest, null), summary, token, digest);
    }

    public void Run(Session session, IReadOnlyCollection<FileTransition> transitions)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var opened = transitions.Where(transition => transition.Step == FileStep.Open)
            .Select(transition => new object?[] { transition.Summary.File.Value, now, "open" }.Concat(Values(transition)).ToArray()).ToList();
        if (opened.Count > 0) Store.Bulk(session, "people_file", Columns, opened);
        var update = """
            update people_file set name = @p0, name_bo = @p1, sex = @p2, birth = @p3, token = @p4, registered = @p5, lives = @p6,
                dwelling = @p7, insured = @p8, household = @p9, digest = @p10, state = 'open', merged_into = null where id = @p11
            """;
        Store.Each(session, update, transitions.Where(transition => transition.Step == FileStep.Change)
            .Select(transition => Values(transition).Append(transition.Summary.File.Value).ToArray()));
    }

    /// <summary>A file without live rows leads to the one that its rows went to; its id is never given to another.</summary>
    public static void RunEmpty(Session session, PersonId file)
    {
        var into = RowsWentTo(session, file);
        if (FileTransition.Decide(StoodFile.Of(session, file), null, into) != FileStep.Lead) return;
        session.Execute("update people_file set state = 'merged', merged_into = @into, digest = '' where id = @file", new { into, file });
        session.Execute("delete from people_alias where file = @file", new { file });
    }

    /// <summary>
    /// Rows go for good by matching and by a merger; a split leaves two people, and the file that it was taken back from is empty again.
    /// </summary>
    private static PersonId? RowsWentTo(Session session, PersonId file)
    {
        var empty = session.Scalar<long>("select count(*) from people_member where file = @file", new { file }) == 0;
        var gone = empty ? "(m.from_file = @file or m.to_file = @file)"
            : "m.from_file = @file and a.kind in ('matched', 'merged') and a.undone_at is null";
        var into = session.Query<PersonId>($"""
            select c.file from people_move m join people_act a on a.id = m.act join people_member c on c.lineage = m.lineage
            where {gone} and c.file <> @file group by c.file order by count(*) desc, c.file limit 1
            """, new { file });
        return into.Count == 0 ? null : into[0];
    }

    private static IEnumerable<object?> Values(FileTransition transition)
    {
        var summary = transition.Summary;
        return [summary.Name, summary.NameBo, (long)summary.Sex, summary.Birth.ToString(), transition.Token, summary.Registered, summary.Lives,
            summary.Dwelling, summary.Insured, summary.Household, transition.Digest];
    }

    private static string Digest(Summary summary, byte[]? token)
    {
        var shown = string.Join('\u001f', summary.Name, summary.NameBo, summary.Sex, summary.Birth, token is null ? "" : Convert.ToHexString(token),
            summary.Registered, summary.Lives, summary.Dwelling, summary.Insured, summary.Household);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown))[..12]);
    }
}
