using System.Net;
using Legwork.Host;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Access.Tests;

/// <summary>Roles that a password alone does not open.</summary>
public class MoreThanPasswordTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_password_alone_opens_such_a_role_no_further_than_the_first_passkey_and_then_not_at_all(Engine engine)
    {
        await using var house = await PasskeyHouse.Open(engine, "Administrator");
        using var admin = await house.Served.Visit("admin");
        foreach (var page in new[] { "/", "/staff", "/password", "/sign-ins", "/find", "/stand-ins" })
        {
            using var led = await admin.Get(page);
            led.Headers.Location!.OriginalString.ShouldBe("/passkeys", page);
        }
        (await admin.Page("/passkeys")).ShouldContain("Your role is not opened by a password alone.");
        foreach (var act in new[] { "/password", "/staff/join", "/sign-ins/others/end", "/stand-ins/own-name" })
        {
            using var refused = await admin.Post(act, "/passkeys");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, act);
        }
        using var key = house.NewKey();
        (await house.Add(admin, key, "desk")).ShouldBe("/passkeys");
        (await admin.Page("/passkeys")).ShouldContain("Sign out, and sign in with it.");
        using var second = house.NewKey();
        (await PasskeyHouse.Refused(await house.AddAnswer(admin, second, "another"))).ShouldContain("Your role is not opened by a password alone.");
        using (var led = await admin.Get("/staff")) led.Headers.Location!.OriginalString.ShouldBe("/passkeys", "it began with a password");

        using var visitor = await house.Served.Visit();
        (await house.Enter(visitor, key)).ShouldBe("/");
        (await visitor.Page("/staff")).ShouldNotBeEmpty();
        using var thief = await house.Served.Visit();
        using (var refused = await thief.Post("/sign-in", "/sign-in", ("signIn", "admin"), ("password", DemonstrationAccounts.Password)))
            (await PasskeyHouse.Refused(refused)).ShouldContain("Sign in with your passkey or the office");
        using (var wrong = await thief.Post("/sign-in", "/sign-in", ("signIn", "admin"), ("password", "not this one")))
            (await PasskeyHouse.Refused(wrong)).ShouldContain("name or the password is wrong", Case.Sensitive, "who does not know it learns no more");
        using var clerk = await house.Served.Visit("clerk");
        (await clerk.Page("/people")).ShouldNotBeEmpty("a password opens every other role");
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whoever_came_by_a_passkey_changes_the_password_and_shows_it_again_without_losing_the_role(Engine engine)
    {
        await using var house = await PasskeyHouse.Open(engine, "Administrator");
        using var first = await house.Served.Visit("admin");
        using var key = house.NewKey();
        await house.Add(first, key, "desk");
        using var admin = await house.Served.Visit();
        await house.Enter(admin, key);
        using (var shown = await admin.Post("/sign-ins/again", "/sign-ins", ("password", DemonstrationAccounts.Password)))
            shown.Headers.Location!.OriginalString.ShouldBe("/sign-ins");
        (await admin.Page("/staff")).ShouldNotBeEmpty();
        using (var changed = await admin.Post("/password", "/password", ("old", DemonstrationAccounts.Password),
            ("fresh", "eight plain words"), ("again", "eight plain words")))
            changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await admin.Page("/staff")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Adminstrator", "http://127.0.0.1:0", "", "no role Adminstrator")]
    [InlineData("Administrator", "http://0.0.0.0:0", "", "needs an Address with a name")]
    [InlineData("Administrator", "http://0.0.0.0:0", "https://10.0.0.5", "needs an Address with a name")]
    [InlineData("Administrator", "http://0.0.0.0:0", "https://legwork.example.cn", null)]
    public void A_duty_that_nobody_could_meet_stops_the_server_at_its_start(string role, string listen, string address, string? says)
    {
        var rules = new DistrictOptions { MoreThanPassword = [role], Listen = listen, Address = address }.RulesOfAccess();
        if (says is null) Should.NotThrow(() => rules.Check([Role.Administrator]));
        else Should.Throw<FormatException>(() => rules.Check([Role.Administrator])).Message.ShouldContain(says);
    }
}
