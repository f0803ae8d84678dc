using System.Net;
using Legwork.Platform.Access;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Access.Tests;

/// <summary>Signing in by the office's own directory, over HTTP, with a directory that keeps to the rules, lies, hangs or is away.</summary>
public class OfficeTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_was_named_comes_in_by_the_office_with_the_own_role_and_no_other(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        await house.Name("supervisor", " Zhuoma ");
        using var visitor = await house.Served.Visit();
        (await visitor.Page("/sign-in")).ShouldContain("Sign in with the office&#x27;s account");

        (await house.Come(visitor, "zhuoma", "/staff")).ShouldBe("/staff");
        var start = await Start(visitor);
        start.ShouldContain("卓嘎");
        start.ShouldContain("Supervisor");
        start.ShouldNotContain("Administrator", Case.Sensitive, "the token's roles are nothing here");
        (await house.History("supervisor")).ShouldBe(["office_bound zhuoma", "office_named zhuoma"]);
        visitor.Cookies.GetAllCookies().Count(cookie => cookie.Name.Contains("OpenIdConnect", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_nobody_named_comes_to_a_page_that_says_whom_to_ask_and_no_account_is_made(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        using var visitor = await house.Served.Visit();
        var accounts = house.Count("access_account");
        var page = await house.Refused(visitor, "zhuoma");
        page.ShouldContain("Ask your administrator to enter it");
        page.ShouldContain("zhuoma");
        house.Count("access_account").ShouldBe(accounts);
        house.Count("access_session").ShouldBe(0);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_bound_account_is_nobody_elses_even_if_another_comes_by_its_name(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        await house.Name("supervisor", "basang");
        using var first = await house.Served.Visit();
        (await house.Come(first, "basang")).ShouldBe("/");
        using var second = await house.Served.Visit();
        house.Office.Lie = Lie.OtherName;
        (await house.Refused(second, "zhuoma")).ShouldContain("belongs to somebody else at the directory");
        (await Start(first)).ShouldContain("卓嘎");
        house.Office.Lie = Lie.None;
        // The name may change over there: the subject is who it is.
        house.Office.People["renamed"] = "s-2";
        using var third = await house.Served.Visit();
        (await house.Come(third, "renamed")).ShouldBe("/");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_leaves_there_leaves_here_and_who_left_here_does_not_come_back_by_the_office(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        await house.Come(visitor, "zhuoma");
        using var elsewhere = await house.Served.Visit("supervisor");

        house.Office.People.TryRemove("zhuoma", out _);
        (await house.Say(house.Office.Logout())).ShouldBe(HttpStatusCode.OK);
        using (var gone = await elsewhere.Get("/staff")) gone.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?");
        // The browser is led through the office once more, which asks for nothing and knows nobody.
        using (var led = await visitor.Get("/staff")) led.Headers.Location!.OriginalString.ShouldBe("/sign-in/office?silent=true&returnUrl=%2Fstaff");
        (await house.Follow(visitor, "/sign-in/office?silent=true&returnUrl=%2Fstaff")).ShouldBe("/sign-in?returnUrl=%2Fstaff");
        house.Office.Heard.Last().ShouldContain("prompt=none");

        await house.Name("clerk", "basang");
        using var leaver = await house.Served.Visit();
        await house.Come(leaver, "basang");
        (await house.Served.Services.GetRequiredService<LeaveStaff>().Run(house.Actor("admin"), house.Actor("clerk").Account)).Ok.ShouldBeTrue();
        (await house.Refused(leaver, "basang")).ShouldContain("Ask your administrator");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_logout_is_believed_only_if_it_is_signed_new_ours_and_nothing_else(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        await house.Come(visitor, "zhuoma");
        var wrong = new Dictionary<string, string>
        {
            ["another key"] = house.Office.Logout(otherKey: true),
            ["another issuer"] = house.Office.Logout(change: claims => claims["iss"] = "https://elsewhere.example"),
            ["another audience"] = house.Office.Logout(change: claims => claims["aud"] = "another"),
            ["no event"] = house.Office.Logout(change: claims => claims.Remove("events")),
            ["another event"] = house.Office.Logout(change: claims => claims["events"] = new Dictionary<string, object> { ["x"] = new { } }),
            ["a nonce"] = house.Office.Logout(change: claims => claims["nonce"] = "n"),
            ["over"] = house.Office.Logout(change: claims => claims["exp"] = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeSeconds()),
            ["no end"] = house.Office.Logout(change: claims => claims.Remove("exp")),
            ["old"] = house.Office.Logout(change: claims => claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(-20).ToUnixTimeSeconds()),
            ["to come"] = house.Office.Logout(change: claims => claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeSeconds()),
            ["no name"] = house.Office.Logout(change: claims => claims.Remove("jti")),
            ["nobody"] = house.Office.Logout(sub: null),
            ["nothing"] = "",
            ["no token"] = "a.b.c",
            ["too long"] = new string('x', 20_000),
        };
        foreach (var (what, token) in wrong) (await house.Say(token)).ShouldBe(HttpStatusCode.BadRequest, what);
        (await Start(visitor)).ShouldContain("卓嘎");
        (await house.Say(house.Office.Logout(sub: "s-2"))).ShouldBe(HttpStatusCode.OK);
        (await Start(visitor)).ShouldContain("卓嘎", Case.Sensitive, "somebody else was signed out");

        var right = house.Office.Logout(sub: null, sid: "there-s-1");
        (await house.Say(right)).ShouldBe(HttpStatusCode.OK);
        (await house.Say(right)).ShouldBe(HttpStatusCode.BadRequest, "told twice");
        house.Count("access_session").ShouldBe(0);
        // A browser does not tell this server what the office says.
        using var browser = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, "/sign-in/office/ended")
        {
            Content = new FormUrlEncodedContent([new("logout_token", house.Office.Logout())]),
        });
        browser.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(Lie.OtherKey), InlineData(Lie.Unsigned), InlineData(Lie.OtherIssuer), InlineData(Lie.OtherAudience), InlineData(Lie.NoNonce),
        InlineData(Lie.OtherNonce), InlineData(Lie.Expired)]
    public async Task A_token_that_is_not_for_this_sign_in_opens_nothing(Lie lie)
    {
        await using var house = await OfficeHouse.Open(Engine.Sqlite);
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        house.Office.Lie = lie;
        var page = await house.Refused(visitor, "zhuoma");
        page.ShouldContain("cannot be believed");
        page.ShouldNotContain("IDX", Case.Sensitive, "what the library says is not for people");
        house.Count("access_session").ShouldBe(0);
        house.Office.Lie = Lie.None;
        (await house.Come(visitor, "zhuoma")).ShouldBe("/");
    }

    [Theory, InlineData(Lie.Broken), InlineData(Lie.NoJson), InlineData(Lie.Huge), InlineData(Lie.KeysElsewhere), InlineData(Lie.PageElsewhere)]
    public async Task A_directory_that_is_away_or_names_foreign_addresses_is_answered_with_a_sentence_and_passwords_go_on(Lie lie)
    {
        await using var house = await OfficeHouse.Open(Engine.Sqlite);
        house.Office.Lie = lie;
        using var visitor = await house.Served.Visit();
        using (var answer = await visitor.Get("/sign-in/office"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var page = await Visitor.Text(answer);
            page.ShouldContain("Sign in with your password");
            page.ShouldNotContain("IDX");
        }
        await visitor.SignIn("clerk");
        (await Start(visitor)).ShouldContain("央金");
    }

    [Fact]
    public async Task A_directory_that_hangs_holds_up_eight_and_nobody_else()
    {
        await using var house = await OfficeHouse.Open(Engine.Sqlite);
        house.Office.Hangs = true;
        var held = Enumerable.Range(0, 8).Select(async _ =>
        {
            using var visitor = await house.Served.Visit();
            using var answer = await visitor.Get("/sign-in/office");
            return answer.StatusCode;
        }).ToList();
        while (house.Office.Waiting == 0) await Task.Yield();
        using var ninth = await house.Served.Visit();
        string? led;
        do
        {
            using var answer = await ninth.Get("/sign-in/office?silent=true");
            led = answer.Headers.Location?.OriginalString;
        }
        while (led is null);
        led.ShouldBe("/sign-in?returnUrl=%2F");
        await ninth.SignIn("clerk");
        house.Office.Lie = Lie.Broken;
        house.Office.Release();
        (await Task.WhenAll(held)).ShouldAllBe(answered => answered == HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_way_back_leads_only_into_this_site_and_a_code_that_somebody_else_asked_for_is_nothing()
    {
        await using var house = await OfficeHouse.Open(Engine.Sqlite);
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        (await house.Come(visitor, "zhuoma", "https://evil.example/")).ShouldBe("/");
        (await house.Come(visitor, "zhuoma", "//evil.example")).ShouldBe("/");

        using var another = await house.Served.Visit();
        using var asked = await visitor.Get("/sign-in/office");
        var back = await house.Back(asked.Headers.Location!, "zhuoma");
        using (var stolen = await another.Get(back)) (await Visitor.Text(stolen)).ShouldContain("cannot be believed");
        using (var bare = await another.Get("/sign-in/office/back?code=x&state=y")) bare.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var none = await another.Get("/sign-in/office/back")) none.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await another.Page("/sign-in")).ShouldNotBeEmpty();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_password_of_a_bound_account_holds_only_while_the_office_vouched_lately(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine);
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        await visitor.SignIn("supervisor");
        await house.Come(visitor, "zhuoma");
        using (var away = await house.Served.Visit()) await away.SignIn("supervisor");
        await house.Served.Store.Write(session => session.Execute("update access_office set vouched_at = vouched_at - @days",
            new { days = 4L * 24 * 3600 * 1000 }));
        using var late = await house.Served.Visit();
        using (var refused = await late.Post("/sign-in", "/sign-in", ("signIn", "supervisor"), ("password", DemonstrationAccounts.Password)))
            (await Visitor.Text(refused)).ShouldContain("has not vouched for you lately");
        (await house.Come(late, "zhuoma")).ShouldBe("/");
        using (var again = await house.Served.Visit()) await again.SignIn("supervisor");
    }

    [Fact]
    public async Task A_newcomer_who_comes_by_the_office_chooses_a_password_without_knowing_the_one_time_one()
    {
        await using var house = await OfficeHouse.Open(Engine.Sqlite);
        var fresh = (await house.Served.Services.GetRequiredService<JoinStaff>().Run(house.Actor("admin"), "newcomer", "新人",
            new RoleGiven(Role.Clerk, new Scope(ServedDistrict.District), new DateOnly(2020, 1, 1), null))).Value;
        await house.Name("newcomer", "zhuoma");
        using var visitor = await house.Served.Visit();
        (await house.Come(visitor, "zhuoma")).ShouldBe("/password");
        (await visitor.Page("/password")).ShouldNotContain("id=\"old\"");
        using (var changed = await visitor.Post("/password", "/password", ("fresh", "eight plain words"), ("again", "eight plain words")))
            changed.Headers.Location!.OriginalString.ShouldStartWith("/?");
        (await visitor.Page("/password")).ShouldContain("id=\"old\"", Case.Sensitive, "the own one is asked for");
        using var byPassword = await house.Served.Visit();
        using var refused = await byPassword.Post("/sign-in", "/sign-in", ("signIn", "newcomer"), ("password", fresh.Password));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Without_a_directory_nothing_of_it_is_shown_and_no_answer_of_one_is_heard()
    {
        await using var plain = new ServedDistrict();
        await plain.InitializeAsync();
        using var visitor = await plain.Visit();
        (await visitor.Page("/sign-in")).ShouldNotContain("/sign-in/office");
        foreach (var path in new[] { "/sign-in/office", "/sign-in/office/back?code=x" })
            using (var answer = await visitor.Get(path)) answer.Headers.Location!.OriginalString.ShouldBe("/sign-in");
        using var http = new HttpClient { BaseAddress = plain.Address };
        using var said = await http.PostAsync("/sign-in/office/ended", new FormUrlEncodedContent([new("logout_token", "x")]),
            TestContext.Current.CancellationToken);
        said.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("http://id.example.cn", "legwork", true, "begins with https"), InlineData("id.example.cn", "legwork", true, "begins with https")]
    [InlineData("https://me:secret@id.example.cn", "legwork", true, "begins with https"), InlineData("https://id.example.cn", "", true, "Client")]
    [InlineData("https://id.example.cn", "legwork", false, "Address")]
    public void A_directory_that_could_not_be_trusted_stops_the_server_at_its_start(string authority, string client, bool reachable, string says)
    {
        var office = new OfficeSettings { Authority = authority, Client = client, Secret = "only-for-tests" };
        var fault = Should.Throw<FormatException>(() => office.Checked("", reachable));
        fault.Message.ShouldContain(says);
        fault.Message.ShouldNotContain("only-for-tests");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_directory_that_does_not_say_that_it_asked_enough_lets_nobody_in(Engine engine)
    {
        await using var house = await OfficeHouse.Open(engine, office =>
            (office.Acr, office.Amr, office.AuthMinutesMax) = (["loa2", "loa3"], ["mfa", "hwk"], 60));
        await house.Name("supervisor", "zhuoma");
        using var visitor = await house.Served.Visit();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Action<Dictionary<string, object?>> Told(string acr, string[] amr, object? shown) =>
            claims => (claims["acr"], claims["amr"], claims["auth_time"]) = (acr, amr, shown);
        foreach (var says in new[]
        {
            null, Told("loa1", ["pwd", "mfa"], now), Told("loa2", ["pwd"], now), Told("loa2", ["mfa"], now - 7200), Told("loa2", ["mfa"], null),
            Told("LOA2", ["mfa"], now),
        })
        {
            house.Office.Says = says;
            (await house.Refused(visitor, "zhuoma")).ShouldContain("did not say that it asked as much of you");
        }
        house.Count("access_session").ShouldBe(0);
        house.Office.Heard.Last().ShouldContain("acr_values=loa2%20loa3");
        house.Office.Heard.Last().ShouldContain("max_age=3600");
        house.Office.Says = Told("loa3", ["pwd", "hwk"], now);
        (await house.Come(visitor, "zhuoma")).ShouldBe("/");
    }

    private static async Task<string> Start(Visitor visitor) => WebUtility.HtmlDecode(await visitor.Page("/"));
}
