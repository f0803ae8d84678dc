using System.Diagnostics;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Platform.Outbox;

/// <summary>
/// What keeping the order of events costs: the relay beside one that delivers as ours did before events had an order, in turns of one run. Each
/// delivery is a durable unit in which the module that hears writes a row.
/// </summary>
internal static class EventBench
{
    private const string Kind = "bench.told";
    private const string Module = "bench";
    private const int Turns = 4;
    private const int EventsATurn = 5_000;
    private const int EventsATurnBefore = 500;
    private const int Keys = 1_000;

    public static readonly ModuleBench Bench = new("events",
        $"{Turns * EventsATurn:N0} events of {Keys:N0} keys brought to a module that writes a row for each.", async place =>
    {
        await using var district = place.Open();
        var (store, clock) = (district.GetRequiredService<Store>(), district.GetRequiredService<TimeProvider>());
        EventHandler[] ears = [new(Module, Kind, Hear)];
        var (outbox, relay) = (new Outbox(ears, clock), new Relay(store, ears, clock, NullLogger<Relay>.Instance));
        var (telling, ours, before) = (new Stopwatch(), new Stopwatch(), new Stopwatch());
        for (var turn = 0; turn < Turns; turn++)
        {
            await Timed(telling, () => Tell(store, outbox, EventsATurn));
            await Timed(ours, relay.DeliverAll);
            await Tell(store, outbox, EventsATurnBefore);
            await Timed(before, () => OneByOne(store, clock));
        }
        var heard = store.Read(session => session.Scalar<long>(
            "select count(*) from platform_delivery d join platform_setting s on s.name = 'bench/' || d.event where d.state = 'done'"));
        if (heard != Turns * (EventsATurn + EventsATurnBefore)) throw new InvalidOperationException($"Only {heard} events were heard.");
        return
        [
            new("events delivered in order", Turns * EventsATurn / ours.Elapsed.TotalSeconds, "/s",
                Turns * EventsATurnBefore / before.Elapsed.TotalSeconds, "one after the other without a key, as before, in this run"),
            new("events told", Turns * EventsATurn / telling.Elapsed.TotalSeconds, "/s"),
        ];
    });

    private static void Hear(Session session, EventRow row) =>
        session.Prepared("insert into platform_setting (name, value) values (@p0, '')").With($"bench/{row.Id}").Execute();

    private static async Task Tell(Store store, Outbox outbox, int events)
    {
        foreach (var some in Enumerable.Range(0, events).Chunk(Store.RowsPerUnit))
            await store.Write(session => Array.ForEach(some, i => outbox.Tell(session, Kind, $"bench/{i % Keys}", new { Number = i })));
    }

    private static async Task Timed(Stopwatch watch, Func<Task> work)
    {
        watch.Start();
        await work();
        watch.Stop();
    }

    private static async Task OneByOne(Store store, TimeProvider clock)
    {
        while (Due() is { Count: > 0 } due)
            foreach (var delivery in due) await store.Write(session => Deliver(session, delivery));

        List<Waiting> Due() => store.Read(session => session.Query<Waiting>("""
            select event, handler from platform_delivery where state = 'waiting' and next_at <= @now order by event, handler limit 200
            """, new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() }));
    }

    private static void Deliver(Session session, Waiting delivery)
    {
        var sql = "select state from platform_delivery where event = @p0 and handler = @p1"
            + (session.Engine == Engine.Postgres ? " for update skip locked" : "");
        if (session.Prepared(sql).With(delivery.Event, delivery.Handler).Scalar() is not "waiting") return;
        Hear(session, session.Single<EventRow>("select id, kind, body, at from platform_event where id = @Event", delivery));
        session.Prepared("update platform_delivery set state = 'done', tries = tries + 1 where event = @p0 and handler = @p1")
            .With(delivery.Event, delivery.Handler).Execute();
    }

    private sealed record Waiting(long Event, string Handler);
}
