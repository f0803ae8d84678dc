using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>Reading holds, with their approvals.</summary>
internal static class HoldRecords
{
    private const string Columns = "select id, person, node, seq, reference, reason, basis, created_at, until_day, lifted_at from readlog_hold";

    public static Hold? Find(Session session, Guid id) => Session.AtHand(FindAsync(session, id));

    public static async Task<Hold?> FindAsync(Session session, Guid id) =>
        await session.FirstAsync<HoldRow>(Columns + " where id = @id", new { id }) is { } row ? await Whole(session, row) : null;

    /// <summary>The latest 200, newest first.</summary>
    public static async Task<IReadOnlyList<Hold>> List(Session session)
    {
        var holds = new List<Hold>();
        foreach (var row in await session.QueryAsync<HoldRow>(Columns + " order by created_at desc, id limit 200"))
            holds.Add(await Whole(session, row));
        return holds;
    }

    public static Task<long> CountInForce(Session session, DateOnly today) =>
        session.SingleAsync<long>("select count(*) from readlog_hold where lifted_at is null and until_day > @today", new { today });

    /// <summary>Which accounts made the reads that a target names, and in whose name they may have: for whom each stood in just then. Empty when
    /// there is no such read of this person.</summary>
    public static List<Guid> Readers(Session session, HoldTarget target) => session.Query<Guid>("""
        with named as (select e.account, e.at from readlog_subject s join readlog_entry e on e.node = s.node and e.seq = s.seq
            where s.person = @person and ((e.node = @node and e.seq = @seq) or (e.reference = @reference and e.reference <> '')))
        select account from named union select i.absent from named n join access_stand_in i on i.deputy = n.account
            and i.from_at <= n.at and n.at < i.until_at and (i.ended_at is null or n.at < i.ended_at)
        """, new { person = target.Person, node = target.Node ?? "", seq = target.Seq ?? -1, reference = target.Reference ?? "" });

    private static async Task<Hold> Whole(Session session, HoldRow row)
    {
        var approvals = await session.QueryAsync<ApprovalRow>("""
            select p.round, p.approver, p.stands_for, coalesce(a.name, '') as approver_name, f.name as stands_for_name, p.until_day, p.at
            from readlog_hold_approval p left join access_account a on a.id = p.approver
                left join access_account f on f.id = p.stands_for where p.hold = @Id order by p.round, p.at
            """, new { row.Id });
        return new Hold(row.Id, new PersonId(row.Person), row.Node, row.Seq, row.Reference, row.Reason, row.Basis, ColumnTypes.Instant(row.CreatedAt),
            row.UntilDay is null ? null : Day(row.UntilDay), row.LiftedAt is { } lifted ? ColumnTypes.Instant(lifted) : null,
            approvals.ConvertAll(approval => new HoldApproval(approval.Round, approval.Approver, approval.StandsFor,
                approval.StandsForName is { } absent ? Actor.NameFor(approval.ApproverName, absent) : approval.ApproverName,
                Day(approval.UntilDay), ColumnTypes.Instant(approval.At))));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record HoldRow(Guid Id, Guid Person, string? Node, long? Seq, string? Reference, string Reason, string Basis,
        long CreatedAt, string? UntilDay, long? LiftedAt);

    private sealed record ApprovalRow(long Round, Guid Approver, Guid? StandsFor, string ApproverName, string? StandsForName,
        string UntilDay, long At);
}
