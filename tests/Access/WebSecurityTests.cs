using System.Net;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Staff;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Access.Tests;

public class WebSecurityTests(ServedDistrict district) : IClassFixture<ServedDistrict>
{
    [Theory]
    [InlineData("/sign-in"), InlineData("/staff"), InlineData("/health"), InlineData("/no/such/page"), InlineData("/transparency")]
    public async Task Every_answer_carries_the_headers_that_keep_a_page_to_itself(string path)
    {
        using var stranger = await district.Visit();
        using var answer = await stranger.Get(path);
        string Header(string name) => string.Join(",",
            answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.TryGetValues(name, out values) ? values : []);

        Header("Content-Security-Policy").ShouldContain("default-src 'none'");
        Header("Content-Security-Policy").ShouldNotContain("unsafe");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Cache-Control").ShouldContain("no-store");
        Header("Server").ShouldBeEmpty();
        Header("Strict-Transport-Security").ShouldBeEmpty("it is not served over TLS here");
    }

    [Fact]
    public async Task Every_page_answers_HEAD_as_it_answers_GET_but_without_a_body()
    {
        using var officer = await district.Visit("officer");
        foreach (var path in new[] { "/", "/health", "/sign-in", "/board", "/board/live", "/no/such/page", "/people" })
        {
            using var got = await officer.Get(path);
            using var head = await officer.Send(new HttpRequestMessage(HttpMethod.Head, path));
            head.StatusCode.ShouldBe(got.StatusCode, path);
            head.Content.Headers.ContentType.ShouldBe(got.Content.Headers.ContentType, path);
            (await Visitor.Text(head)).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task A_refused_part_of_a_page_takes_the_place_of_the_whole_page()
    {
        using var officer = await district.Visit("officer");
        foreach (var asPart in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/people?q=x");
            if (asPart) request.Headers.Add("HX-Request", "true");
            using var answer = await officer.Send(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            answer.Headers.Contains("HX-Retarget").ShouldBe(asPart);
        }
    }

    [Theory, InlineData("OPTIONS"), InlineData("DELETE"), InlineData("PUT"), InlineData("TRACE"), InlineData("BREW")]
    public async Task A_method_that_nothing_here_takes_is_refused_by_name(string method)
    {
        using var stranger = await district.Visit();
        foreach (var path in new[] { "/", "/sign-in", "/health", "/no/such/page" })
        {
            using var answer = await stranger.Send(new HttpRequestMessage(new HttpMethod(method), path));
            ((int)answer.StatusCode).ShouldBe(405, path);
            string.Join(", ", answer.Content.Headers.Allow).ShouldBe("GET, HEAD, POST");
            (await Visitor.Text(answer)).ShouldContain("host.method");
        }
    }

    [Fact]
    public async Task Behind_a_proxy_with_TLS_cookies_are_secure_and_the_browser_stays_with_TLS()
    {
        using var visitor = await district.Visit();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        asked.Headers.Add("X-Forwarded-Proto", "https");
        using var form = await visitor.Send(asked);
        var token = WebUtility.HtmlDecode((await Visitor.Text(form)).Split("name=\"csrf-token\" content=\"")[1].Split('"')[0]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        request.Content = new FormUrlEncodedContent([new("csrf", token), new("signIn", "clerk"), new("password", DemonstrationAccounts.Password)]);
        using var answer = await visitor.Send(request);

        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000; includeSubDomains");
        var session = answer.Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith("__Host-legwork=", StringComparison.Ordinal)).ToLowerInvariant();
        session.ShouldContain("secure");
        session.ShouldContain("path=/;");
        session.ShouldNotContain("domain");
        session.ShouldContain("httponly");
        session.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task Behind_TLS_a_cookie_that_a_neighbouring_host_could_have_set_is_nobodys()
    {
        using var clerk = await district.Visit("clerk");
        var session = clerk.Cookies.GetCookies(district.Address)["legwork"]!.Value;
        foreach (var (name, led) in new[] { ("__Host-legwork", false), ("legwork", true), ("__Secure-legwork", true) })
        {
            using var stranger = await district.Visit();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("Cookie", $"{name}={session}");
            using var answer = await stranger.Send(request);
            (answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(led, name);
        }
    }

    [Theory]
    [InlineData("//evil.example", "/"), InlineData("https://evil.example", "/"), InlineData("/\\evil.example",
        "/"), InlineData("/password", "/password")]
    public async Task Signing_in_leads_back_only_into_this_site(string returnUrl, string leadsTo)
    {
        using var visitor = await district.Visit();
        using var answer = await visitor.Post("/sign-in", "/sign-in", ("signIn", "clerk"),
            ("password", DemonstrationAccounts.Password), ("returnUrl", returnUrl));
        answer.Headers.Location!.OriginalString.ShouldBe(leadsTo);
    }

    [Fact]
    public async Task Too_many_attempts_from_one_place_are_told_to_wait()
    {
        await using var earnest = new ServedDistrict(more: null, demonstration: false);
        await earnest.InitializeAsync();
        using var visitor = await earnest.Visit();
        HttpResponseMessage? last = null;
        for (var i = 0; i < 31; i++)
        {
            last?.Dispose();
            last = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]) });
        }
        last!.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await Visitor.Text(last)).ShouldContain("Try again in a minute");
        (await visitor.Page("/sign-in")).ShouldNotContain(DemonstrationAccounts.Password, Case.Sensitive,
            "a district in earnest publishes no sign-ins");
    }

    [Fact]
    public async Task A_password_that_somebody_else_set_opens_nothing_but_its_own_change()
    {
        var fresh = await Join("newcomer");
        using var visitor = await district.Visit();
        await visitor.SignIn("newcomer", fresh.Password);
        using (var led = await visitor.Get("/people")) led.Headers.Location!.OriginalString.ShouldBe("/password");
        using (var refused = await visitor.Post("/staff/join", "/password")) refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var same = await visitor.Post("/password", "/password", ("old", fresh.Password), ("fresh", fresh.Password), ("again", fresh.Password)))
            same.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using (var changed = await visitor.Post("/password", "/password", ("old", fresh.Password),
            ("fresh", "eight plain words"), ("again", "eight plain words")))
            changed.Headers.Location!.OriginalString.ShouldStartWith("/?");
        (await visitor.Page("/people")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Whoever_leaves_is_out_with_the_next_click()
    {
        using var leaver = await district.Visit("supervisor");
        (await leaver.Page("/staff")).ShouldNotBeEmpty();
        var account = district.Store.Read(session => Accounts.FindBySignIn(session, "supervisor"))!.Id;
        (await district.Services.GetRequiredService<LeaveStaff>().Run(Actor("admin"), account)).Ok.ShouldBeTrue();

        using var answer = await leaver.Get("/staff");
        answer.Headers.Location!.OriginalString.ShouldStartWith("/sign-in");
    }

    [Theory]
    [InlineData("Legwork-2026!"), InlineData("Password1234"), InlineData("aaaaaaaaaaab"), InlineData("数跑管理员密码2026")]
    public void A_password_of_words_that_everybody_tries_first_is_refused(string password) =>
        Accounts.CheckPassword(password).ShouldNotBeNull().Code.ShouldBe("access.password_guessed");

    [Theory]
    [InlineData("manchester"), InlineData("Basketball"), InlineData("1qaz2wsx3edc"), InlineData("4815162342"), InlineData("!!1enterprise99")]
    public void A_password_that_breaches_have_shown_is_refused_with_the_same_sentence(string password) =>
        Accounts.CheckPassword(password).ShouldNotBeNull().Code.ShouldBe("access.password_guessed");

    [Fact]
    public void A_hundred_thousand_breached_passwords_that_are_long_enough_are_known_and_a_book_is_not_looked_up_in_them()
    {
        var known = GuessedWords.BreachedOnes().ToHashSet();
        known.Count.ShouldBeGreaterThan(100_000);
        known.ShouldAllBe(one => one.Length >= Accounts.PasswordLengthMin && !one.Any(char.IsUpper));
        Accounts.CheckPassword("manchester by the sea, in winter").ShouldBeNull();
        Accounts.CheckPassword(new string('x', 1 << 20)).ShouldNotBeNull().Code.ShouldBe("access.password_long", "for its length, unread");
    }

    [Theory, InlineData("8394710265"), InlineData("a long password"), InlineData("我家门前有三棵老核桃树"), InlineData("............x#7Q")]
    public void Any_signs_may_stand_in_a_password(string password) => Accounts.CheckPassword(password).ShouldBeNull();

    [Theory]
    [InlineData(403, "access.denied", true), InlineData(429, "access.too_many", true), InlineData(400, "access.form_expired", true)]
    [InlineData(422, "cases.own_work", false), InlineData(404, "shell.not_found", false)]
    public async Task Whoever_is_refused_access_leaves_a_line_in_the_log_that_names_no_person(int status, string code, bool told)
    {
        var log = new Lines();
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton<ILogger<Refusal>>(log).BuildServiceProvider() };
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = ("GET", "/people/Tenzin", new QueryString("?q=Tenzin"));
        await Refusals.Write(http, status, Refusal.Of(code, "No."));
        log.Count.ShouldBe(told ? 1 : 0);
        if (told) log[0].ShouldStartWith($"Refused {code} to account ");
        string.Concat(log).ShouldNotContain("Tenzin");
    }

    private sealed class Lines : List<string>, ILogger<Refusal>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }

    private async Task<FreshPassword> Join(string signIn) =>
        (await district.Services.GetRequiredService<JoinStaff>().Run(Actor("admin"), signIn, "新人",
        new RoleGiven(Role.Clerk, new Scope(ServedDistrict.District), new DateOnly(2020, 1, 1), null))).Value;

    private Actor Actor(string signIn)
    {
        var account = district.Store.Read(session => Accounts.FindBySignIn(session, signIn))!;
        return district.Services.GetRequiredService<Accounts>().Find(account.Id, account.Stamp)!;
    }
}
