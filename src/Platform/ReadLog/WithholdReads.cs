using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// Proposing a hold is its first approval; a second by somebody else puts it in force. An extension is a new round of two. Anyone
/// who may approve may lift it at once.
/// </summary>
internal sealed class WithholdReads(Store store, AccessRules rules, TimeProvider clock)
{
    public Task<Outcome<Guid>> Propose(Actor by, HoldTarget target, string reason, string basis, DateOnly until) =>
        store.Write<Outcome<Guid>>(session =>
    {
        if (!by.May(ReadLogPermissions.Hold, rules.District)) return OutOfScope;
        if (!target.IsWhole) return Refusal.Of("readlog.hold_target", "Name one entry, or one reference.");
        if (Refusal.All(HoldRules.CheckWords(reason, basis), HoldRules.CheckDay(until, clock.Today())) is { } wrong) return wrong;
        var readers = HoldRecords.Readers(session, target);
        if (readers.Count == 0) return Refusal.Of("readlog.not_found", "There is no such read of this person.");
        if (HoldRules.MayApprove(by, null, readers) is { } refusal) return refusal;
        var id = Guid.CreateVersion7();
        session.Execute("""
            insert into readlog_hold (id, person, node, seq, reference, reason, basis, created_by, created_at)
            values (@id, @Person, @Node, @Seq, @Reference, @reason, @basis, @by, @at)
            """,
            new
            {
                id,
                target.Person,
                target.Node,
                target.Seq,
                Reference = target.Reference?.Trim(),
                reason = reason.Trim(),
                basis = basis.Trim(),
                by = by.Account,
                at = clock.GetUtcNow()
            });
        Sign(session, id, round: 1, by, until);
        return id;
    });

    /// <summary>The second approval of the open round.</summary>
    public Task<Outcome<Done>> Approve(Actor by, Guid hold) => store.Write<Outcome<Done>>(session =>
    {
        var found = Check(session, by, hold);
        if (found.Refusal is { } unseen) return unseen;
        if (found.Value.Open is not { } first) return Refusal.Of("readlog.no_round", "Nothing of this hold waits for an approval.");
        if (HoldRules.MayApprove(by, first, Readers(session, found.Value)) is { } refusal) return refusal;
        if (HoldRules.CheckDay(first.Until, clock.Today()) is { } late) return late;
        Sign(session, hold, first.Round, by, first.Until);
        session.Execute("update readlog_hold set until_day = @Until where id = @hold", new { first.Until, hold });
        return Done.It;
    });

    /// <summary>Opens a round for a later day; what is in force stays so until its own day.</summary>
    public Task<Outcome<Done>> Extend(Actor by, Guid hold, DateOnly until) => store.Write<Outcome<Done>>(session =>
    {
        var found = Check(session, by, hold);
        if (found.Refusal is { } unseen) return unseen;
        if (found.Value.Open is not null) return Refusal.Of("readlog.round_open", "An approval of this hold is open already.");
        if (HoldRules.CheckDay(until, clock.Today()) is { } wrong) return wrong;
        if (HoldRules.MayApprove(by, null, Readers(session, found.Value)) is { } refusal) return refusal;
        Sign(session, hold, found.Value.Approvals.Max(approval => approval.Round) + 1, by, until);
        return Done.It;
    });

    /// <summary>The person is told again from now on.</summary>
    public Task<Outcome<Done>> Lift(Actor by, Guid hold) => store.Write<Outcome<Done>>(session =>
    {
        if (Check(session, by, hold) is { Refusal: { } refusal }) return refusal;
        session.Execute("update readlog_hold set lifted_at = @at, lifted_by = @lifter where id = @hold and lifted_at is null",
            new { at = clock.GetUtcNow(), lifter = by.Account, hold });
        return Done.It;
    });

    private static readonly Refusal OutOfScope = Refusal.Of("access.out_of_scope", "This lies outside your own area.");

    private Outcome<Hold> Check(Session session, Actor by, Guid hold)
    {
        if (!by.May(ReadLogPermissions.Hold, rules.District)) return OutOfScope;
        // Two second approvals at once must see each other.
        if (session.Engine == Engine.Postgres) session.Execute("select 1 from readlog_hold where id = @hold for update", new { hold });
        return HoldRecords.Find(session, hold) switch
        {
            null => Refusal.Of("readlog.not_found", "There is no such hold."),
            { LiftedAt: not null } => Refusal.Of("readlog.hold_lifted", "This hold was lifted."),
            var found => found,
        };
    }

    private static List<Guid> Readers(Session session, Hold hold) =>
        HoldRecords.Readers(session, new HoldTarget(hold.Person, hold.Node, hold.Seq, hold.Reference));

    private void Sign(Session session, Guid hold, long round, Actor by, DateOnly until) => session.Execute(
        "insert into readlog_hold_approval (hold, round, approver, stands_for, until_day, at) values (@hold, @round, @Account, @behind, @until, @at)",
        new { hold, round, by.Account, behind = by.For?.Account, until, at = clock.GetUtcNow() });
}
