using Legwork.Platform.Storage;

namespace Legwork.Webhooks;

internal sealed record DeliveryLine(Guid Id, string Type, long At, string State, long Tries, long DueAt, long? LastAt, string Reason);

/// <param name="State">Empty is every state.</param>
internal sealed record Deliveries(string State, IReadOnlyList<DeliveryLine> Lines, IReadOnlyDictionary<string, long> Counts)
{
    public const int LinesMax = 50;

    public static readonly IReadOnlyList<string> States = ["waiting", "failed", "sent", "dropped"];

    public static async Task<Deliveries> Of(Session session, Guid subscription, string state, int page)
    {
        var lines = await session.QueryAsync<DeliveryLine>($"""
            select id, type, at, state, tries, due_at, last_at, reason from webhooks_delivery
            where subscription = @subscription {(state.Length > 0 ? "and state = @state" : "")} order by at desc, id desc limit @LinesMax offset @skip
            """, new { subscription, state, LinesMax, skip = (page - 1) * LinesMax });
        var counts = await session.QueryAsync<Counted>(
            "select state, count(*) as count from webhooks_delivery where subscription = @subscription group by state", new { subscription });
        return new Deliveries(state, lines, counts.ToDictionary(one => one.State, one => one.Count));
    }

    /// <summary>Deletes what is over its time, whatever became of it.</summary>
    public static long Sweep(Session session, DateTimeOffset before) => session.Execute(
        "delete from webhooks_delivery where id in (select id from webhooks_delivery where at < @before order by at limit @RowsPerUnit)",
        new { before, Store.RowsPerUnit });

    private sealed record Counted(string State, long Count);
}
