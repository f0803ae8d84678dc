using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Districts;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>The findings of one file after an act changed its rows, by the same rules and the same decision that judge the whole district.</summary>
internal sealed class RenewFindings(NumberVault vault, TimeProvider clock, IDwellings dwellings, DistrictFacts facts, DistrictLists lists,
    WriteFindings write)
{
    /// <param name="rows">The file's live rows ordered by source and row; none closes every finding of the file.</param>
    public void Run(Session session, PersonId file, IReadOnlyList<Record> rows, Summary? summary)
    {
        var rules = new FindingRules(UpdateFindings.ReferenceDay(session, clock), dwellings.StreetOfGrid, number => IsShared(session, file, number),
            facts.OtherProvince);
        var found = rules.Of(rows).Where(found => found.Kind != DoubtfulAbsence.Kind || !DoubtfulAbsence.Of(session, lists, file));
        write.Run(session, [.. FindingTransition.Of(file, rows.Count == 0 ? [] : found, StoodFinding.Of(session, file), summary)], "act");
    }

    private bool IsShared(Session session, PersonId file, string number) => session.Scalar<long>($"""
        select count(*) from people_record r join people_import i on i.id = r.import join people_member m on m.lineage = r.lineage
        where r.token = @token and {LiveRecords.NotEnded} and i.state = 'taken' and m.file <> @file
        """, new { token = vault.Token(number), file }) > 0;
}
