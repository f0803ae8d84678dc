using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Matching;

/// <summary>
/// Brings single files up to what their rows and statements say, inside the unit of the act that changed them: summary, names to be
/// found by, and findings. The whole district is brought up to date by <see cref="UpdateFiles"/>, with the same decisions.
/// </summary>
internal sealed class RenewFiles(NumberVault vault, DistrictLists lists, IDwellings dwellings, StatedValues stated, WriteFiles write,
    RenewFindings findings)
{
    public void Run(Session session, params IEnumerable<PersonId> files)
    {
        foreach (var file in files.Distinct()) Renew(session, file);
    }

    /// <summary>What a file's rows and statements say of it; null when no list holds it any more.</summary>
    public Summary? SummaryOf(Session session, PersonId file) => Rows(session, file) is { Count: > 0 } rows ? SummaryOf(session, file, rows) : null;

    private Summary SummaryOf(Session session, PersonId file, List<Record> rows) =>
        stated.Over(session, Summary.Of(file, rows, dwellings.Codes));

    private List<Record> Rows(Session session, PersonId file)
    {
        var rows = LoadRecords.OfFile(session, vault, lists, file);
        rows.RemoveAll(row => !row.IsPerson);
        rows.Sort(static (a, b) => (Sources.Rank(a.Means), a.Row, a.Id).CompareTo((Sources.Rank(b.Means), b.Row, b.Id)));
        dwellings.Resolve(rows);
        return rows;
    }

    private void Renew(Session session, PersonId file)
    {
        // Before its rows are read: two nodes that renew one file do so one after the other.
        var stood = StoodFile.Of(session, file);
        var rows = Rows(session, file);
        if (rows.Count == 0)
        {
            WriteFiles.RunEmpty(session, file);
            findings.Run(session, file, [], null);
            return;
        }
        var summary = SummaryOf(session, file, rows);
        write.Run(session, [write.Decide(stood, summary)]);
        RenewNames(session, summary);
        findings.Run(session, file, rows, summary);
    }

    private static void RenewNames(Session session, Summary summary)
    {
        var stood = session.Query<string>("select name from people_alias where file = @File", summary).ToHashSet(StringComparer.Ordinal);
        foreach (var name in summary.Names.Distinct(StringComparer.Ordinal))
        {
            if (stood.Remove(name)) continue;
            session.Prepared("insert into people_alias (name, file) values (@p0, @p1)").With(name, summary.File.Value).Execute();
            foreach (var token in NameTokens.Of(name).Distinct(StringComparer.Ordinal))
                session.Prepared("insert into people_name (token, name) values (@p0, @p1) on conflict (token, name) do nothing")
                    .With(token, name).Execute();
        }
        foreach (var gone in stood)
            session.Prepared("delete from people_alias where name = @p0 and file = @p1").With(gone, summary.File.Value).Execute();
    }
}
