using System.Net;
using System.Text.Json;
using Legwork.Host.Doctor;
using Legwork.Host.Soak;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Legwork.Running.Tests;

public class OperationTests
{
    private const string Number = "540102199001010011";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_running_node_tells_its_health_and_its_figures_to_its_own_machine_alone(Engine engine)
    {
        using var place = new Place(engine);
        await using var soak = await SoakDistrict.Make(place.Folder, place.Storage);
        using var http = new HttpClient { BaseAddress = soak.Address };
        (await http.GetStringAsync("/health", TestContext.Current.CancellationToken)).ShouldContain("healthy");
        using var ready = JsonDocument.Parse(await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        ready.RootElement.GetProperty("checks").EnumerateObject().Select(check => $"{check.Name} {check.Value}")
            .ShouldBe(["storage ok", "migrations ok", "writing ok"]);

        await soak.App.Services.GetRequiredService<ReadLog>().Append(
            new ReadEntry(Guid.Empty, "system", Role.Administrator, "statistics", "test.read", [], "all"), TestContext.Current.CancellationToken);
        var figures = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        figures.ShouldContain("http_server_request_duration_seconds_count{method=\"GET\",route=\"/health\",status=\"200\"} ");
        foreach (var name in (string[])["legwork_store_units_total ", "legwork_store_units_per_commit_bucket{le=\"1\"} ",
            "legwork_readlog_length{node=\"soak\"} ", "legwork_imports{state=\"taken\"} "])
            figures.ShouldContain(name);

        using var passedOn = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        using var refused = await http.SendAsync(passedOn, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_node_whose_tables_are_not_of_its_version_is_alive_but_not_ready()
    {
        using var place = new Place(Engine.Sqlite);
        await using var soak = await SoakDistrict.Make(place.Folder, place.Storage);
        await soak.App.Services.GetRequiredService<Store>()
            .Write(session => session.Execute(
                "insert into platform_migration (module, number, name, digest, applied_at) values ('people', 9999, '9999_later.sql', 'x', 0)"));
        using var http = new HttpClient { BaseAddress = soak.Address };
        (await http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public void A_log_line_is_json_and_masks_resident_and_mobile_numbers_also_in_faults()
    {
        var line = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "Test", 7, $"looked for {Number}",
            new InvalidOperationException($"１３８００１３８０００ and 13800138000 and {Number[..17]}X"), (state, _) => state);
        new LogLines(TimeProvider.System).Write(entry, null, line);

        using var json = JsonDocument.Parse(line.ToString());
        json.RootElement.GetProperty("message").GetString().ShouldBe("looked for 540102************");
        json.RootElement.GetProperty("fault").GetString()!.ShouldContain("138********");
        line.ToString().ShouldNotContain(Number[6..]);
        line.ToString().ShouldNotContain("００１３８０００");
        LogLines.Masked("entry 1793000000123 of 42").ShouldBe("entry 1793000000123 of 42");
    }

    [Fact]
    public async Task No_resident_number_reaches_the_log_however_it_is_asked_for()
    {
        using var place = new Place(Engine.Sqlite);
        var written = new StringWriter();
        var console = Console.Out;
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            await using var soak = await SoakDistrict.Make(place.Folder, place.Storage, logging => logging.SetMinimumLevel(LogLevel.Information));
            using var visitor = await Visitor.SignIn(soak.Address, "clerk");
            await visitor.Get(soak.Address, $"/people?q={Number}");
            await visitor.Get(soak.Address, $"/nowhere/{Number}");
            await visitor.Get(soak.Address, $"/cases/{Number}?place={Number}");
        }
        finally
        {
            Console.SetOut(console);
        }
        written.ToString().ShouldContain("/people?q=540102************");
        written.ToString().ShouldNotContain(Number);
    }

    [Fact]
    public async Task The_doctor_finds_what_is_wrong_says_what_to_do_and_changes_nothing()
    {
        using var place = new Place(Engine.Sqlite);
        new Examination(place.Options, TimeProvider.System).Run().ShouldContain(sign => sign.Of == "storage" && sign.Health == Health.Warn);
        Directory.Exists(place.Options.Data).ShouldBeFalse();

        await using (var district = place.Open())
        {
            await district.GetRequiredService<Store>().Write(session =>
                session.Execute("insert into platform_delivery (event, handler, state, tries, next_at) values (1, 'x', 'parked', 8, 0)"));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(place.Options.KeysFolder, "master.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }
        await File.WriteAllTextAsync(Path.Combine(place.Options.Data, "legwork.json"),
            """{ "Lisen": "http://127.0.0.1:8080" }""", TestContext.Current.CancellationToken);
        place.Options.Telemetry = "http://collector.example:4318";
        var signs = new Examination(place.Options, TimeProvider.System).Run();

        signs.Where(sign => sign.Health == Health.Bad).Select(sign => sign.Of).ShouldBe(["keys", "settings", "outbox"], ignoreOrder: true);
        signs.ShouldContain(sign => sign.Of == "lines" && sign.Health == Health.Warn);
        signs.Where(sign => sign.Health != Health.Ok).ShouldAllBe(sign => sign.Do.Length > 0);
        (await place.Command("doctor")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_parked_is_brought_again_or_passed_over_from_the_command_line_and_nothing_else_is()
    {
        using var place = new Place(Engine.Sqlite);
        await using (var district = place.Open())
            await district.GetRequiredService<Store>().Write(session => session.Execute("""
                insert into platform_event (id, kind, body, at) values
                    (1, 'cases.closed', '{}', 0), (2, 'cases.reopened', '{}', 0), (3, 'cases.closed', '{}', 0);
                insert into platform_delivery (event, handler, key, state, tries, next_at) values
                    (1, 'people', 'tashi', 'parked', 8, 0), (2, 'people', 'tashi', 'waiting', 0, 0), (3, 'people', 'drolma', 'parked', 8, 0)
                """));
        (await place.Command("outbox")).ShouldBe(0);
        (await place.Command("outbox", "retry", "2", "people")).ShouldBe(1, "what only waits is not an operator's");
        (await place.Command("outbox", "skip", "1", "people")).ShouldBe(2, "a reason is needed");
        (await place.Command("outbox", "skip", "1", "people", "--why", "entered by hand")).ShouldBe(0);
        (await place.Command("outbox", "retry", "3", "people")).ShouldBe(0);

        using var store = Store.Open(place.Options.StorageWhere);
        store.Read(session => session.Query<string>("select event || ' ' || state || ' ' || note from platform_delivery order by event"))
            .ShouldBe(["1 skipped entered by hand", "2 waiting ", "3 waiting "]);
    }
}
