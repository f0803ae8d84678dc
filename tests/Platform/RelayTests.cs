using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Platform.Tests;

public class RelayTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_told_in_a_unit_reaches_each_handler_of_its_kind_once(Engine engine)
    {
        using var office = new Post(engine);
        await office.Tell("seen", 1);
        await office.Tell("unheard", 2);
        (await office.Relay.DeliverAll()).ShouldBe(2);
        office.Heard.ShouldBe(["a 1", "b 1"], ignoreOrder: true);
        (await office.Relay.DeliverAll()).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_unit_that_is_undone_has_told_nothing(Engine engine)
    {
        using var office = new Post(engine);
        await Should.ThrowAsync<InvalidOperationException>(office.Store.Write<int>(session =>
        {
            office.Outbox.Tell(session, "seen", "key", 1);
            throw new InvalidOperationException("no");
        }));
        (await office.Relay.DeliverAll()).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_handler_that_fails_leaves_nothing_behind_is_tried_later_and_later_and_parked_after_eight_tries(Engine engine)
    {
        using var office = new Post(engine) { Fails = true };
        await office.Tell("seen", 1);
        var waits = new List<long>();
        for (var tries = 1; tries <= Relay.TriesMax; tries++)
        {
            await office.Relay.DeliverAll();
            office.Heard.ShouldBe(["b 1"], "what the failing handler wrote went with its unit, and the other was served");
            var (state, tried, next) = office.DeliveryToA();
            (state, tried).ShouldBe((tries < Relay.TriesMax ? "waiting" : "parked", (long)tries));
            waits.Add(next - office.Now);
            office.Clock.Advance(TimeSpan.FromMilliseconds(next - office.Now));
        }
        waits.ShouldBeInOrder(SortDirection.Ascending, "each wait is longer than the one before");
        waits[0].ShouldBe(2000);
        office.Fails = false;
        office.Clock.Advance(TimeSpan.FromDays(30));
        (await office.Relay.DeliverAll()).ShouldBe(0, "what is parked waits for a person");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_relays_at_once_deliver_each_event_once(Engine engine)
    {
        using var office = new Post(engine);
        for (var i = 0; i < 40; i++) await office.Tell("seen", i);
        await Task.WhenAll(office.Relay.DeliverAll(), office.Another().DeliverAll());
        office.Heard.Count.ShouldBe(80);
        office.Heard.Distinct().Count().ShouldBe(80);
    }

    /// <summary>Two handlers of one kind that write down what they hear; the first can be made to fail after it wrote.</summary>
    private sealed class Post : IDisposable
    {
        private readonly TestStore storage;
        private readonly List<EventHandler> handlers;

        public Post(Engine engine)
        {
            storage = TestStore.Open(engine);
            Store.Write(session => session.Execute("create table heard (line text)")).GetAwaiter().GetResult();
            handlers =
            [
                new EventHandler("a", "seen", (session, told) =>
                {
                    session.Execute("insert into heard (line) values (@line)", new { line = "a " + told.Read<int>() });
                    if (Fails) throw new InvalidOperationException("not today");
                }),
                new EventHandler("b", "seen",
                    (session, told) => session.Execute("insert into heard (line) values (@line)", new { line = "b " + told.Read<int>() })),
            ];
            Outbox = new Outbox.Outbox(handlers, Clock);
            Relay = Another();
        }

        public bool Fails { get; set; }

        public StoppedClock Clock { get; } = new();

        public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

        public Store Store => storage.Store;

        public Outbox.Outbox Outbox { get; }

        public Relay Relay { get; }

        public List<string> Heard => Store.Read(session => session.Query<string>("select line from heard"));

        public Relay Another() => new(Store, handlers, Clock, NullLogger<Relay>.Instance);

        public Task<int> Tell(string kind, int what) => Store.Write(session =>
        {
            Outbox.Tell(session, kind, $"key {what}", what);
            return 0;
        });

        public (string State, long Tries, long Next) DeliveryToA() => Store.Read(session =>
        {
            using var row = session.Prepared("select state, tries, next_at from platform_delivery where handler = 'a'").Read();
            row.Read();
            return (row.GetString(0), row.GetInt64(1), row.GetInt64(2));
        });

        public void Dispose() => storage.Dispose();
    }
}
