using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// Deletes records of one kind that are older than a moment, inside a unit: some (<see cref="Store.RowsPerUnit"/> at the most), and tells how
/// many; it is called until it finds none. A module registers one for each kind it sweeps.
/// </summary>
public sealed record Sweeper(string Kind, Func<Session, DateTimeOffset, long> Delete);

/// <summary>The list of what is kept how long, and the broom.</summary>
internal sealed class Retention(IReadOnlyList<Kept> list, IEnumerable<Sweeper> sweepers, Store store, TimeProvider clock)
{
    public IReadOnlyList<Kept> List => list;

    /// <summary>Deletes what is over its time, kind by kind in small units. Run twice, it finds nothing the second time.</summary>
    /// <returns>How many records of each kind were deleted.</returns>
    /// <exception cref="InvalidOperationException">The list says that a kind is swept, and nothing here sweeps it.</exception>
    public async Task<IReadOnlyList<(string Kind, long Deleted)>> Sweep()
    {
        var swept = new List<(string, long)>();
        foreach (var kept in list.Where(kept => kept.Swept))
        {
            var before = clock.GetUtcNow().AddDays(-kept.KeepDays);
            var brooms = sweepers.Where(sweeper => sweeper.Kind == kept.Kind).ToList();
            if (brooms.Count == 0) throw new InvalidOperationException($"Nothing sweeps '{kept.Kind}', though the rules say so.");
            foreach (var broom in brooms)
            {
                var all = 0L;
                for (long some; (some = await store.Write(session => broom.Delete(session, before))) > 0;) all += some;
                swept.Add((kept.Kind, all));
            }
        }
        return swept;
    }

    /// <summary>What the platform itself sweeps.</summary>
    internal static IEnumerable<Sweeper> OfPlatform(LogSigner signer, TimeProvider clock) =>
    [
        new("read_log", (session, before) => PruneLog.Run(session, signer, before, clock)),
        new("sign_ins", (session, before) => session.Execute(
            "delete from access_sign_in where id in (select id from access_sign_in where at < @before limit @RowsPerUnit)",
            new { before, Store.RowsPerUnit })),
        new("wrong_passwords", (session, before) =>
            session.Execute("delete from access_attempt where at < @before and locked_until < @before", new { before })),
        new("sessions", Sessions.Sweep),
        new("sessions", (session, _) => session.Execute(
            "delete from access_once where key in (select key from access_once where until < @now limit @RowsPerUnit)",
            new { now = clock.GetUtcNow(), Store.RowsPerUnit })),
        new("delivered_events", DeleteDelivered),
    ];

    private static long DeleteDelivered(Session session, DateTimeOffset before)
    {
        // An event goes with its deliveries, once all of them are done.
        var old = session.Query<long>("""
            select id from platform_event e where at < @before
                and not exists (select 1 from platform_delivery d where d.event = e.id and d.state not in ('done', 'skipped')) order by id limit @some
            """, new { before, some = Store.RowsPerUnit / 4 });
        Store.Each(session, "delete from platform_delivery where event = @p0", old.Select(id => new object?[] { id }));
        Store.Each(session, "delete from platform_event where id = @p0", old.Select(id => new object?[] { id }));
        return old.Count;
    }
}
