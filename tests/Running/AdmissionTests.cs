using System.Net;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Legwork.Running.Tests;

/// <summary>More people than places: some run, some wait, the others are told when to come again; readers and connections have a bound.</summary>
public class AdmissionTests
{
    private const int Running = 3, Waiting = 4;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Some_run_some_wait_and_who_comes_on_top_is_told_so_in_their_language_and_loses_nothing_typed(Engine engine)
    {
        using var place = new Place(engine);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var entered = new SemaphoreSlim(0);
        await using var app = await SessionTests.Start(place, TimeProvider.System,
            change: options => (options.Running, options.Waiting) = (Running, Waiting),
            more: routes => routes.MapGet("/held", async () =>
            {
                entered.Release();
                await gate.Task;
                return Results.Ok();
            }).Public("a trial"));
        var address = SessionTests.Address(app);
        using var visitor = await Visitor.SignIn(address, "clerk");
        using var http = new HttpClient { BaseAddress = address };

        var running = Enumerable.Range(0, Running).Select(_ => http.GetAsync("/held", TestContext.Current.CancellationToken)).ToList();
        foreach (var _ in running) await entered.WaitAsync(TestContext.Current.CancellationToken);
        // Of one more than may wait exactly one is refused, whichever comes last: then all places are known to be taken.
        var others = Enumerable.Range(0, Waiting + 1).Select(_ => http.GetAsync("/held", TestContext.Current.CancellationToken)).ToList();
        var refused = await Task.WhenAny(others);
        (await refused).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused).Headers.RetryAfter.ShouldNotBeNull();
        (await (await refused).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("host.busy");
        others.Remove(refused);

        foreach (var (language, says) in ((string, string)[])[("zh-CN", "此刻使用的人很多"), ("bo", "ད་ལྟ་བེད་སྤྱོད་མཁན་ཧ་ཅང་མང་།"),
            ("en", "Very many people are at work here")])
        {
            using var answer = await visitor.Ask(HttpMethod.Post, address, "/held", language, new() { ["note"] = "door was locked twice" });
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            page.ShouldContain(says);
            page.ShouldContain("door was locked twice");
        }
        (await visitor.Get(address, "/health")).ShouldBe(HttpStatusCode.OK);
        (await visitor.Get(address, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        entered.CurrentCount.ShouldBe(0, "nobody runs beyond the bound");

        gate.SetResult();
        foreach (var answer in await Task.WhenAll(running.Concat(others))) answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_sends_a_form_byte_by_byte_holds_no_place_and_neither_do_long_uploads(bool saysHowLong)
    {
        using var place = new Place(Engine.Sqlite);
        (place.Options.Running, place.Options.Waiting) = (1, 0);
        await using var app = WebServer.Build(place.Options, []);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First());
        using var visitor = Visitor.Nobody();
        var slow = new List<SlowForm>();
        for (var one = 0; one < 3; one++) slow.Add(await SlowForm.Begin(address, saysHowLong));
        (await visitor.Get(address, "/sign-in")).ShouldBe(HttpStatusCode.OK);
        foreach (var form in slow)
        {
            (await form.End()).ShouldStartWith("HTTP/1.1 400", customMessage: "the whole form arrived, and carries no token");
            form.Dispose();
        }
        if (saysHowLong) return;
        using var endless = await SlowForm.Begin(address, saysHowLong: false);
        await endless.Send(80 << 10); // more than a short form: it goes on under the bound of uploads
        (await visitor.Get(address, "/sign-in")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_hundred_who_read_at_once_share_sixteen_readers_and_a_read_within_a_read_waits_for_nobody()
    {
        using var place = TestStore.Bare(Engine.Sqlite);
        using var store = Store.Open(place.Where);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (inside, most) = (0, 0);
        using var full = new SemaphoreSlim(0);
        var reads = Enumerable.Range(0, 200).Select(_ => store.ReadAsync(async session =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            full.Release();
            await gate.Task;
            var within = store.Read(again => again.Scalar<long>("select 1"));
            Interlocked.Decrement(ref inside);
            return within;
        }, TestContext.Current.CancellationToken)).ToList();
        for (var reader = 0; reader < 16; reader++) await full.WaitAsync(TestContext.Current.CancellationToken);
        full.CurrentCount.ShouldBe(0);
        gate.SetResult();
        (await Task.WhenAll(reads)).ShouldAllBe(one => one == 1);
        most.ShouldBe(16);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_a_storage_that_is_away_and_no_fault()
    {
        using var place = TestStore.Bare(Engine.Postgres);
        using var store = Store.Open(new NpgsqlConnectionStringBuilder(place.Where) { MaxPoolSize = 1, Timeout = 1 }.ToString());
        var (gate, held) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var holder = store.ReadAsync(async session =>
        {
            held.SetResult();
            await gate.Task;
            return session.Scalar<int>("select 1");
        }, TestContext.Current.CancellationToken);
        await held.Task;
        // Who reads within the read does not wait for a place, but for a connection.
        Should.Throw<StorageAwayException>(() => store.Read(session => session.Scalar<int>("select 1"))).FateUnknown.ShouldBeFalse();
        (await Should.ThrowAsync<StorageAwayException>(store.Write(session => session.Scalar<int>("select 1")))).FateUnknown.ShouldBeFalse();
        gate.SetResult();
        (await holder).ShouldBe(1);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_node_whose_storage_takes_no_row_is_alive_and_not_ready(Engine engine)
    {
        using var place = new Place(engine);
        await using var app = WebServer.Build(place.Options, []);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = Visitor.Nobody();
        var address = new Uri(app.Urls.First());
        (await visitor.Get(address, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        using (var store = Store.Open(place.Options.StorageWhere))
            await store.Write(session => session.Execute(engine == Engine.Sqlite
                ? "create trigger full_disk before update on platform_setting begin select raise(abort, 'no space left'); end"
                : """
                  create function no_space() returns trigger language plpgsql as $$ begin raise exception 'no space left'; end $$;
                  create trigger full_disk before insert or update on platform_setting for each row execute function no_space()
                  """));
        (await visitor.Get(address, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await visitor.Get(address, "/health")).ShouldBe(HttpStatusCode.OK);
    }
}
