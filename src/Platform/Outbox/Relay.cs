using Legwork.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Outbox;

/// <summary>
/// Brings waiting events to their handlers, in order, at least once. A delivery that fails eight times is parked and shown to
/// an operator; several nodes may run relays, a row is taken by one (<c>skip locked</c> on PostgreSQL).
/// </summary>
public sealed partial class Relay(Store store, IEnumerable<EventHandler> handlers, TimeProvider clock, ILogger<Relay> log) : BackgroundService
{
    public const int TriesMax = 8;
    private const int BatchMax = 200;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, EventHandler> byName = handlers.ToDictionary(handler => handler.Name);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverDue() == 0) await Task.Delay(Idle, clock, stoppingToken);
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
    public async Task<int> DeliverAll()
    {
        var all = 0;
        for (int delivered; (delivered = await DeliverDue()) > 0;) all += delivered;
        return all;
    }

    private async Task<int> DeliverDue()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = store.Read(session => session.Query<Due>("""
            select d.event, d.handler, d.tries from platform_delivery d
            where d.state = 'waiting' and d.next_at <= @now order by d.event, d.handler limit @BatchMax
            """, new { now, BatchMax }));
        foreach (var delivery in due) await Deliver(delivery);
        return due.Count;
    }

    private async Task Deliver(Due delivery)
    {
        using var span = Traces.Delivery(delivery.Handler);
        try
        {
            await store.Write(session =>
            {
                var sql = "select state from platform_delivery where event = @p0 and handler = @p1" + (session.Engine == Engine.Postgres ? " for update skip locked" : "");
                if (session.Prepared(sql).With(delivery.Event, delivery.Handler).Scalar() is not "waiting") return;
                if (!byName.TryGetValue(delivery.Handler, out var handler))
                    throw new InvalidOperationException($"No handler is called {delivery.Handler}.");
                handler.Handle(session, session.Single<EventRow>("select id, kind, body, at from platform_event where id = @Event", delivery));
                session.Prepared("update platform_delivery set state = 'done', tries = tries + 1 where event = @p0 and handler = @p1")
                    .With(delivery.Event, delivery.Handler).Execute();
            });
            Meters.Deliveries.Add(1);
        }
        catch (Exception failure)
        {
            DeliveryFailed(log, delivery.Event, delivery.Handler, failure);
            Meters.DeliveryFailures.Add(1);
            span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
            var tries = delivery.Tries + 1;
            await store.Write(session => session.Execute("""
                update platform_delivery set state = @state, tries = @tries, next_at = @next, error = @error where event = @Event and handler = @Handler
                """, new
            {
                delivery.Event,
                delivery.Handler,
                tries,
                state = tries >= TriesMax ? "parked" : "waiting",
                next = clock.GetUtcNow().ToUnixTimeMilliseconds() + (1000L << (int)Math.Min(tries, 10)),
                error = failure.GetType().Name,
            }));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay stopped for a moment")]
    private static partial void RelayFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Event} did not reach {Handler}")]
    private static partial void DeliveryFailed(ILogger logger, long @event, string handler, Exception failure);

    private sealed record Due(long Event, string Handler, long Tries);
}
