using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>What happened to a file, newest first: what lists told, what people stated, which rows came and went, what was found.</summary>
internal static class FileHistory
{
    /// <summary>Longer histories are cut at this many lines; what is in force never depends on them.</summary>
    public const int LinesMax = 200;

    /// <param name="mayShow">Whether a text may be shown to this reader.</param>
    public static async Task<IReadOnlyList<HistoryLine>> Of(Session session, FileRow file, FileFacts facts, IReadOnlyList<FindingLine> findings,
        DateTimeOffset knownOn, Func<string, bool> mayShow)
    {
        var lineages = facts.LineagesOn(knownOn);
        var lines = new List<HistoryLine> { new(file.OpenedAt, "opened", [], "") };
        lines.AddRange(Rows(facts.Versions.Where(version => lineages.Contains(version.Lineage))));
        lines.AddRange(Statements(facts.Statements.Where(statement => lineages.Contains(statement.Lineage)), mayShow));
        lines.AddRange(Acts(facts));
        foreach (var finding in findings)
        {
            lines.Add(new HistoryLine(finding.OpenedAt, "finding", [finding.Kind], ""));
            if (finding.ClosedAt is { } closed) lines.Add(new HistoryLine(closed, "finding_closed", [finding.Kind], ""));
        }
        lines.AddRange((await session.QueryAsync<ProofingRow>("select at, document, actor from people_proofing where file = @Id", file))
            .Select(row => new HistoryLine(row.At, "proofed", [], row.Actor)));
        return [.. lines.Where(line => line.At <= knownOn).OrderByDescending(line => line.At).Take(LinesMax)];
    }

    private static IEnumerable<HistoryLine> Rows(IEnumerable<RowVersion> versions)
    {
        foreach (var chain in versions.GroupBy(version => version.Lineage))
        {
            RowVersion? before = null;
            foreach (var version in chain.OrderBy(version => version.Record))
            {
                yield return new HistoryLine(version.LearnedAt, before is null ? "learned" : "changed",
                    [version.Source, version.FileName, version.Row], "");
                if (version.UndoneAt is { } undone) yield return new HistoryLine(undone, "import_undone", [version.Source, version.FileName], "");
                before = version;
            }
            if (before is { EndedAt: { } ended }) yield return new HistoryLine(ended, "gone", [before.Source, before.EndedPeriod], "");
        }
    }

    private static IEnumerable<HistoryLine> Statements(IEnumerable<Statement> statements, Func<string, bool> mayShow)
    {
        foreach (var statement in statements)
        {
            var value = statement.Field == "number" ? ResidentNumber.Mask(statement.Value) : mayShow(statement.Value) ? statement.Value : "•••";
            yield return new HistoryLine(statement.LearnedAt, "stated", [statement.Field, value], statement.Actor,
                mayShow(statement.Note) ? statement.Note : "", 0,
                statement.WithdrawnAt is null ? statement.Id : 0);
            if (statement.WithdrawnAt is { } withdrawn) yield return new HistoryLine(withdrawn, "withdrawn", [statement.Field, value], "");
        }
    }

    private static IEnumerable<HistoryLine> Acts(FileFacts facts)
    {
        foreach (var act in facts.Moves.Where(move => move.From == facts.File || move.To == facts.File).GroupBy(move => move.Act))
        {
            var move = act.First();
            var other = move.To == facts.File ? move.From : move.To;
            var canBeUndone = move.UndoneAt is null && move.Kind != "matched";
            yield return new HistoryLine(move.At, move.Kind, [act.Count(), other], move.Actor, move.Reason, canBeUndone ? move.Act : 0);
            if (move.UndoneAt is { } undone) yield return new HistoryLine(undone, move.Kind + "_undone", [act.Count(), other], "");
        }
    }

    private sealed record ProofingRow(DateTimeOffset At, string Document, string Actor);
}
