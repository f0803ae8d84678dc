using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>How long a kind of record is kept, as its module declares it (<see cref="Access.AccessBook"/>).</summary>
/// <param name="Swept">The server deletes what is older by itself.</param>
public sealed record Kept(string Kind, int KeepDays, bool Swept, string Basis);

/// <summary>Deletes records of one kind that are older than a moment, inside a unit; a module registers one for each kind it sweeps.</summary>
public sealed record Sweeper(string Kind, Func<Session, DateTimeOffset, long> Delete);

/// <summary>The list of what is kept how long, and the broom.</summary>
public sealed class Retention(IReadOnlyList<Kept> list, IEnumerable<Sweeper> sweepers, Store store, TimeProvider clock)
{
    public IReadOnlyList<Kept> List => list;

    /// <summary>Deletes what is over its time, a unit a kind. Run twice, it finds nothing the second time.</summary>
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
            foreach (var broom in brooms) swept.Add((kept.Kind, await store.Write(session => broom.Delete(session, before))));
        }
        return swept;
    }

    /// <summary>What the platform itself sweeps.</summary>
    internal static IEnumerable<Sweeper> OfPlatform(LogSigner signer, TimeProvider clock) =>
    [
        new("read_log", (session, before) => PruneLog.Run(session, signer, before, clock)),
        new("sign_ins", (session, before) => session.Execute("delete from access_sign_in where at < @before", new { before })),
        new("wrong_passwords", (session, before) => session.Execute("delete from access_attempt where at < @before and locked_until < @before", new { before })),
        new("delivered_events", DeleteDelivered),
    ];

    private static long DeleteDelivered(Session session, DateTimeOffset before)
    {
        session.Execute("""
            delete from platform_delivery where state in ('done', 'skipped') and event in (select id from platform_event where at < @before)
            """, new { before });
        return session.Execute("""
            delete from platform_event where at < @before and not exists (select 1 from platform_delivery d where d.event = platform_event.id)
            """, new { before });
    }
}
