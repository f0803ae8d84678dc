using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>Staff sign in by the office's own directory, in Chromium, from the administrator's line to the day somebody leaves over there.</summary>
public class OfficeJourney(Browser browser)
{
    [Fact]
    public async Task An_administrator_names_a_supervisor_who_comes_by_the_office_until_the_office_says_otherwise()
    {
        TestRun.Browser();
        await using var office = await OfficeInTests.Open();
        await using var served = new ServedDistrict(TestStore.Bare(Engine.Sqlite), options => options.Office = new OfficeSettings
        {
            Authority = office.Address,
            Client = OfficeInTests.Client,
            Secret = OfficeInTests.Secret,
            Label = { ["zh-CN"] = "用区政务账号登录" },
        });
        await served.InitializeAsync();
        var administrator = await browser.Open(served, "admin");
        await administrator.GotoAsync("/staff?q=supervisor");
        await administrator.ClickAsync("main a[href^='/staff/']:has-text('卓嘎')");
        await administrator.ClickAsync("form[action$='/office'] button");
        (await administrator.InnerTextAsync(".error-summary")).ShouldContain("Enter the name at the directory");
        await administrator.FillAsync("#office-name", "Zhuoma");
        await administrator.ClickAsync("form[action$='/office'] button");
        (await administrator.InnerTextAsync("main")).ShouldContain("Waits for the first sign-in");

        var supervisor = await browser.Open(served, width: 360, language: "zh-CN");
        await supervisor.GotoAsync("/staff");
        await supervisor.ClickAsync("text=用区政务账号登录");
        await supervisor.ClickAsync("#zhuoma");
        await Assertions.Expect(supervisor).ToHaveURLAsync(served.Address + "staff");
        await administrator.ReloadAsync();
        (await administrator.InnerTextAsync("main")).ShouldContain("Bound to the office's account by its first sign-in");

        // Somebody whom nobody named reads whom to ask, and is told by which name.
        var stranger = await browser.Open(served, width: 360);
        office.Here = null;
        await stranger.GotoAsync("/sign-in");
        await stranger.ClickAsync("text=Sign in with the office's account");
        await stranger.ClickAsync("#basang");
        (await stranger.InnerTextAsync(".notice.danger")).ShouldContain("basang");
        (await stranger.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();

        // The office still knows the supervisor: a sign-in that is over here goes on without a word.
        office.Here = "zhuoma";
        await End(served);
        await supervisor.GotoAsync("/staff");
        await Assertions.Expect(supervisor).ToHaveURLAsync(served.Address + "staff");

        office.People.TryRemove("zhuoma", out _);
        using var server = new HttpClient { BaseAddress = served.Address };
        using var said = await server.PostAsync("/sign-in/office/ended", new FormUrlEncodedContent([new("logout_token", office.Logout())]),
            TestContext.Current.CancellationToken);
        ((int)said.StatusCode).ShouldBe(200);
        await supervisor.GotoAsync("/staff");
        await Assertions.Expect(supervisor).ToHaveURLAsync(served.Address + "sign-in?returnUrl=%2Fstaff");
    }

    [Fact]
    public async Task What_was_typed_when_a_sign_in_ended_stands_in_its_form_again_after_the_way_through_the_office()
    {
        TestRun.Browser();
        await using var office = await OfficeInTests.Open();
        await using var served = new ServedDistrict(TestStore.Bare(Engine.Sqlite), options => options.Office = new OfficeSettings
        {
            Authority = office.Address,
            Client = OfficeInTests.Client,
            Secret = OfficeInTests.Secret,
        });
        await served.InitializeAsync();
        await served.Store.Write(session => session.Execute("""
            insert into access_office (account, name, named_at) select id, 'zhuoma', @now from access_account where sign_in = 'admin'
            """, new { now = DateTimeOffset.UtcNow }));
        office.Here = "zhuoma";
        var page = await browser.Open(served, "admin");
        await page.GotoAsync("/staff/join");
        await page.FillAsync("#name", "旦增卓玛");
        await End(served);
        await page.ClickAsync("main button[type=submit]");
        (await page.InnerTextAsync("main")).ShouldContain("what you typed is kept for you");
        await page.ClickAsync("text=Sign in with the office's account");
        await Assertions.Expect(page).ToHaveURLAsync(served.Address + "staff/join");
        (await page.InputValueAsync("#name")).ShouldBe("旦增卓玛");
    }

    private static Task End(ServedDistrict served) => served.Store.Write(session => session.Execute("delete from access_session"));
}
