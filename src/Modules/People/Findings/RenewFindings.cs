using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>The findings of one file after an act changed its rows, by the same rules that judge the whole district.</summary>
internal sealed class RenewFindings(NumberVault vault, TimeProvider clock, IDwellings dwellings, DistrictFacts facts, DistrictLists lists,
    IEnumerable<IFindingListener> listeners)
{
    /// <param name="rows">The file's live rows ordered by source and row; none closes every finding of the file.</param>
    public void Run(Session session, PersonId file, IReadOnlyList<Record> rows, Summary? summary)
    {
        var rules = new FindingRules(UpdateFindings.ReferenceDay(session, clock), dwellings.StreetOfGrid, number => IsShared(session, file, number),
            facts.OtherProvince);
        var held = session.Query<Held>("select id, kind, args, state from people_finding where file = @file and state <> 'gone'", new { file })
            .GroupBy(finding => finding.Kind).ToDictionary(group => group.Key, group => group.Last());
        foreach (var found in rows.Count == 0 ? [] : rules.Of(rows))
        {
            if (found.Kind == DoubtfulAbsence.Kind && DoubtfulAbsence.Of(session, lists, file)) continue;
            var args = JsonSerializer.Serialize(found.Args, UpdateFindings.Json);
            if (!held.Remove(found.Kind, out var was)) Open(session, file, found, args, summary!);
            else if (was.Args != args)
                session.Execute("update people_finding set source = @Source, row = @row, args = @args, state = 'open' where id = @Id",
                    new { found.Row.Source, row = (long)found.Row.Row, args, was.Id });
        }
        foreach (var gone in held.Values)
        {
            session.Execute("update people_finding set state = 'gone', closed_at = @at, closed_why = 'act' where id = @Id", new { at = clock.GetUtcNow(), gone.Id });
            foreach (var listener in listeners) listener.Gone(session, gone.Id, gone.Kind, file);
        }
    }

    private void Open(Session session, PersonId file, Found found, string args, Summary summary)
    {
        var place = UpdateFindings.PlaceOf(found, summary);
        // An act undone within the same instant opens the very finding that it closed.
        var id = session.Query<Guid>("""
            insert into people_finding (id, kind, file, source, row, args, state, opened_at, place) values (@id, @Kind, @file, @Source, @row, @args, 'open', @at, @place)
            on conflict (kind, file, opened_at) do update set state = 'open', closed_at = null, closed_why = '', args = excluded.args, source = excluded.source, row = excluded.row
            returning id
            """, new { id = Guid.CreateVersion7(), found.Kind, file, found.Row.Source, row = (long)found.Row.Row, args, at = clock.GetUtcNow(), place })[0];
        foreach (var listener in listeners) listener.Opened(session, new FindingRow(id, found.Kind, file, found.Row.Source, found.Row.Row, args, place), summary);
    }

    private bool IsShared(Session session, PersonId file, string number) => session.Scalar<long>("""
        select count(*) from people_record r join people_import i on i.id = r.import join people_member m on m.lineage = r.lineage
        where r.token = @token and r.ended_by is null and i.state = 'taken' and m.file <> @file
        """, new { token = vault.Token(number), file }) > 0;

    private sealed record Held(Guid Id, string Kind, string Args, string State);
}
