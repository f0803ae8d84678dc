using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>
/// Where every act on a case passes: load on a reader, decide purely, then one unit that writes the state <c>where version = @v</c>,
/// the history, the evidence and the events, or nothing.
/// </summary>
internal sealed class CaseDesk(Store store, Outbox outbox, CaseRules rules, WorkingCalendar calendar, NumberVault numbers, EvidenceVault evidence,
    PlaceNames places, TimeProvider clock)
{
    private static readonly TimeSpan OfflineMax = TimeSpan.FromDays(3);

    /// <summary>Does acts one after the other on a case as it stood at <paramref name="version"/>: all of them or none.</summary>
    /// <param name="key">The sender's; the same key again is refused with <c>cases.taken_already</c>.</param>
    /// <param name="doneAt">When it was done, if that was earlier (a telephone without network).</param>
    /// <returns>Refusals: <c>cases.not_found</c>, <c>cases.out_of_scope</c>, <c>cases.stale</c>, and what the acts themselves refuse.</returns>
    public async Task<Outcome<Case>> Do(Actor actor, CaseId id, long version, IReadOnlyList<CaseAct> acts,
        Guid? key = null, DateTimeOffset? doneAt = null)
    {
        var now = clock.GetUtcNow();
        var decided = await store.ReadAsync<Outcome<Decided>>(async session =>
        {
            var found = await CaseRows.FindAsync(session, id);
            if (found is null) return Refusal.Of("cases.not_found", "There is no such case.");
            // Looked up after the case: whoever took the act in between has left both its key and a newer version.
            if (key is { } sent && HistoryRows.Taken(session, sent) is not null) return TakenAlready;
            return Decide(session, actor, found, version, acts, AsOf(doneAt, now));
        }, CancellationToken.None);
        if (!decided.Ok) return decided.Refusal!;
        var (steps, worker, from) = decided.Value;
        // A case at a place that nobody has would be out of everyone's sight.
        if (steps[^1].After.Place is var to && to != from && !await places.Knows(to, CancellationToken.None))
            return Refusal.Of("cases.place", "No list of the district has a place of this code.");
        var save = Saving(steps, worker, version, now, AsOf(doneAt, now), key);
        if (!IsReopened(steps) && await store.Write(save)) return steps[^1].After;
        return await store.Write(session => Save(session, save, steps, key));
    }

    public Task<Outcome<Case>> Do(Actor actor, CaseId id, long version, CaseAct act) => Do(actor, id, version, [act]);

    /// <summary>An act of the machine inside someone else's unit: a withdrawal, a grid that changed.</summary>
    public Outcome<Case> DoByMachine(Session session, Case @case, CaseAct act)
    {
        var now = clock.GetUtcNow();
        var step = act.On(@case, new Setting(Worker.Machine, rules[@case.Kind], calendar, now));
        return step.Ok ? Save(session, Saving([step.Value], Worker.Machine, @case.Version, now, now, null), [step.Value], null) : step.Refusal!;
    }

    /// <summary>A new case inside its owner's unit; false when the matter has an open one.</summary>
    public bool Save(Session session, Step opened, DateTimeOffset now)
    {
        var unit = CaseRows.Add(opened.After);
        HistoryRows.Add(unit, opened, Worker.Machine, now, now, null);
        Tell(unit, opened, Worker.Machine, now);
        return unit.In(session);
    }

    /// <summary>What was done without network is decided as of then: in the last days, and never in the future,
    /// whatever the device's clock says.</summary>
    internal static DateTimeOffset AsOf(DateTimeOffset? doneAt, DateTimeOffset now) =>
        doneAt is { } at && at < now ? (at > now - OfflineMax ? at : now - OfflineMax) : now;

    private static Refusal TakenAlready => Refusal.Of("cases.taken_already", "This was sent before and is taken.");

    private Outcome<Decided> Decide(Session session, Actor actor, Case found, long version, IReadOnlyList<CaseAct> acts, DateTimeOffset now)
    {
        // Whoever may not see a case learns nothing of it, its version included.
        var workers = CaseScope.WorkersFor(session, actor, acts[0].Right, rules[found.Kind], found, now);
        if (workers.Count == 0) return OutOfScope;
        if (found.Version != version) return Stale;
        // Someone with two roles acts in the one that the rules let act.
        var outcomes = workers.Select(worker => Decide(session, actor, worker, found, acts, now));
        Outcome<Decided>? first = null;
        foreach (var outcome in outcomes)
        {
            if (outcome.Ok) return outcome;
            first ??= outcome;
        }
        return first!.Value;
    }

    private Outcome<Decided> Decide(Session session, Actor actor, Worker worker, Case found, IReadOnlyList<CaseAct> acts, DateTimeOffset now)
    {
        var steps = new List<Step>(acts.Count);
        var (at, kind) = (found, rules[found.Kind]);
        foreach (var act in acts)
        {
            if (act.Right != acts[0].Right && CaseScope.WorkersFor(session, actor, act.Right, kind, found, now).Count == 0)
                return OutOfScope;
            if (act.Towards is { } place && !actor.May(kind.Access[act.Right], place))
                return Refusal.Of("cases.out_of_scope",
                    "That place is not one you are responsible for; hand the case over to its supervisor instead.");
            var step = act.On(at, new Setting(worker, kind, calendar, now));
            if (!step.Ok) return step.Refusal!;
            steps.Add(SealedDetails.Seal(step.Value, numbers));
            at = steps[^1].After;
        }
        return new Decided(steps, worker, found.Place);
    }

    private DecidedUnit Saving(IReadOnlyList<Step> steps, Worker worker, long version, DateTimeOffset now, DateTimeOffset doneAt, Guid? key)
    {
        var after = steps[^1].After;
        var unit = CaseRows.Change(after, version);
        for (var i = 0; i < steps.Count; i++)
        {
            HistoryRows.Add(unit, steps[i], worker, now, doneAt, i == steps.Count - 1 ? key : null);
            if (steps[i].Evidence is { } piece)
                EvidenceRows.Add(unit, after.Id, piece, evidence.Seal(piece.Id, piece.Bytes), worker.Account, now);
            Tell(unit, steps[i], worker, now);
        }
        return unit;
    }

    /// <summary>Saves what asks the storage once more: a case reopened beside another one, and one that somebody else was quicker with.</summary>
    private static Outcome<Case> Save(Session session, DecidedUnit save, IReadOnlyList<Step> steps, Guid? key)
    {
        var after = steps[^1].After;
        if (IsReopened(steps) && CaseRows.OpenOf(session, after.Kind, after.Subject, after.Origin).Count > 0)
            return Refusal.Of("cases.open_already", "Another case of this matter is open; work on that one.");
        if (save.In(session)) return after;
        return key is { } sent && HistoryRows.Taken(session, sent) is not null ? TakenAlready : Stale;
    }

    private static bool IsReopened(IReadOnlyList<Step> steps) => steps[0].From == CaseState.Closed && !steps[^1].After.IsOver;

    private static Refusal OutOfScope => Refusal.Of("cases.out_of_scope", "This case is not in a place you work for.");

    private static Refusal Stale => Refusal.Of("cases.stale", "Someone else has worked on this case meanwhile. Look at it again.");

    private void Tell(DecidedUnit unit, Step step, Worker worker, DateTimeOffset now)
    {
        var @case = step.After;
        var body = new CaseResult(@case.Id, @case.Kind, @case.Subject, @case.Origin, @case.Place, Words.Of(@case.State), @case.Answer, @case.Result,
            @case.Details, [.. @case.EvidenceHeld(rules[@case.Kind]).Select(Words.Of)], worker.Account, @case.AnsweredBy, @case.Version, now);
        foreach (var kind in step.Events) outbox.Tell(unit, kind, @case.Subject, body);
    }

    private sealed record Decided(IReadOnlyList<Step> Steps, Worker Worker, string From);
}
