using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>
/// Renews the findings of all files: opens what holds now, closes what the lists no longer show, leaves alone what stands. A finding
/// that a case has answered opens again only when its rows say something else.
/// </summary>
internal sealed class UpdateFindings(Store store, TimeProvider clock, IDwellings dwellings, DistrictFacts facts, DistrictLists lists,
    IEnumerable<IFindingListener> listeners)
{
    private const int RowsPerUnit = 5_000;
    private static readonly string[] Columns = ["id", "kind", "file", "source", "row", "args", "state", "opened_at", "place"];
    internal static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<(int Opened, int Closed)> Run(Dictionary<PersonId, List<Record>> people, Dictionary<PersonId, Summary> summaries)
    {
        var rules = new FindingRules(store.Read(session => ReferenceDay(session, clock)), dwellings.StreetsOfGrids(), SharedNumbers(people).Contains, facts.OtherProvince);
        var held = store.Read(session => session.Query<Held>("select id, kind, file, source, row, args, state from people_finding order by opened_at, id"))
            .GroupBy(row => (row.Kind, row.File)).ToDictionary(group => group.Key, group => group.Last());
        var fresh = new List<(FindingRow Row, object?[] Values)>();
        var moved = new List<(Held Held, Found Found, string Args)>();
        var reopened = new List<(Held Held, Found Found, string Args)>();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var doubtful = store.Read(session => DoubtfulAbsence.All(session, lists));
        foreach (var (file, rows) in people)
        {
            foreach (var found in rules.Of(rows))
            {
                if (found.Kind == DoubtfulAbsence.Kind && doubtful.Contains(file)) continue;
                var args = JsonSerializer.Serialize(found.Args, Json);
                if (held.Remove((found.Kind, file), out var was))
                {
                    if (was.State == "gone")
                    {
                        reopened.Add((was, found, args));
                        continue;
                    }
                    if (was.Args == args && was.Row == found.Row.Row || was.State == "answered" && was.Args == args) continue;
                    moved.Add((was, found, args));
                    continue;
                }
                var id = Guid.CreateVersion7();
                var place = PlaceOf(found, summaries[file]);
                fresh.Add((new FindingRow(id, found.Kind, file, found.Row.Source, found.Row.Row, args, place),
                    [id, found.Kind, file.Value, found.Row.Source, (long)found.Row.Row, args, "open", now, place]));
            }
        }
        foreach (var chunk in fresh.Chunk(RowsPerUnit))
            await store.Write(session =>
            {
                Store.Bulk(session, "people_finding", Columns, chunk.Select(finding => finding.Values));
                foreach (var listener in listeners)
                    foreach (var finding in chunk) listener.Opened(session, finding.Row, summaries[finding.Row.File]);
            });
        await Reopen(reopened, summaries);
        await Update(moved);
        var gone = held.Values.Where(finding => finding.State != "gone").ToList();
        await Close(gone, now);
        return (fresh.Count + reopened.Count, gone.Count(finding => finding.State == "open"));
    }

    /// <summary>The last day of the month of the full lists, on which "more than 30 days old" is judged.</summary>
    internal static DateOnly ReferenceDay(Session session, TimeProvider clock)
    {
        var period = session.Scalar<string>("select max(period) from people_import where state = 'taken' and list = 'full' and period <> ''");
        return period is { Length: > 0 } && VagueDate.TryParse(period, out var date) ? date.Latest : clock.Today();
    }

    /// <summary>Where the question is asked: the grid of residence, since a person registered in one grid and living in another is met at home.</summary>
    internal static string PlaceOf(Found found, Summary summary) =>
        found.Kind == "separated" && found.Row.Grid is { } grid ? grid : summary.Lives.Length > 0 ? summary.Lives : found.Row.Grid ?? summary.Registered;

    /// <summary>Numbers that stand on rows of two people or more.</summary>
    private static HashSet<string> SharedNumbers(Dictionary<PersonId, List<Record>> people)
    {
        var owner = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, rows) in people)
            foreach (var row in rows)
                if (row.Number is { } number && !owner.TryAdd(number, file) && owner[number] != file) shared.Add(number);
        return shared;
    }

    /// <summary>What was gone and is there again is the same finding; whether somebody is asked again is for Cases to say.</summary>
    private async Task Reopen(List<(Held Held, Found Found, string Args)> reopened, Dictionary<PersonId, Summary> summaries)
    {
        foreach (var chunk in reopened.Chunk(RowsPerUnit))
            await store.Write(session =>
            {
                var open = session.Prepared("update people_finding set source = @p0, row = @p1, args = @p2, state = 'open', closed_at = null, closed_why = '', place = @p3 where id = @p4");
                foreach (var (was, found, args) in chunk)
                {
                    var place = PlaceOf(found, summaries[was.File]);
                    open.With(found.Row.Source, (long)found.Row.Row, args, place, was.Id).Execute();
                    foreach (var listener in listeners)
                        listener.Opened(session, new FindingRow(was.Id, was.Kind, was.File, found.Row.Source, found.Row.Row, args, place), summaries[was.File]);
                }
            });
    }

    private async Task Update(List<(Held Held, Found Found, string Args)> moved)
    {
        foreach (var chunk in moved.Chunk(RowsPerUnit))
            await store.Write(session =>
            {
                var update = session.Prepared("update people_finding set source = @p0, row = @p1, args = @p2, state = @p3 where id = @p4");
                foreach (var (was, found, args) in chunk)
                    update.With(found.Row.Source, (long)found.Row.Row, args, was.State == "answered" && was.Args != args ? "open" : was.State, was.Id).Execute();
            });
    }

    private async Task Close(IEnumerable<Held> gone, long now)
    {
        foreach (var chunk in gone.Chunk(RowsPerUnit))
            await store.Write(session =>
            {
                var close = session.Prepared("update people_finding set state = 'gone', closed_at = @p0, closed_why = 'lists' where id = @p1");
                foreach (var finding in chunk)
                {
                    close.With(now, finding.Id).Execute();
                    foreach (var listener in listeners) listener.Gone(session, finding.Id, finding.Kind, finding.File);
                }
            });
    }

    private sealed record Held(Guid Id, string Kind, PersonId File, string Source, long Row, string Args, string State);
}

internal sealed record FindingRow(Guid Id, string Kind, PersonId File, string Source, int Row, string Args, string Place);

/// <summary>Told in the same unit when a finding opens or is gone.</summary>
internal interface IFindingListener
{
    void Opened(Session session, FindingRow finding, Summary summary);

    void Gone(Session session, Guid finding, string kind, PersonId file);
}
