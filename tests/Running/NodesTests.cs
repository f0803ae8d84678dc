using System.Net;
using Legwork.Host;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>Two servers over one PostgreSQL, with one keys folder, as on two machines.</summary>
public class NodesTests
{
    [Fact]
    public async Task Two_nodes_that_start_at_once_share_tables_sign_ins_and_a_log_with_a_chain_each()
    {
        using var place = new Place(Engine.Postgres);
        var nodes = await Task.WhenAll(Task.Run(() => Start(place, "one")), Task.Run(() => Start(place, "two")));
        await using var one = nodes[0];
        await using var two = nodes[1];
        await one.Services.GetRequiredService<DemonstrationAccounts>()
            .Make([new("clerk", "央金", Role.Clerk, "540102"), new("admin", "德吉", Role.Administrator, "540102")]);

        using var visitor = await Visitor.SignIn(new Uri(one.Urls.First()), "clerk");
        (await visitor.Get(new Uri(one.Urls.First()), "/password")).ShouldBe(HttpStatusCode.OK);
        (await visitor.Get(new Uri(two.Urls.First()), "/password")).ShouldBe(HttpStatusCode.OK);
        // the form of one node, read by the other
        (await visitor.PostPassword(new Uri(two.Urls.First()))).ShouldBe(HttpStatusCode.UnprocessableEntity);

        foreach (var node in nodes)
            await node.Services.GetRequiredService<ReadLog>()
                .Append(new ReadEntry(Guid.Empty, "system", Role.Administrator, "statistics", "test.read", [], "all"),
                    TestContext.Current.CancellationToken);
        await one.StopAsync(TestContext.Current.CancellationToken);
        (await visitor.Get(new Uri(two.Urls.First()), "/password")).ShouldBe(HttpStatusCode.OK);
        var verdict = LogVerdict.On(two.Services.GetRequiredService<Store>(),
            two.Services.GetRequiredService<ReadLog>().PublicKey, [place.Options.HeadsFolder]);
        verdict.Faults.ShouldBeEmpty();
        verdict.Chains.ShouldBe(2);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Leased_work_goes_on_elsewhere_and_a_sleeper_cannot_write_into_it(Engine engine)
    {
        using var place = new Place(engine);
        await using var district = place.Open();
        var store = district.GetRequiredService<Store>();
        var clock = new MovedClock();
        var (one, two) = (new Leases(store, Of("one"), clock), new Leases(store, Of("two"), clock));

        var first = (await one.Take("work")).ShouldNotBeNull();
        (await two.Take("work")).ShouldBeNull();
        two.Holder("work").ShouldBe("one");
        clock.Ahead = Leases.Span + TimeSpan.FromSeconds(1); // node one was killed, or sleeps
        var second = (await two.Take("work")).ShouldNotBeNull();

        second.Token.ShouldBe(first.Token + 1);
        await store.Write(second.Fence);
        await Should.ThrowAsync<LeaseLostException>(() => store.Write(session =>
        {
            session.Execute("insert into platform_setting (name, value) values ('late', 'x')");
            first.Fence(session);
        }));
        store.Read(session => session.Scalar<long>("select count(*) from platform_setting where name = 'late'")).ShouldBe(0);
        await first.DisposeAsync();
        (await one.Take("work")).ShouldBeNull();
        await second.DisposeAsync();
        await using var third = (await one.Take("work")).ShouldNotBeNull();

        Legwork.Platform.PlatformPlaces Of(string node) => district.GetRequiredService<Legwork.Platform.PlatformPlaces>() with { Node = node };
    }

    private static WebApplication Start(Place place, string node)
    {
        var app = WebServer.Build(new DistrictOptions
        {
            Data = place.Options.Data,
            Storage = place.Storage,
            Node = node,
            Listen = "http://127.0.0.1:0",
            Demonstration = true,
        }, []);
        app.StartAsync().GetAwaiter().GetResult();
        return app;
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56) + Ahead;
    }
}
