using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Immunization;

/// <summary>A nurse writes down what a doctor or a laboratory found, ends it when it is over, or takes back what was written
/// wrongly. Nothing is overwritten.</summary>
internal sealed class RecordState(Store store, IPersonCards persons, RuleBooks rules, StateRecords states, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> EvidenceKinds = ["birth_record", "doctor", "laboratory", "discharge", "guardian", "other"];

    /// <returns>Refusals: <c>immunization.state.*</c> named for the field, <c>immunization.state.twice</c>,
    /// <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    public async Task<Outcome<Done>> Record(Actor actor, PersonId id, StateTold told)
    {
        var opened = await persons.Open(actor, ImmunizationPermissions.States, id, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        if (Wrong(opened.Value, told) is { } wrong) return wrong;
        var ids = await persons.IdsNow(opened.Value.Id, CancellationToken.None);
        return await store.Write<Outcome<Done>>(session =>
        {
            if (states.Standing(session, ids).Exists(row => row.Told.Observation == told.Observation && row.Told.Over is null))
                return Refusal.Of("immunization.state.twice", "This state is written down already.");
            states.Keep(session, opened.Value.Id, told with { Over = null }, StateAct.Told, null, actor);
            return Done.It;
        });
    }

    /// <param name="over">The first day on which it no longer held.</param>
    /// <param name="why">Never empty.</param>
    /// <returns>Refusals: <c>immunization.state.over</c>, <c>.why</c>, <c>.gone</c>, <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    public Task<Outcome<Done>> End(Actor actor, PersonId id, long state, DateOnly? over, string why) => Replace(actor, id, state, why, row =>
        over is { } day && day > row.Told.Since && day <= clock.Today()
            ? (row.Told with { Over = day, Note = why }, StateAct.Ended)
            : Refusal.Of("immunization.state.over", "Write the first day on which it no longer held: after it began, not later than today."));

    /// <param name="why">Never empty: a state taken back without a reason would be a state lost.</param>
    /// <returns>Refusals: <c>immunization.state.why</c>, <c>.gone</c>, <c>people.not_found</c>, <c>people.out_of_scope</c>.</returns>
    public Task<Outcome<Done>> Withdraw(Actor actor, PersonId id, long state, string why) =>
        Replace(actor, id, state, why, row => (row.Told with { Note = why }, StateAct.Withdrawn));

    /// <summary>What keeps a state from being written down; null when nothing does.</summary>
    public Refusal? Wrong(PersonCard person, StateTold told)
    {
        var today = clock.Today();
        return Refusal.All(
            rules.On(today).Book.State(told.Observation) is null
                ? Refusal.Of("immunization.state.observation", "Choose the state of health.") : null,
            told.Since is not { } since || since > today || since < ShowRecord.FirstDay(person)
                ? Refusal.Of("immunization.state.since", "Write since when, not before birth and not later than today.") : null,
            EvidenceKinds.Contains(told.Evidence) ? null : Refusal.Of("immunization.state.evidence", "Say on which evidence."));
    }

    private async Task<Outcome<Done>> Replace(Actor actor, PersonId id, long state, string why,
        Func<StateRow, Outcome<(StateTold Told, StateAct Act)>> decide)
    {
        var opened = await persons.Open(actor, ImmunizationPermissions.States, id, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        var unsaid = why.Length == 0 ? Refusal.Of("immunization.state.why", "Say why.") : null;
        var ids = await persons.IdsNow(opened.Value.Id, CancellationToken.None);
        return await store.Write<Outcome<Done>>(session =>
        {
            if (states.Find(session, state, ids) is not { } row)
                return Refusal.Of("immunization.state.gone", "This state was ended or taken back meanwhile. Look at the page again.");
            var decided = decide(row);
            if (Refusal.All(decided.Refusal, unsaid) is { } wrong) return wrong;
            states.Keep(session, row.Person, decided.Value.Told, decided.Value.Act, row.Id, actor);
            return Done.It;
        });
    }
}
