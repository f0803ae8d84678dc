using System.Net;
using AngleSharp;
using Legwork.Host;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>How a sign-in ends: on the server, on every node, whatever a cookie says (ASVS 5.0 V7.2, V7.3, V7.4).</summary>
public class SessionTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_copied_cookie_is_dead_after_signing_out_on_every_node(Engine engine)
    {
        using var place = new Place(engine);
        await using var one = await Start(place, TimeProvider.System);
        await using var two = engine == Engine.Postgres ? await Start(place, TimeProvider.System, "two") : null;
        var (here, there) = (Address(one), Address(two ?? one));
        using var clerk = await Visitor.SignIn(here, "clerk");
        using var other = await Visitor.SignIn(here, "clerk");
        using var thief = clerk.Copy(there);
        (await thief.Get(there, "/password")).ShouldBe(HttpStatusCode.OK, "until then the copy is as good as the cookie");

        using (var left = await clerk.Ask(HttpMethod.Post, here, "/sign-out", "en", new() { ["csrf"] = await clerk.Token(here, "/password") }))
            left.Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
        foreach (var node in new[] { here, there }) (await thief.Get(node, "/password")).ShouldBe(HttpStatusCode.Redirect);
        (await other.Get(there, "/password")).ShouldBe(HttpStatusCode.OK, "another device of the same person stays signed in");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_sign_in_ends_after_standing_idle_and_after_its_whole_life_however_busy(Engine engine)
    {
        using var place = new Place(engine);
        var clock = new StoppedClock();
        await using var server = await Start(place, clock, change: options => (options.SessionMinutesMax, options.SessionIdleMinutesMax) = (180, 60));
        var node = Address(server);
        using var busy = await Visitor.SignIn(node, "clerk");
        using var idle = await Visitor.SignIn(node, "clerk");
        for (var minutes = 30; minutes < 180; minutes += 30)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            (await busy.Get(node, "/password")).ShouldBe(HttpStatusCode.OK, $"{minutes} minutes");
        }
        (await idle.Get(node, "/password")).ShouldBe(HttpStatusCode.Redirect);
        clock.Advance(TimeSpan.FromMinutes(30));
        (await busy.Get(node, "/password")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, InlineData(Engine.Sqlite, false), InlineData(Engine.Sqlite, true), InlineData(Engine.Postgres, false), InlineData(Engine.Postgres, true)]
    public async Task What_was_typed_into_a_form_after_the_end_stands_in_it_again_for_the_same_person_and_nobody_else(Engine engine, bool signedOut)
    {
        const string Typed = "新来的扎西";
        using var place = new Place(engine);
        var clock = new StoppedClock();
        await using var server = await Start(place, clock);
        var node = Address(server);
        using var admin = await Visitor.SignIn(node, "admin");
        var form = new Dictionary<string, string> { ["name"] = Typed, ["signIn"] = "newcomer", ["csrf"] = await admin.Token(node, "/staff/join") };
        // By itself after hours, or at once by the button in another tab of the same browser.
        if (!signedOut) clock.Advance(TimeSpan.FromHours(4));
        else using (await admin.Ask(HttpMethod.Post, node, "/sign-out", "en", new() { ["csrf"] = form["csrf"] })) { }
        (await admin.Get(node, "/staff/join")).ShouldBe(HttpStatusCode.Redirect);
        using var asked = await admin.Ask(HttpMethod.Post, node, "/staff/join", "en", form);
        asked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await Read(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.DocumentElement.TextContent.ShouldNotContain(Typed);
        var credentials = page.QuerySelector("input[name=password]")!.Closest("form")!.QuerySelectorAll("input[type=hidden]")
            .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")!);
        credentials["kept"].ShouldNotContain(Typed);

        using var stranger = Visitor.Nobody();
        var theirs = new Dictionary<string, string>(credentials) { ["csrf"] = await stranger.Token(node, "/sign-in") };
        (await Enter(stranger, theirs, "clerk")).ShouldBe("/", "another person is led to the own work");
        (await Enter(admin, credentials, "admin")).ShouldBe("/staff/join");
        var again = await Read(await admin.Page(node, "/staff/join"));
        again.QuerySelector("main input[name=name]")!.GetAttribute("value").ShouldBe(Typed);
        again.QuerySelector("main input[name=signIn]")!.GetAttribute("value").ShouldBe("newcomer");

        form["csrf"] = again.QuerySelector("main input[name=csrf]")!.GetAttribute("value")!;
        (await admin.Ask(HttpMethod.Post, node, "/staff/join", "en", form)).StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
        (await admin.Page(node, "/staff/join")).ShouldNotContain("newcomer", Case.Sensitive, "what was sent is kept no longer");

        async Task<string> Enter(Visitor who, Dictionary<string, string> along, string name)
        {
            using var answer = await who.Ask(HttpMethod.Post, node, "/sign-in", "en",
                new(along) { ["signIn"] = name, ["password"] = DemonstrationAccounts.Password });
            return answer.Headers.Location?.OriginalString ?? answer.StatusCode.ToString();
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_first_pages_after_a_start_call_a_place_as_all_later_ones_do(Engine engine)
    {
        const string Community = "540102003007", Name = "河坝林社区";
        using var place = new Place(engine);
        Visitor clerk;
        await using (var before = await Start(place, TimeProvider.System))
        {
            await before.Services.GetRequiredService<Store>().Write(session =>
                session.Execute("insert into places_community (code, name) values (@Community, @Name)", new { Community, Name }));
            await before.Services.GetRequiredService<DemonstrationAccounts>().Make([new("community", "次仁", Role.Clerk, Community)]);
            clerk = await Visitor.SignIn(Address(before), "community");
        }
        using (clerk)
        using (var nobody = Visitor.Nobody())
            foreach (var (visitor, page) in new[] { (clerk, "/"), (nobody, "/sign-in") })
            {
                await using var fresh = await Start(place, TimeProvider.System);
                (await Read(await visitor.Page(Address(fresh), page))).DocumentElement.TextContent
                    .ShouldContain($"吉日街道 {Name}", Case.Sensitive, $"{page} asks for no permission");
            }
    }

    [Fact]
    public async Task A_stranger_makes_nobody_read_a_large_body()
    {
        using var place = new Place(Engine.Sqlite);
        await using var server = await Start(place, TimeProvider.System);
        using var stranger = Visitor.Nobody();
        var large = new Dictionary<string, string> { ["csrf"] = await stranger.Token(Address(server), "/sign-in"), ["signIn"] = new('x', 70_000) };
        foreach (var path in new[] { "/sign-in", "/language", "/type" })
        {
            using var answer = await stranger.Ask(HttpMethod.Post, Address(server), path, "en", large);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, path);
        }
        var many = Enumerable.Range(0, 40).ToDictionary(i => $"f{i}", _ => "x");
        many["csrf"] = large["csrf"];
        using var fields = await stranger.Ask(HttpMethod.Post, Address(server), "/sign-in", "en", many);
        fields.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, InlineData(4, 60), InlineData(1441, 60), InlineData(60, 4)]
    public void A_life_too_short_to_work_or_longer_than_a_day_is_refused_at_start(int whole, int idle) =>
        Should.Throw<FormatException>(() => new DistrictOptions { SessionMinutesMax = whole, SessionIdleMinutesMax = idle }.RulesOfAccess());

    internal static async Task<WebApplication> Start(Place place, TimeProvider clock, string node = "one", Action<DistrictOptions>? change = null,
        Action<Microsoft.AspNetCore.Routing.IEndpointRouteBuilder>? more = null, Action<IServiceCollection>? beside = null)
    {
        var options = new DistrictOptions
        {
            Data = place.Options.Data,
            Storage = place.Storage,
            Node = node,
            Listen = "http://127.0.0.1:0",
            Demonstration = true,
        };
        change?.Invoke(options);
        var app = WebServer.Build(options, [], services =>
        {
            services.AddSingleton(clock);
            beside?.Invoke(services);
        }, more);
        if (node == "one") await app.Services.GetRequiredService<DemonstrationAccounts>()
            .Make([new("clerk", "央金", Role.Clerk, "540102"), new("admin", "德吉", Role.Administrator, "540102")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Task<AngleSharp.Dom.IDocument> Read(string html) =>
        BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);

    internal static Uri Address(WebApplication app) => new(app.Urls.First());
}
