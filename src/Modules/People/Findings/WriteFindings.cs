using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.Platform.Storage;

namespace Legwork.People.Findings;

/// <summary>Writes what was decided about findings and tells who listens, in one unit; the only writer of what lists show.</summary>
internal sealed class WriteFindings(TimeProvider clock, IEnumerable<IFindingListener> listeners)
{
    private static readonly string[] Columns = ["id", "kind", "file", "source", "row", "args", "state", "opened_at", "place"];

    /// <param name="why">What closes a finding that is not found any more: <c>lists</c>, or an <c>act</c> of a person.</param>
    public void Run(Session session, IReadOnlyCollection<FindingTransition> transitions, string why)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var opened = transitions.Where(transition => transition.Step == FindingStep.Open)
            .Select(transition => Row(transition, Guid.CreateVersion7(), PlaceOf(transition.Found!, transition.Summary!))).ToList();
        if (opened.Count > 0) Store.Bulk(session, "people_finding", Columns, opened.Select(row => Values(row.Finding, now)));
        foreach (var (finding, summary) in opened) TellOpened(session, finding, summary);
        foreach (var transition in transitions) Apply(session, transition, now, why);
    }

    private void Apply(Session session, FindingTransition transition, long now, string why)
    {
        switch (transition)
        {
            case { Step: FindingStep.Reopen or FindingStep.AskAgain, Stood: { } stood, Found: { } found, Summary: { } summary }:
                var place = PlaceOf(found, summary);
                session.Prepared("""
                    update people_finding set source = @p0, row = @p1, args = @p2, place = @p3, state = 'open', closed_at = null, closed_why = ''
                    where id = @p4
                    """).With(found.Row.Source, (long)found.Row.Row, transition.Args, place, stood.Id).Execute();
                TellOpened(session, Row(transition, stood.Id, place).Finding, summary);
                break;
            case { Step: FindingStep.Move or FindingStep.Change, Stood: { } stood, Found: { } found, Summary: { } summary }:
                session.Prepared("update people_finding set source = @p0, row = @p1, args = @p2 where id = @p3")
                    .With(found.Row.Source, (long)found.Row.Row, transition.Args, stood.Id).Execute();
                // Its place stays that of its case until the case moves.
                if (transition.Step == FindingStep.Change) TellOpened(session, Row(transition, stood.Id, stood.Place).Finding, summary);
                break;
            case { Step: FindingStep.Close, Stood: { } stood }:
                session.Prepared("update people_finding set state = 'gone', closed_at = @p0, closed_why = @p1 where id = @p2")
                    .With(now, why, stood.Id).Execute();
                foreach (var listener in listeners) listener.Gone(session, stood.Id, stood.Kind, stood.File);
                break;
        }
    }

    private void TellOpened(Session session, FindingRow finding, Summary summary)
    {
        foreach (var listener in listeners) listener.Opened(session, finding, summary);
    }

    private static (FindingRow Finding, Summary Summary) Row(FindingTransition transition, Guid id, string place)
    {
        var found = transition.Found!;
        var row = new FindingRow(id, found.Kind, transition.File, found.Row.Source, found.Row.Row, transition.Args, place, transition.SaysElse);
        return (row, transition.Summary!);
    }

    private static object?[] Values(FindingRow finding, long now) =>
        [finding.Id, finding.Kind, finding.File.Value, finding.Source, (long)finding.Row, finding.Args, "open", now, finding.Place];

    /// <summary>Where the question is asked: the grid of residence; who is registered in one grid and lives in another is met at home.</summary>
    private static string PlaceOf(Found found, Summary summary) => found.Kind == "separated" && found.Row.Grid is { } grid ? grid
        : summary.Lives.Length > 0 ? summary.Lives : found.Row.Grid ?? summary.Registered;
}

/// <param name="SaysElse">Whether it stood before and says something else now: an answer given then does not answer it.</param>
internal sealed record FindingRow(Guid Id, string Kind, PersonId File, string Source, int Row, string Args, string Place, bool SaysElse);

/// <summary>Told in the same unit, whether one file is judged or the whole district.</summary>
internal interface IFindingListener
{
    /// <summary>A finding is open: it was found, found again, or says something else now.</summary>
    void Opened(Session session, FindingRow finding, Summary summary);

    void Gone(Session session, Guid finding, string kind, PersonId file);
}
