using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>
/// Files of which nobody can say yet that no trace of residence is known: a clerk has still to decide whether a ledger row that belongs to
/// nobody is this person's. Data first, a knock at the door last (社会保险经办条例 art. 26),
/// so nothing is claimed until that is decided, or the clerk says that papers cannot decide it.
/// </summary>
internal static class DoubtfulAbsence
{
    public const string Kind = "empty_registration";

    private const string Sql = $"""
        select p.file from (
            select file_a as file, file_b as other from people_pair where state in ('open', 'confirm') and verdict <> 'unsure'
            union all select file_b, file_a from people_pair where state in ('open', 'confirm') and verdict <> 'unsure') p
        where exists (select 1 from people_member m where m.file = p.other) and not exists (
            select 1 from people_member m join people_record r on r.lineage = m.lineage
            where m.file = p.other and {LiveRecords.NotEnded} and r.source <> @ledger)
        """;

    public static HashSet<PersonId> All(Session session, DistrictLists lists) =>
        [.. session.Query<PersonId>(Sql, new { ledger = lists.Title(Sources.Ledger) })];

    public static bool Of(Session session, DistrictLists lists, PersonId file) =>
        session.Query<PersonId>(Sql + " and p.file = @file", new { ledger = lists.Title(Sources.Ledger), file }).Count > 0;
}
