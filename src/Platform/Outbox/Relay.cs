using Legwork.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Outbox;

/// <summary>
/// Brings waiting events to the modules that listen, at least once, and those of one key in the order in which they were told: a later one
/// waits behind an earlier one that failed, while other keys go on. A delivery that fails eight times is parked and holds the later ones of
/// its key until an operator has it tried again or passes over it (<see cref="Parked"/>). Several nodes may run relays: a row is
/// taken by one (<c>skip locked</c> on PostgreSQL), and none is taken before the earlier ones of its key are done.
/// </summary>
public sealed partial class Relay(Store store, IEnumerable<EventHandler> handlers, TimeProvider clock, ILogger<Relay> log) : BackgroundService
{
    public const int TriesMax = 8;
    private const int BatchMax = 200;

    // Units handed over together share a commit on SQLite and overlap on PostgreSQL.
    private const int KeysAtOnceMax = 8;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<(string Module, string Kind), EventHandler> told = EventHandler.Told(handlers);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What is due and not delivered is another node's work just now.
                if ((await DeliverDue()).Delivered == 0) await Task.Delay(Idle, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure)
            {
                RelayFailed(log, failure);
                await Task.Delay(Idle * 4, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Delivers what is due now until nothing is; for command lines and tests.</summary>
    /// <returns>How many were delivered here.</returns>
    public async Task<int> DeliverAll()
    {
        var all = 0;
        for (var round = await DeliverDue(); round.Due > 0; round = await DeliverDue()) all += round.Delivered;
        return all;
    }

    private async Task<(int Due, int Delivered)> DeliverDue()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = store.Read(session => session.Query<Due>("""
            select d.event, d.handler, d.key, d.tries from platform_delivery d
            where d.state = 'waiting' and d.next_at <= @now and not exists (
                select 1 from platform_delivery b where b.handler = d.handler and b.key = d.key and b.event < d.event
                and b.state in ('waiting', 'parked') and (b.state = 'parked' or b.next_at > @now))
            order by d.event, d.handler limit @BatchMax
            """, new { now, BatchMax }));
        var delivered = 0;
        var keysAtOnce = new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnceMax };
        await Parallel.ForEachAsync(due.GroupBy(delivery => (delivery.Handler, delivery.Key)), keysAtOnce, async (ofKey, _) =>
        {
            foreach (var delivery in ofKey)
            {
                if (!await Deliver(delivery)) break;
                Interlocked.Increment(ref delivered);
            }
        });
        return (due.Count, delivered);
    }

    /// <returns>False when it failed, when another node has it, or when an earlier one of its key is not done.</returns>
    private async Task<bool> Deliver(Due delivery)
    {
        using var span = Traces.Delivery(delivery.Handler);
        try
        {
            var done = await store.Write(session =>
            {
                if (Take(session, delivery) is not { } row) return false;
                if (!told.TryGetValue((delivery.Handler, row.Kind), out var handler))
                    throw new InvalidOperationException($"Module '{delivery.Handler}' does not listen to {row.Kind}.");
                handler.Handle(session, row);
                session.Prepared("update platform_delivery set state = 'done', tries = tries + 1 where event = @p0 and handler = @p1")
                    .With(delivery.Event, delivery.Handler).Execute();
                return true;
            });
            if (done) Meters.Deliveries.Add(1);
            return done;
        }
        catch (Exception failure)
        {
            DeliveryFailed(log, delivery.Event, delivery.Handler, failure);
            Meters.DeliveryFailures.Add(1);
            span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
            await Note(delivery, failure);
            return false;
        }
    }

    private static EventRow? Take(Session session, Due delivery)
    {
        var sql = """
            select e.id, e.kind, e.body, e.at from platform_delivery d join platform_event e on e.id = d.event
            where d.event = @p0 and d.handler = @p1 and d.state = 'waiting' and not exists (
                select 1 from platform_delivery b
                where b.key = @p2 and b.handler = @p1 and b.event < @p0 and b.state in ('waiting', 'parked'))
            """ + (session.Engine == Engine.Postgres ? " for update of d skip locked" : "");
        using var row = session.Prepared(sql).With(delivery.Event, delivery.Handler, delivery.Key).Read();
        return row.Read() ? new EventRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3)) : null;
    }

    /// <summary>Another node may have delivered it, or counted a failure of its own, meanwhile: then that stands.</summary>
    private Task Note(Due delivery, Exception failure)
    {
        var tries = delivery.Tries + 1;
        return store.Write(session => session.Execute("""
            update platform_delivery set state = @state, tries = @tries, next_at = @next, error = @error
            where event = @Event and handler = @Handler and state = 'waiting' and tries = @before
            """, new
        {
            delivery.Event,
            delivery.Handler,
            before = delivery.Tries,
            tries,
            state = tries >= TriesMax ? "parked" : "waiting",
            next = clock.GetUtcNow().ToUnixTimeMilliseconds() + (1000L << (int)Math.Min(tries, 10)),
            error = failure.GetType().Name,
        }));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay stopped for a moment")]
    private static partial void RelayFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Event} did not reach {Module}")]
    private static partial void DeliveryFailed(ILogger logger, long @event, string module, Exception failure);

    private sealed record Due(long Event, string Handler, string Key, long Tries);
}
