using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Pairs;

/// <summary>What became of a decision.</summary>
internal enum PairDecided
{
    Merged,
    KeptApart,
    Unsure,

    /// <summary>Both files carry an insurance in force, so a second person must confirm.</summary>
    AwaitsSecond,
}

/// <summary>
/// A person says whether two files are one. Merging two files that are both insured changes what somebody is entitled to, so a supervisor other
/// than the one who proposed it confirms (PIPL art. 24: never by machine alone, and here not by one person alone).
/// </summary>
internal sealed class DecidePair(Store store, MoveRows rows, RenewFiles renew, TimeProvider clock)
{
    /// <param name="verdict"><c>same</c>, <c>different</c> or <c>unsure</c>.</param>
    /// <returns>Refusals: <c>people.pair.not_found</c>, <c>people.pair.held</c>, <c>people.pair.verdict</c>,
    /// <c>people.pair.reason</c>, <c>people.out_of_scope</c>.</returns>
    public Task<Outcome<PairDecided>> Run(Actor actor, long id, string verdict, string reason) => store.Write<Outcome<PairDecided>>(session =>
    {
        var found = Mine(session, actor, id);
        if (!found.Ok) return found.Refusal!;
        if (Refusal.All(
            verdict is "same" or "different" or "unsure" ? null : Refusal.Of("people.pair.verdict", "Say whether they are one person."),
            reason.Length == 0 && verdict != "unsure" ? Refusal.Of("people.pair.reason", "Say what you decided it by.") : null) is { } wrong)
            return wrong;
        var pair = found.Value;
        if (verdict == "unsure")
        {
            Settle(session, actor, pair, "open", verdict, reason, null);
            renew.Run(session, pair.FileA, pair.FileB);
            return PairDecided.Unsure;
        }
        if (verdict == "different")
        {
            Settle(session, actor, pair, "decided", verdict, reason, rows.KeepApart(session, actor, pair.FileA, pair.FileB, reason));
            // What waited for this decision can be said now.
            renew.Run(session, pair.FileA, pair.FileB);
            return PairDecided.KeptApart;
        }
        if (PairQueue.BothInsured(FileRow.Find(session, pair.FileA)!, FileRow.Find(session, pair.FileB)!))
        {
            Settle(session, actor, pair, "confirm", verdict, reason, null);
            return PairDecided.AwaitsSecond;
        }
        Settle(session, actor, pair, "decided", verdict, reason, rows.Merge(session, actor, pair.FileA, pair.FileB, reason));
        return PairDecided.Merged;
    });

    /// <summary>The second person's word on a merge of two insured files.</summary>
    /// <returns>Refusals: <c>people.pair.own_work.denied</c>, <c>people.pair.not_waiting</c>, and those of opening a pair.</returns>
    public Task<Outcome<PairDecided>> Confirm(Actor actor, long id, bool confirmed) => store.Write<Outcome<PairDecided>>(session =>
    {
        var found = Mine(session, actor, id);
        if (!found.Ok) return found.Refusal!;
        var pair = found.Value;
        if (pair.State != "confirm") return Refusal.Of("people.pair.not_waiting", "Nobody has proposed to merge these two.");
        var covers = FileRow.Open(session, actor, PeoplePermissions.ConfirmMerge, pair.FileA)
            .Then(_ => FileRow.Open(session, actor, PeoplePermissions.ConfirmMerge, pair.FileB));
        if (!covers.Ok) return covers.Refusal!;
        if (actor.Is(pair.DecidedBy) || actor.Is(pair.DecidedFor))
            return Refusal.Of("people.pair.own_work.denied", "Whoever proposed a merge cannot confirm it.");
        if (!confirmed)
        {
            Settle(session, actor, pair, "open", "unsure", pair.Reason, null);
            return PairDecided.Unsure;
        }
        var act = rows.Merge(session, actor, pair.FileA, pair.FileB, $"{pair.Reason} ({pair.DecidedName})");
        Settle(session, actor, pair, "decided", "same", pair.Reason, act);
        return PairDecided.Merged;
    });

    /// <summary>The pair when nobody else holds it; whoever lost the hold may still decide while nobody took it.</summary>
    private Outcome<FilePair> Mine(Session session, Actor actor, long id)
    {
        var found = PairQueue.InScope(session, actor, id);
        if (!found.Ok) return found.Refusal!;
        return found.Value.IsHeldFrom(actor.Account, clock.GetUtcNow()) ? PairQueue.HeldRefusal(found.Value) : found.Value;
    }

    private void Settle(Session session, Actor actor, FilePair pair, string state, string verdict, string reason, long? act) => session.Execute("""
        update people_pair set state = @state, verdict = @verdict, reason = @reason, act = @act, decided_by = @Account, decided_for = @behind,
            decided_name = @Name, decided_at = @at,
            held_by = null, held_by_name = '', held_until = 0 where id = @Id
        """, new { state, verdict, reason, act, actor.Account, behind = actor.For?.Account, actor.Name, at = clock.GetUtcNow(), pair.Id });
}
