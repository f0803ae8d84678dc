using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Pairs;

/// <summary>
/// The acts by which rows change files: merging, splitting, and undoing either. Everything said of a person hangs on rows, so it goes
/// with them; an undone act takes back what it did and nothing that came after (<see cref="LineagePosition"/>).
/// </summary>
internal sealed class MoveRows(RenewFiles renew, TimeProvider clock)
{
    /// <summary>All rows of the younger file go to the older; the younger keeps its id and leads there.</summary>
    /// <returns>The act.</returns>
    public long Merge(Session session, Actor actor, PersonId a, PersonId b, string reason)
    {
        var (kept, merged) = Reconcile.Pair(a, b);
        var (keptRows, mergedRows) = (LineagesOf(session, kept), LineagesOf(session, merged));
        var act = Record(session, "merged", actor, reason);
        Move(session, act, mergedRows, merged, kept);
        Overrule(session, act, "different", keptRows, mergedRows);
        foreach (var lineage in mergedRows) Decide(session, act, keptRows.Count > 0 ? keptRows[0] : lineage, lineage, "same");
        session.Execute("update people_file set state = 'merged', merged_into = @kept, digest = '' where id = @merged", new { kept, merged });
        renew.Run(session, kept, merged);
        return act;
    }

    /// <summary>The chosen rows go to a new file. At least one row stays.</summary>
    /// <returns>Refusals: <c>people.split.rows</c>.</returns>
    public Outcome<PersonId> Split(Session session, Actor actor, PersonId file, IReadOnlyCollection<long> chosen, string reason)
    {
        var rows = LineagesOf(session, file);
        var leaving = rows.Where(chosen.Contains).ToList();
        var staying = rows.Except(leaving).ToList();
        if (leaving.Count == 0 || staying.Count == 0 || leaving.Count != chosen.Distinct().Count())
            return Refusal.Of("people.split.rows", "Choose the rows of the other person: at least one, and not all.");
        var fresh = PersonId.New();
        var act = Record(session, "split", actor, reason);
        session.Execute("""
            insert into people_file (id, opened_at, state, name, name_bo, sex, birth, token, registered, lives, dwelling, insured, household, digest)
            values (@fresh, @at, 'open', '', '', 0, '', null, '', '', '', '', '', '')
            """, new { fresh, at = clock.GetUtcNow() });
        Move(session, act, leaving, file, fresh);
        Overrule(session, act, "same", staying, leaving);
        foreach (var stays in staying)
            foreach (var leaves in leaving) Decide(session, act, stays, leaves, "different");
        renew.Run(session, file, fresh);
        return fresh;
    }

    /// <summary>Records that two files are two people, so that matching never joins their rows.</summary>
    public long KeepApart(Session session, Actor actor, PersonId a, PersonId b, string reason)
    {
        var (one, other) = (LineagesOf(session, a), LineagesOf(session, b));
        var act = Record(session, "kept_apart", actor, reason);
        Overrule(session, act, "same", one, other);
        foreach (var x in one)
            foreach (var y in other) Decide(session, act, x, y, "different");
        return act;
    }

    /// <summary>Whether an act can be taken back.</summary>
    /// <returns>Refusals: <c>people.act.not_found</c>, <c>people.act.stale</c> (undone already), <c>people.act.machine</c>.</returns>
    public static async Task<Outcome<Done>> MayUndo(Session session, long act) =>
        await session.FirstAsync<ActRow>("select id, kind, undone_at from people_act where id = @act", new { act }) switch
        {
            null => Refusal.Of("people.act.not_found", "There is no such act."),
            { UndoneAt: not null } => Refusal.Of("people.act.stale", "This was undone already."),
            { Kind: "matched" } =>
                Refusal.Of("people.act.machine", "Matching moved these rows together with many others; split them off instead."),
            _ => Done.It,
        };

    /// <summary>Takes an act back, whatever came after it.</summary>
    /// <returns>Those of <see cref="MayUndo"/>.</returns>
    public Outcome<Done> Undo(Session session, Actor actor, long act, string reason)
    {
        var may = Session.AtHand(MayUndo(session, act));
        if (!may.Ok) return may;
        var now = clock.GetUtcNow();
        session.Execute("update people_act set undone_at = @now, undone_by = @Account, undone_actor = @Name, undone_reason = @reason where id = @act",
            new { now, actor.Account, actor.Name, reason, act });
        session.Execute("update people_decision set withdrawn_at = @now where act = @act and withdrawn_at is null", new { now, act });
        session.Execute("update people_decision set withdrawn_at = null, withdrawn_by_act = null where withdrawn_by_act = @act", new { act });
        session.Execute("update people_pair set state = 'open', verdict = '', decided_by = null, decided_at = null, act = null where act = @act",
            new { act });
        renew.Run(session, Reposition(session, act, now));
        return Done.It;
    }

    /// <summary>Puts each row of an act where the acts that still hold have it. Returns the files that were touched.</summary>
    private static HashSet<PersonId> Reposition(Session session, long act, DateTimeOffset now)
    {
        var touched = new HashSet<PersonId>();
        foreach (var lineage in session.Query<long>("select lineage from people_move where act = @act", new { act }))
        {
            var moves = session.Query<MoveRow>("""
                select m.act, a.at, a.undone_at, m.from_file, m.to_file from people_move m join people_act a on a.id = m.act
                    where m.lineage = @lineage order by m.act
                """, new { lineage });
            var position = LineagePosition.Of(
                moves.Select(move => new LineageMove(move.Act, "", move.At, move.UndoneAt, lineage, move.FromFile, move.ToFile, "", "")), now,
                default);
            foreach (var move in moves) touched.UnionWith([move.FromFile, move.ToFile]);
            session.Prepared("update people_member set file = @p0 where lineage = @p1").With(position.Value, lineage).Execute();
        }
        return touched;
    }

    private long Record(Session session, string kind, Actor actor, string reason) => session.Scalar<long>("""
        insert into people_act (kind, at, account, actor, reason) values (@kind, @at, @Account, @Name, @reason) returning id
        """, new { kind, at = clock.GetUtcNow(), actor.Account, actor.Name, reason });

    private static void Move(Session session, long act, List<long> lineages, PersonId from, PersonId to)
    {
        foreach (var lineage in lineages)
        {
            session.Prepared("insert into people_move (act, lineage, from_file, to_file) values (@p0, @p1, @p2, @p3)")
                .With(act, lineage, from.Value, to.Value).Execute();
            session.Prepared("update people_member set file = @p0 where lineage = @p1").With(to.Value, lineage).Execute();
        }
    }

    private static void Decide(Session session, long act, long a, long b, string verdict)
    {
        if (a != b) session.Prepared("insert into people_decision (lineage_a, lineage_b, verdict, act) values (@p0, @p1, @p2, @p3)")
            .With(a, b, verdict, act).Execute();
    }

    /// <summary>An earlier verdict to the contrary holds no longer, until this act is undone.</summary>
    private void Overrule(Session session, long act, string verdict, List<long> one, List<long> other)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var a in one)
            foreach (var b in other)
                session.Prepared("""
                    update people_decision set withdrawn_at = @p0, withdrawn_by_act = @p1
                    where withdrawn_at is null and verdict = @p2 and ((lineage_a = @p3 and lineage_b = @p4) or (lineage_a = @p4 and lineage_b = @p3))
                    """).With(now, act, verdict, a, b).Execute();
    }

    private static List<long> LineagesOf(Session session, PersonId file) =>
        session.Query<long>("select lineage from people_member where file = @file order by lineage", new { file });

    private sealed record ActRow(long Id, string Kind, DateTimeOffset? UndoneAt);

    private sealed record MoveRow(long Act, DateTimeOffset At, DateTimeOffset? UndoneAt, PersonId FromFile, PersonId ToFile);
}
