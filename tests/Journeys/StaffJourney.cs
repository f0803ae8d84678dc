namespace Legwork.Journeys.Tests;

public class StaffJourney(Browser browser, EmptyDistrict district) : IClassFixture<EmptyDistrict>
{
    [Fact]
    public async Task An_administrator_takes_someone_in_who_chooses_a_password_and_later_leaves()
    {
        var administrator = await browser.Open(district.Served, "admin");
        if (!await administrator.IsVisibleAsync("a[href='/staff']")) await administrator.ClickAsync("nav.nav details.drop summary");
        await administrator.ClickAsync("a[href='/staff'] >> visible=true");
        await administrator.ClickAsync("a[href='/staff/join']");
        await administrator.FillAsync("#name", "旦增");
        await administrator.FillAsync("#signIn", "tenzin");
        await administrator.SelectOptionAsync("#role", "Clerk");
        await administrator.FillAsync("#scope", "nowhere");
        await administrator.ClickAsync("main button[type=submit]");
        (await administrator.InnerTextAsync(".error-summary")).ShouldContain("Give the name or the code of one place");
        await administrator.FillAsync("#scope", ServedDistrict.Street);
        await administrator.ClickAsync("main button[type=submit]");
        var password = await administrator.InnerTextAsync("#one-time-password");

        var clerk = await browser.Open(district.Served, width: 360, language: "zh-CN");
        await Browser.SignIn(clerk, "tenzin", password);
        clerk.Url.ShouldEndWith("/password");
        await clerk.FillAsync("#old", password);
        await clerk.FillAsync("#fresh", "four plain words here");
        await clerk.FillAsync("#again", "four plain words here");
        await clerk.ClickAsync("main button[type=submit]");
        (await clerk.InnerTextAsync("main")).ShouldContain("旦增，您好");
        (await clerk.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();

        await administrator.ClickAsync("main a[href^='/staff/']");
        await administrator.ClickAsync("a[href$='/leave']");
        await administrator.ClickAsync("main button[type=submit]");
        (await administrator.InnerTextAsync("main")).ShouldContain("Has left");
        await clerk.GotoAsync("/");
        clerk.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_supervisor_sees_the_own_streets_staff_and_can_change_nothing()
    {
        var page = await browser.Open(district.Served, "supervisor");
        await page.GotoAsync("/staff");
        var list = await page.InnerTextAsync("main");
        list.ShouldContain("次仁");
        list.ShouldNotContain("德吉");
        (await page.QuerySelectorAsync("a[href='/staff/join']")).ShouldBeNull();
        await page.ClickAsync("main a[href^='/staff/']");
        (await page.QuerySelectorAllAsync("main form")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Anyone_may_see_how_much_is_read_and_withheld_without_signing_in()
    {
        var page = await browser.Open(district.Served, width: 360, language: "bo");
        await page.GotoAsync("/transparency");
        (await page.QuerySelectorAllAsync("main table")).Count.ShouldBe(2);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
    }
}
