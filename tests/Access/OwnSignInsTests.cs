using System.Net;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Legwork.Access.Tests;

/// <summary>Where one is signed in: seen by its owner, and ended by nobody else.</summary>
public class OwnSignInsTests
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 14; HUAWEI P60) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Somebody_sees_the_own_sign_ins_and_ends_one_or_all_others_and_nobody_elses(Engine engine)
    {
        await using var served = await Serve(engine);
        using var here = await Enter(served, "clerk", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
        using var phone = await Enter(served, "clerk", Phone);
        using var third = await Enter(served, "clerk", "");
        using var somebody = await Enter(served, "nurse", Phone);
        var page = await here.Page("/sign-ins");
        foreach (var kind in new[] { "Computer", "Phone", "Unknown device" }) page.ShouldContain($"<h2>{kind}</h2>");
        page.ShouldNotContain("HUAWEI", Case.Sensitive, "what a browser says of itself is not kept");
        served.Store.Read(session => session.Query<string>("select distinct device from access_session")).Order()
            .ShouldBe(["", Device.Computer, Device.Phone]);

        await Ends(here, $"/sign-ins/{Of(served, "nurse", Device.Phone)}/end");
        (await IsIn(somebody)).ShouldBeTrue("it is not the clerk's to end");
        await Ends(here, $"/sign-ins/{Of(served, "clerk", Device.Phone)}/end");
        (await IsIn(phone)).ShouldBeFalse();
        (await IsIn(third)).ShouldBeTrue();

        await Ends(here, "/sign-ins/others/end");
        (await IsIn(third)).ShouldBeFalse();
        (await IsIn(somebody)).ShouldBeTrue();
        (await here.Page("/sign-ins")).ShouldContain("You are signed in here and nowhere else.");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_finds_a_desk_unlocked_ends_nothing_without_the_password(Engine engine)
    {
        await using var served = await Serve(engine);
        using var here = await Enter(served, "clerk", "");
        using var other = await Enter(served, "clerk", Phone);
        await served.Store.Write(session => session.Execute("update access_session set shown_at = 0"));
        (await here.Page("/sign-ins")).ShouldNotContain("/end\"");
        foreach (var path in new[] { $"/sign-ins/{Of(served, "clerk", Device.Phone)}/end", "/sign-ins/others/end" })
        {
            using var refused = await here.Post(path, "/sign-ins");
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await Visitor.Text(refused)).ShouldContain("Show again who you are before you end other sign-ins.");
        }
        (await IsIn(other)).ShouldBeTrue();
        using (var wrong = await here.Post("/sign-ins/again", "/sign-ins", ("password", "not this one")))
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using (var shown = await here.Post("/sign-ins/again", "/sign-ins", ("password", DemonstrationAccounts.Password)))
            shown.Headers.Location!.OriginalString.ShouldBe("/sign-ins");
        await Ends(here, "/sign-ins/others/end");
        (await IsIn(other)).ShouldBeFalse();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_is_over_stands_in_no_list(Engine engine)
    {
        await using var served = await Serve(engine);
        using var first = await Enter(served, "clerk", Phone);
        await served.Store.Write(session => session.Execute("update access_session set seen_at = 0"));
        using var second = await Enter(served, "clerk", "");
        (await second.Page("/sign-ins")).ShouldNotContain("<h2>Phone</h2>");
        using var third = await Enter(served, "clerk", Phone);
        using (var changed = await second.Post("/password", "/password", ("old", DemonstrationAccounts.Password),
            ("fresh", "eight plain words"), ("again", "eight plain words")))
            changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await second.Page("/sign-ins")).ShouldContain("You are signed in here and nowhere else.");
        (await IsIn(third)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Phone, Device.Phone), InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148", Device.Phone)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148", Device.Tablet)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X200) Safari/537.36", Device.Tablet)]
    [InlineData("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1 Mobile", Device.Phone)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", Device.Computer)]
    [InlineData("curl/8.1", Device.Unknown), InlineData("", Device.Unknown)]
    public void A_device_is_called_as_a_person_calls_it(string says, string kind)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.UserAgent = says;
        Device.Of(http.Request).ShouldBe(kind);
    }

    private static async Task<ServedDistrict> Serve(Engine engine)
    {
        var served = new ServedDistrict(TestStore.Bare(engine));
        await served.InitializeAsync();
        return served;
    }

    private static async Task<Visitor> Enter(ServedDistrict served, string signIn, string agent)
    {
        var visitor = await served.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("csrf", await visitor.Token("/sign-in")), new("signIn", signIn),
                new("password", DemonstrationAccounts.Password)]),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        using var answer = await visitor.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await Visitor.Text(answer));
        return visitor;
    }

    private static Guid Of(ServedDistrict served, string signIn, string device) => served.Store.Read(session => session.First<Guid>("""
        select s.id from access_session s join access_account a on a.id = s.account where a.sign_in = @signIn and s.device = @device
        """, new { signIn, device }));

    private static async Task Ends(Visitor visitor, string path)
    {
        using var answer = await visitor.Post(path, "/sign-ins");
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-ins", await Visitor.Text(answer));
    }

    private static async Task<bool> IsIn(Visitor visitor)
    {
        using var answer = await visitor.Get("/sign-ins");
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
