using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>From the sign-in page to the work with a tap each, decisions with their way back, and a Back that never asks to send again.</summary>
public class HomeJourney(Browser browser, LivingDistrict district) : IClassFixture<LivingDistrict>
{
    [Theory, InlineData("zh-CN"), InlineData("bo"), InlineData("en")]
    public async Task One_tap_enters_the_demonstration_and_one_more_begins_the_work(string language)
    {
        var page = await browser.Open(district.Served, width: 360, language: language);
        await page.GotoAsync("/sign-in");
        await page.Locator("form[action='/sign-in']", new() { Has = page.Locator("input[value=door]") }).GetByRole(AriaRole.Button).ClickAsync();
        await Browser.Leave(page, "/sign-in");
        (await page.Locator(".waiting a").CountAsync()).ShouldBeGreaterThan(0);
        (await page.EvaluateAsync<double>("document.querySelector('main').getBoundingClientRect().top")).ShouldBeLessThan(70);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(360);
        (await page.EvaluateAsync<bool>("(who => who.scrollWidth <= who.clientWidth)(document.querySelector('.who'))"))
            .ShouldBeTrue("the reader's name stands whole beside the menu");
        (await page.EvaluateAsync<bool>(WholeOrAway)).ShouldBeTrue("the product's name does too, or is away whole");
        await page.Locator(".card .button").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/(day|cases)/"));
    }

    private const string WholeOrAway = """
        (() => {
          const [brand, name] = ['.brand', '.brand span'].map(one => document.querySelector(one).getBoundingClientRect());
          return name.top >= brand.bottom || name.right <= brand.right + 0.5;
        })()
        """;

    [Fact]
    public async Task A_menu_opens_without_script_and_holds_every_place()
    {
        var page = await browser.Open(district.Served, "checker", width: 360, script: false);
        (await page.Locator("nav.nav a[href='/queue']").IsVisibleAsync()).ShouldBeFalse();
        await page.ClickAsync(".menu-switch");
        (await page.Locator("nav.nav a[href='/queue']").IsVisibleAsync()).ShouldBeTrue();
        await page.ClickAsync("nav.nav summary");
        await page.ClickAsync("nav.nav a[href='/transparency']");
        page.Url.ShouldEndWith("/transparency");
    }

    [Fact]
    public async Task A_refused_form_tells_all_that_is_wrong_keeps_what_was_typed_and_Back_shows_a_page()
    {
        var child = district.Served.Store.Read(session => session.Query<Guid>(
            "select id from people_file where state = 'open' and birth >= '2024-01-01' and length(birth) = 10 and lives <> '' order by id"))[0];
        var nurse = await browser.Open(district.Served, "vaccinator");
        await nurse.GotoAsync($"/people/{child}/immunization/doses/new");
        await nurse.FillAsync("#note", "kept words");
        await nurse.FillAsync("#on", "");
        await nurse.ClickAsync("main form[action$='/doses'] button");
        (await nurse.Locator(".error-summary li").CountAsync()).ShouldBe(3);
        (await nurse.InputValueAsync("#note")).ShouldBe("kept words");
        nurse.Url.ShouldEndWith("/doses/new");
        await nurse.ClickAsync(".crumbs a");
        (await nurse.GoBackAsync())!.Status.ShouldBe(200);
        (await nurse.Locator("#note").CountAsync()).ShouldBe(1);
    }
}
