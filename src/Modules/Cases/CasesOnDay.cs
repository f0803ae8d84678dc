using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>
/// How cases stood at the end of an earlier day, told by their histories alone: the last step up to then that changed the state, and
/// the place from which the first move after it took the case. A due time keeps no such history, so what was overdue is not told.
/// </summary>
internal static class CasesOnDay
{
    public static async Task<IReadOnlyList<CaseStanding>> Count(Session session, DateOnly day)
    {
        var end = Calendar.StartOf(day.AddDays(1));
        var moved = await MovedSince(session, end);
        return [.. (await session.QueryAsync<Known>("""
            select h.case_id as id, c.place, c.kind, h.to_state as state, c.opened_at, h.at as since from (
                select case_id, max(seq) as seq from cases_history where at < @end and (seq = 1 or from_state <> to_state) group by case_id) as last
            join cases_history h on h.case_id = last.case_id and h.seq = last.seq join cases_case c on c.id = last.case_id
            """, new { end }))
            .GroupBy(known => new CaseStanding(moved.GetValueOrDefault(known.Id, known.Place), known.Kind, known.State,
                Calendar.DayOf(known.OpenedAt), Calendar.DayOf(known.Since), Cases: 0))
            .Select(alike => alike.Key with { Cases = alike.Count() })];
    }

    /// <summary>
    /// Where each case that was moved after that instant lay at it. Steps write other things as "from" too: an extension its former due time.
    /// </summary>
    private static async Task<Dictionary<CaseId, string>> MovedSince(Session session, DateTimeOffset end)
    {
        var from = new Dictionary<CaseId, string>();
        var steps = await session.QueryAsync<LaterStep>("""
            select case_id, body from cases_history where at >= @end and body like '%"from":%' order by case_id, seq
            """, new { end });
        foreach (var step in steps)
            if (CaseColumns.ReadJson(step.Body).TryGetValue("from", out var place) && Place.IsCode(place)) from.TryAdd(step.CaseId, place);
        return from;
    }

    private sealed record Known(CaseId Id, string Place, string Kind, string State, DateTimeOffset OpenedAt, DateTimeOffset Since);

    private sealed record LaterStep(CaseId CaseId, string Body);
}
