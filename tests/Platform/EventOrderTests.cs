using System.Collections.Concurrent;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using EventHandler = Legwork.Platform.Outbox.EventHandler;

namespace Legwork.Platform.Tests;

/// <summary>A module hears the events of one key in the order in which they were told, whatever fails and however many nodes deliver.</summary>
public class EventOrderTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_later_event_of_a_key_waits_behind_one_that_failed_and_other_keys_go_on(Engine engine)
    {
        using var post = new Ear(engine, failsOn: "tashi 1");
        await post.Tell("opened", "tashi", 1);
        await post.Tell("closed", "tashi", 2);
        await post.Tell("opened", "drolma", 1);
        for (var tries = 1; tries <= 3; tries++)
        {
            await post.Relay.DeliverAll();
            post.Heard.ShouldBe(["drolma 1"], "the second of a key is of another kind and waits all the same");
            post.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        await post.Relay.DeliverAll();
        await post.Tell("closed", "drolma", 2);
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["drolma 1", "drolma 2"], "nor does what failed before hold up what is told later of another key");
        post.FailsOn = "";
        post.Clock.Advance(TimeSpan.FromMinutes(10));
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["drolma 1", "drolma 2", "tashi 1", "tashi 2"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_module_that_fails_does_not_hold_up_another(Engine engine)
    {
        using var post = new Ear(engine, failsOn: "tashi 1", besides: "other");
        await post.Tell("opened", "tashi", 1);
        await post.Tell("closed", "tashi", 2);
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["other: tashi 1", "other: tashi 2"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_parked_holds_its_key_until_someone_has_it_tried_again(Engine engine)
    {
        using var post = await Parked(engine);
        post.FailsOn = "";
        var parked = post.Relay.Parked().ShouldHaveSingleItem();
        (parked.Event, parked.Module, parked.Kind, parked.Key, parked.Tries, parked.Behind)
            .ShouldBe((1, "listener", "opened", "tashi", Relay.TriesMax, 1));
        (await post.Relay.Retry(2, "listener")).Refusal!.Code.ShouldBe("outbox.not_parked", "what only waits is not an operator's");

        (await post.Relay.Retry(1, "listener")).Ok.ShouldBeTrue();
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["drolma 1", "tashi 1", "tashi 2"]);
        post.Relay.Parked().ShouldBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_parked_is_swept_only_when_it_was_delivered_or_passed_over(Engine engine)
    {
        using var post = await Parked(engine);
        var sweeper = Retention.OfPlatform(null!, post.Clock).Single(sweeper => sweeper.Kind == "delivered_events");
        var later = post.Clock.GetUtcNow().AddYears(10);
        (await post.Store.Write(session => sweeper.Delete(session, later))).ShouldBe(1, "drolma's was heard");
        post.Relay.Parked().ShouldHaveSingleItem().Behind.ShouldBe(1, "nothing is lost for want of an operator");

        (await post.Relay.Skip(1, "listener", "written by hand")).Ok.ShouldBeTrue();
        (await post.Store.Write(session => sweeper.Delete(session, later))).ShouldBe(1);
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["drolma 1", "tashi 2"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_parked_can_be_passed_over_with_a_reason_that_is_kept(Engine engine)
    {
        using var post = await Parked(engine);
        (await post.Relay.Skip(1, "listener", " ")).Refusal!.Code.ShouldBe("outbox.why");
        (await post.Relay.Skip(1, "listener", "written by hand")).Ok.ShouldBeTrue();
        await post.Relay.DeliverAll();
        post.Heard.ShouldBe(["drolma 1", "tashi 2"]);
        post.Store.Read(session => session.Single<string>("select state || ': ' || note from platform_delivery where event = 1"))
            .ShouldBe("skipped: written by hand");
        (await post.Relay.Retry(1, "listener")).Refusal!.Code.ShouldBe("outbox.not_parked", "it was passed over for good");
    }

    [Fact]
    public void A_module_that_listens_twice_to_one_kind_is_refused_at_start()
    {
        using var storage = TestStore.Bare(Engine.Sqlite);
        EventHandler Listening(string module) => new(module, "closed", (_, _) => { });
        EventHandler[] planted = [Listening("people"), Listening("cases"), Listening("people")];
        Relay Start(EventHandler[] handlers) => new(storage.Store, handlers, TimeProvider.System, NullLogger<Relay>.Instance);
        Should.Throw<InvalidOperationException>(() => Start(planted)).Message.ShouldContain("'people' has two handlers of 'closed'");
        Should.Throw<InvalidOperationException>(() => new Outbox.Outbox(planted, TimeProvider.System));
        Should.NotThrow(() => Start(planted[..2]).Dispose());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nodes_that_deliver_at_once_reorder_nothing_and_double_nothing(Engine engine)
    {
        using var post = new Ear(engine, failsOnceEach: 7);
        await post.Store.Write(session =>
        {
            for (var i = 0; i < 300; i++) post.Outbox.Tell(session, i % 2 == 0 ? "opened" : "closed", $"key {i % 12}", $"key {i % 12}|{i}");
        });
        using var second = Store.Open(post.Where);
        var nodes = new[] { post.Relay, post.RelayOf(second), post.RelayOf(second) };
        for (var round = 0; round < 40 && post.Heard.Count < 300; round++)
        {
            await Task.WhenAll(nodes.Select(node => node.DeliverAll()));
            post.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        var heard = post.Heard.ConvertAll(line => line.Split('|'));
        heard.Count.ShouldBe(300);
        foreach (var key in heard.GroupBy(line => line[0], line => int.Parse(line[1])))
            key.ShouldBe(Enumerable.Range(0, 300).Where(i => $"key {i % 12}" == key.Key), $"{key.Key} in the order told, each once");
        post.Failures.ShouldBeGreaterThan(10, "some failed on the way");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_waits_when_a_new_version_starts_is_heard_by_the_module_whose_handler_had_another_name(Engine engine)
    {
        using var storage = TestStore.Bare(engine);
        IReadOnlyList<(string, System.Reflection.Assembly)> platform = [("platform", typeof(Store).Assembly)];
        await storage.Store.Write(session =>
        {
            Migration.ApplyIn(session, platform, TimeProvider.System, new Dictionary<string, long> { ["platform"] = 6 });
            for (var i = 1; i <= 3; i++)
                session.Execute("insert into platform_event (kind, body, at) values ('cases.closed', @body, 0)",
                    new { body = $$"""{"subject":"people/person/{{i % 2}}"}""" });
            session.Execute("""
                insert into platform_delivery (event, handler, state, tries, next_at) values
                    (1, 'people.hear_results', 'done', 1, 0), (1, 'people.renew_file', 'done', 1, 0), (2, 'people.hear_results', 'waiting', 0, 0),
                    (2, 'people.renew_file', 'waiting', 3, 0), (3, 'people.hear_results', 'parked', 8, 0)
                """);
        });
        Migration.Apply(storage.Store, platform, TimeProvider.System);

        var heard = new List<long>();
        var people = new EventHandler("people", "cases.closed", (_, row) => heard.Add(row.Id));
        var relay = new Relay(storage.Store, [people], TimeProvider.System, NullLogger<Relay>.Instance);
        (await relay.DeliverAll()).ShouldBe(1);
        heard.ShouldBe([2], "what was heard is not heard again");
        storage.Store.Read(session => session.Query<string>("select handler || ' ' || state from platform_delivery order by event"))
            .ShouldBe(["people done", "people done", "people parked"]);
        relay.Parked().ShouldHaveSingleItem().Key.ShouldBe("people/person/1");
    }

    private static async Task<Ear> Parked(Engine engine)
    {
        var post = new Ear(engine, failsOn: "tashi 1");
        await post.Tell("opened", "tashi", 1);
        await post.Tell("opened", "drolma", 1);
        await post.Tell("closed", "tashi", 2);
        for (var tries = 0; tries < Relay.TriesMax + 2; tries++)
        {
            await post.Relay.DeliverAll();
            post.Clock.Advance(TimeSpan.FromHours(1));
        }
        post.Heard.ShouldBe(["drolma 1"]);
        return post;
    }

    /// <summary>A module that listens to two kinds and writes down what it hears; it can be made to fail after it wrote.</summary>
    private sealed class Ear : IDisposable
    {
        private readonly TestStore storage;
        private readonly List<EventHandler> handlers = [];
        private readonly ConcurrentDictionary<string, bool> failed = new();

        /// <param name="failsOnceEach">Every so-manieth line fails the first time.</param>
        public Ear(Engine engine, string failsOn = "", string besides = "", int failsOnceEach = 0)
        {
            storage = TestStore.Open(engine);
            FailsOn = failsOn;
            var id = engine == Engine.Sqlite ? "integer primary key" : "serial";
            Store.Write(session => session.Execute($"create table heard (id {id}, line text)")).GetAwaiter().GetResult();
            foreach (var kind in new[] { "opened", "closed" })
            {
                handlers.Add(new EventHandler("listener", kind, (session, told) =>
                {
                    var line = told.Read<string>();
                    Write(session, line);
                    var firstTime = failsOnceEach > 0 && told.Id % failsOnceEach == 0 && failed.TryAdd(line, true);
                    if (line == FailsOn || firstTime) throw new InvalidOperationException("not today");
                }));
                if (besides.Length > 0)
                    handlers.Add(new EventHandler(besides, kind, (session, told) => Write(session, $"{besides}: {told.Read<string>()}")));
            }
            Outbox = new Outbox.Outbox(handlers, Clock);
            Relay = RelayOf(Store);
        }

        public string FailsOn { get; set; }

        public int Failures => failed.Count;

        public StoppedClock Clock { get; } = new();

        public Store Store => storage.Store;

        public string Where => storage.Where;

        public Outbox.Outbox Outbox { get; }

        public Relay Relay { get; }

        public List<string> Heard => Store.Read(session => session.Query<string>("select line from heard order by id"));

        public Relay RelayOf(Store store) => new(store, handlers, Clock, NullLogger<Relay>.Instance);

        public Task Tell(string kind, string key, int what) => Store.Write(session => Outbox.Tell(session, kind, key, $"{key} {what}"));

        private static void Write(Session session, string line) => session.Execute("insert into heard (line) values (@line)", new { line });

        public void Dispose() => storage.Dispose();
    }
}
