using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// Takes the oldest part of each chain away and leaves a signed checkpoint in its place, from which the rest still verifies.
/// Nothing is pruned that a hold in force keeps from its person: it must first have been there to be seen.
/// </summary>
internal static class PruneLog
{
    // An entry names several people, each with a row of its own.
    private const int EntriesPerUnit = Store.RowsPerUnit / 8;

    /// <returns>How many entries went: some of each chain at the most, so it is called until none goes.</returns>
    public static long Run(Session session, LogSigner signer, DateTimeOffset before, TimeProvider clock)
    {
        var cut = before.ToUnixTimeMilliseconds();
        return session.Query<string>("select node from readlog_head").Sum(node => Prune(session, signer, node, cut, clock));
    }

    private static long Prune(Session session, LogSigner signer, string node, long before, TimeProvider clock)
    {
        // A chain is cut where its first young or withheld entry stands, whatever the clock did in between.
        var args = new { node, before, today = clock.Today() };
        var last = session.Scalar<long?>("""
            select min(seq) - 1 from (
                select min(seq) as seq from readlog_entry where node = @node and at >= @before
                union all
                select min(e.seq) from readlog_entry e join readlog_subject s on s.node = e.node and s.seq = e.seq
                    join readlog_hold h on h.person = s.person and h.lifted_at is null and h.until_day > @today
                        and ((h.node = e.node and h.seq = e.seq) or h.reference = e.reference)
                where e.node = @node) kept
            """, args) ?? session.Scalar<long?>("select max(seq) from readlog_entry where node = @node", args);
        if (last is not { } over) return 0;
        var first = session.Scalar<long?>("select min(seq) from readlog_entry where node = @node", args) ?? over;
        var seq = Math.Min(over, first + EntriesPerUnit - 1);
        if (session.First<byte[]>("select hash from readlog_entry where node = @node and seq = @seq", new { node, seq }) is not { } hash)
            return 0;
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        session.Execute("insert into readlog_checkpoint (node, seq, at, hash, signature) values (@node, @seq, @at, @hash, @signature)",
            new { node, seq, at, hash, signature = signer.SignCheckpoint(node, seq, at, hash) });
        session.Execute("delete from readlog_subject where node = @node and seq <= @seq", new { node, seq });
        return session.Execute("delete from readlog_entry where node = @node and seq <= @seq", new { node, seq });
    }
}
