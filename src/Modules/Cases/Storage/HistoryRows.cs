using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>The rows of cases_history: one a step, appended in its unit. Triggers refuse to change or delete any.</summary>
internal static class HistoryRows
{
    /// <param name="doneAt">When it was done, by the device that was without network; else when it was taken.</param>
    /// <param name="key">Of the sender, so that what is sent twice is taken once; only one step of a batch carries it.</param>
    public static void Add(DecidedUnit unit, Step step, Worker worker, DateTimeOffset at, DateTimeOffset doneAt, Guid? key) => unit.Then("""
        insert into cases_history (case_id, seq, at, done_at, act, actor, actor_name, role, unit, from_state, to_state, note, body, act_key)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13)
        """, step.After.Id.Value, step.After.Version, at.ToUnixTimeMilliseconds(), doneAt.ToUnixTimeMilliseconds(), step.Act, worker.Account,
        worker.Name, worker.Role.Word, worker.Unit, Words.Of(step.From), Words.Of(step.After.State), step.Note, CaseColumns.Json(step.Body), key);

    public static List<HistoryLine> Of(Session session, CaseId id) => Session.AtHand(OfAsync(session, id));

    public static async Task<List<HistoryLine>> OfAsync(Session session, CaseId id) => (await session.QueryAsync<HistoryRow>("""
        select seq, at, done_at, act, actor, actor_name, role, unit, from_state, to_state, note, body from cases_history
            where case_id = @Value order by seq
        """, id)).ConvertAll(row => new HistoryLine(row.Seq, row.At, row.DoneAt, row.Act, row.Actor, row.ActorName, row.Role, row.Unit, row.FromState,
            row.ToState, row.Note, CaseColumns.ReadJson(row.Body)));

    /// <summary>The case that took the act with this key, or null.</summary>
    public static TakenAct? Taken(Session session, Guid key)
    {
        using var row = session.Prepared("select case_id, actor from cases_history where act_key = @p0").With(key).Read();
        return row.Read() ? new TakenAct(new CaseId(row.GetGuid(0)), row.GetGuid(1)) : null;
    }

    private sealed record HistoryRow(long Seq, DateTimeOffset At, DateTimeOffset DoneAt, string Act, Guid Actor,
        string ActorName, string Role, string Unit, string FromState, string ToState, string Note, string Body);
}

internal readonly record struct TakenAct(CaseId Case, Guid By);

/// <summary>One line of a case's history.</summary>
internal sealed record HistoryLine(long Seq, DateTimeOffset At, DateTimeOffset DoneAt, string Act, Guid Actor,
    string ActorName, string Role, string Unit, string FromState, string ToState, string Note, IReadOnlyDictionary<string, string> Body);
