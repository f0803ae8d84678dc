using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization;

/// <summary>
/// Takes a clinic's list of states of health, read by the layout <c>clinics/states.yaml</c> of the district, in small units. Each state is true
/// of its person alone; that the list was taken is remembered last, so after a kill it is taken again, and what it told already is known.
/// </summary>
internal sealed class TakeStates(Store store, IPersonCards persons, ClinicLists lists, StateRecords states, RuleBooks rules, TimeProvider clock)
{
    // Each looks twice for what is known of the person.
    private const int StatesPerUnit = 100;

    /// <returns>Refusals: <c>immunization.import.name</c>, <c>registers.*</c> of a file that is no such list.</returns>
    public async Task<Outcome<DosesTaken>> Run(string path, Actor actor)
    {
        var opened = lists.Open(path, "state");
        if (!opened.Ok) return opened.Refusal!;
        var list = opened.Value;
        if (list.TakenBefore) return new DosesTaken(list.Name, list.Rows, 0, list.Rows, []);
        var (read, leftOut) = Read(list);
        var learned = 0;
        foreach (var some in read.Chunk(StatesPerUnit))
            learned += await store.Write(session => some.Count(row => Take(session, row.Person, row.Ids, row.Told, actor)));
        return await store.Write(session => lists.Taken(session, list, learned, read.Count - learned, leftOut, actor));
    }

    /// <summary>What the list says anew. What was taken back stays so, a state that lasts is told once, and the end of one ends it.</summary>
    private bool Take(Session session, PersonId person, IReadOnlyList<PersonId> ids, StateTold told, Actor actor)
    {
        var ever = states.All(session, ids).FindAll(row => row.Told.Observation == told.Observation);
        if (ever.Exists(row => row.Told.Since == told.Since && (row.Told.Over == told.Over || row.Act == StateAct.Withdrawn))) return false;
        var lasting = states.Standing(session, ids).Find(row => row.Told.Observation == told.Observation && row.Told.Over is null);
        if (lasting is not null && told.Over is null) return false;
        var ended = lasting is not null && lasting.Told.Since == told.Since ? lasting : null;
        states.Keep(session, ended?.Person ?? person, told, told.Over is null ? StateAct.Told : StateAct.Ended, ended?.Id, actor);
        return true;
    }

    private (List<(PersonId Person, IReadOnlyList<PersonId> Ids, StateTold Told)> Read, List<RowLeftOut> LeftOut) Read(ClinicList list)
    {
        var (book, today, find) = (rules.On(clock.Today()).Book, clock.Today(), lists.Finder());
        var (read, leftOut) = (new List<(PersonId, IReadOnlyList<PersonId>, StateTold)>(), new List<RowLeftOut>());
        foreach (var row in list.File.Rows())
        {
            var over = ClinicLists.Day(row, "until");
            if (book.StateWritten(row["state"] ?? "") is not { } state) leftOut.Add(new RowLeftOut(row.Number, "state"));
            else if (ClinicLists.Day(row, "birth") is not { } birth
                || (ClinicLists.Day(row, "since") ?? birth) is var since && (since < birth || since > today || over <= since || over > today))
                leftOut.Add(new RowLeftOut(row.Number, "date"));
            else if (find(row, birth) is not { } person) leftOut.Add(new RowLeftOut(row.Number, "person"));
            else
                read.Add((person, persons.Ids(person),
                    new StateTold(state.Observation, since, over, row["clinic"] ?? list.File.Layout.Source, "list", "")));
        }
        return (read, leftOut);
    }
}
