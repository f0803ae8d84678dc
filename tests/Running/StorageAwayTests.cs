using System.Net;
using AngleSharp;
using Legwork.Host;
using Legwork.Host.Soak;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Legwork.Running.Tests;

/// <summary>What happens while the storage does not answer: to a page, to what was typed, and to a write whose commit was on its way.</summary>
public class StorageAwayTests
{
    [Fact]
    public async Task While_the_storage_is_away_people_are_told_so_in_their_language_and_lose_nothing_they_typed()
    {
        using var place = new Place(Engine.Postgres);
        await using var line = new CutLine(PortOf(place.Storage));
        await using var soak = await SoakDistrict.Make(place.Folder, Through(line, place.Storage));
        using var visitor = await Visitor.SignIn(soak.Address, "supervisor");
        var token = await visitor.Token(soak.Address, "/password");

        line.Cut();
        (string, string)[] headings = [("zh-CN", "暂时打不开档案"), ("bo", "ཡིག་ཆ་གནས་སྐབས་ཁ་ཕྱེ་མི་ཐུབ།"), ("en", "The records cannot be reached")];
        foreach (var (language, heading) in headings)
        {
            using var answer = await visitor.Ask(HttpMethod.Get, soak.Address, "/queue", language);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(heading);
        }
        var typed = new Dictionary<string, string> { ["reason"] = "谁也不能弄丢的说明", ["version"] = "3", ["csrf"] = token };
        using var refused = await visitor.Ask(HttpMethod.Post, soak.Address, $"/cases/{Guid.NewGuid()}/pause", "zh-CN", typed);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var html = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var page = await BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
        foreach (var (name, value) in typed)
            page.QuerySelector($"main form[action$='/pause'] input[name={name}]")!.GetAttribute("value").ShouldBe(value);

        page.QuerySelector("main blockquote")!.TextContent.ShouldBe("谁也不能弄丢的说明");
        page.QuerySelector("header a[href='/sign-in']").ShouldBeNull("who is signed in is not asked to sign in");

        var passwords = new Dictionary<string, string> { ["old"] = "my old secret", ["fresh"] = "my new secret", ["csrf"] = token };
        using var secret = await visitor.Ask(HttpMethod.Post, soak.Address, "/password", "zh-CN", passwords);
        secret.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await secret.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("secret");

        line.Mend();
        // A busy machine may need more than one try to connect anew; each tells the same until it has.
        HttpStatusCode after;
        do after = await visitor.Get(soak.Address, "/queue");
        while (after == HttpStatusCode.ServiceUnavailable);
        after.ShouldBe(HttpStatusCode.OK);
        using var sentAgain = await visitor.Ask(HttpMethod.Post, soak.Address, $"/cases/{Guid.NewGuid()}/pause", "zh-CN", typed);
        sentAgain.StatusCode.ShouldBe(HttpStatusCode.NotFound, "the form's own token is still good, and there is no such case");
    }

    [Fact]
    public async Task What_was_written_before_the_storage_went_away_is_never_told_as_not_saved()
    {
        using var place = new Place(Engine.Postgres);
        await using var line = new CutLine(PortOf(place.Storage));
        var options = new DistrictOptions
        {
            Data = place.Options.Data,
            Storage = Through(line, place.Storage),
            Node = "one",
            Listen = "http://127.0.0.1:0",
        };
        var decided = new DecidedUnit(Guid.NewGuid(), "insert into platform_setting (name, value) values (@p0, @p1)", "lane", "x");
        await using var app = WebServer.Build(options, [], more: routes =>
        {
            Writes("/alone", store => store.Write(session => session.Execute("insert into platform_setting (name, value) values ('alone', 'x')")));
            Writes("/lane", store => store.Write(decided));
            Writes("/nothing", _ => Task.CompletedTask);

            void Writes(string path, Func<Store, Task> write) => routes.MapPost(path, async (Store store) =>
            {
                await write(store);
                line.Cut(); // the answer needs a look that does not come
                return store.Read(session => session.Scalar<long>("select 1"));
            }).Public("Only here.");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First());
        using var visitor = Visitor.Nobody();
        var form = new Dictionary<string, string> { ["csrf"] = await visitor.Token(address, "/sign-in") };
        (string, string)[] expected = [("/alone", "host.fate_unknown"), ("/lane", "host.fate_unknown"), ("/nothing", "host.storage_away")];
        foreach (var (path, code) in expected)
        {
            using var answer = await visitor.Ask(HttpMethod.Post, address, path, "zh-CN", form);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(code);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            line.Mend();
        }
        using var store = Store.Open(place.Storage);
        store.Read(session => session.Scalar<long>("select count(*) from platform_setting where name in ('alone', 'lane')")).ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_that_broke_off_is_told_as_unknown_and_never_sent_twice()
    {
        using var test = TestStore.Open(Engine.Postgres);
        await using var line = new CutLine(PortOf(test.Where));
        using var store = Store.Open(Through(line, test.Where));
        var runs = 0;
        var broken = await Should.ThrowAsync<StorageAwayException>(() => store.Write(session =>
        {
            runs++;
            session.Execute("insert into platform_setting (name, value) values (@name, 'x')", new { name = $"broken/{runs}" });
            line.Cut(); // the commit leaves into nothing
        }));
        broken.FateUnknown.ShouldBeTrue();
        line.Mend();
        await store.Write(session => session.Execute("insert into platform_setting (name, value) values ('after', 'x')"));
        runs.ShouldBe(1);
        var times = test.Store.Read(session => session.Scalar<long>("select count(*) from platform_setting where name like 'broken/%'"));
        times.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Connections_that_died_with_their_server_are_not_felt_but_a_unit_that_streamed_is_not_run_again()
    {
        using var test = TestStore.Open(Engine.Postgres);
        var (runs, streams) = (0, 0);
        test.Store.Read(session => session.Scalar<long>("select 1"));
        EndSessions(test.Where);
        test.Store.Read(session => session.Scalar<long>("select 2")).ShouldBe(2);
        EndSessions(test.Where);
        await test.Store.Write(session =>
        {
            runs++;
            session.Execute("insert into platform_setting (name, value) values ('once', 'x')");
        });
        test.Store.Read(session => session.Scalar<long>("select count(*) from platform_setting where name = 'once'")).ShouldBe(1);
        runs.ShouldBeInRange(1, 2);

        Should.Throw<StorageAwayException>(() => test.Store.Read(session =>
        {
            streams++;
            foreach (var _ in session.Stream<long>("select generate_series(1, 3)")) EndSessions(test.Where);
            return session.Scalar<long>("select 3");
        })).FateUnknown.ShouldBeFalse();
        streams.ShouldBe(1);
    }

    [Fact]
    public void What_the_unit_itself_did_wrong_is_no_absence_of_the_storage()
    {
        using var test = TestStore.Open(Engine.Postgres);
        var wrong = Should.Throw<PostgresException>(() => test.Store.Read(session => session.Scalar<long>("select nothing from nowhere")));
        wrong.SqlState.ShouldBe(PostgresErrorCodes.UndefinedTable);
    }

    private static int PortOf(string storage) => new NpgsqlConnectionStringBuilder(storage).Port;

    private static string Through(CutLine line, string storage) =>
        new NpgsqlConnectionStringBuilder(storage) { Port = line.Port, Timeout = 2, CommandTimeout = 4, CancellationTimeout = -1 }.ToString();

    private static void EndSessions(string storage)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(storage) { Pooling = false }.ToString());
        connection.Open();
        using var end = new NpgsqlCommand("""
            select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """, connection);
        end.ExecuteNonQuery();
    }
}
