using Legwork.Journeys.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Legwork.Cases.Tests;

/// <summary>A grid worker's day in a real browser, with the network gone in the middle of it.</summary>
public class DayIslandTests(DayHost host, Chromium chromium) : IClassFixture<DayHost>
{
    [Fact]
    public async Task Answers_given_without_network_are_kept_sent_later_once_and_contradictions_are_shown()
    {
        await using var context = await chromium.Open(new() { Locale = "zh-CN", ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/enter").ToString());
        await page.EvaluateAsync(Chromium.UntilKept);

        host.Reachable = false;
        await page.ReloadAsync();
        await Expect(page.Locator(".day-visit")).ToHaveCountAsync(3);
        await page.Locator(".day-visit").First.ClickAsync();
        await Expect(page.Locator(".day-people").First).ToContainTextAsync("<b>扎西</b>");
        await Answer(page, "住在这里");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "1");

        await page.Locator(".day-visit").First.ClickAsync();
        await Answer(page, "已去世");
        await Expect(page.Locator(".error-summary")).ToBeVisibleAsync();
        await page.GetByLabel("或输入姓名代替签名").FillAsync("卓嘎");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存答复" }).ClickAsync();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "2");
        await page.Locator("#calls .day-visit").ClickAsync();
        await Expect(page.Locator("a[href='tel:089100000000']")).ToBeVisibleAsync();
        await Answer(page, "无人接听");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "3");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "3");
        host.Day.Received.ShouldBeEmpty();

        host.Day.MoveOn("c2");
        host.Reachable = true;
        // The page sends by itself as well and draws its button anew: whichever comes first, the answers go once.
        await page.EvaluateAsync("() => document.querySelector('.day-state button')?.click()");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "0");
        await Expect(page.Locator(".day-visit").First.Locator("[data-state]")).ToHaveAttributeAsync("data-state", "contradicted");
        await page.Locator(".day-visit").First.ClickAsync();
        await Expect(page.Locator(".notice.warn")).ToHaveTextAsync("已由他人核实");

        await page.ReloadAsync();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "0");
        host.Day.Received.Select(taken => (taken.CaseId, taken.Answer, taken.Question))
            .ShouldBe([("c1", "lives_here", "lives"), ("c4", "no_answer", null)]);

        await page.Locator(".account > summary").ClickAsync();
        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(host.Address, "/left").ToString());
        (await page.EvaluateAsync<bool>("async () => !!(await (await caches.open('legwork-pages')).match('/day'))")).ShouldBeFalse();
    }

    [Theory, InlineData("zh-CN", "没有网络"), InlineData("bo", "དྲ་རྒྱ་མི་འདུག"), InlineData("en", "There is no network")]
    public async Task An_address_that_the_network_does_not_bring_says_where_one_is_and_leads_to_the_day_that_is_kept(string language, string title)
    {
        await using var context = await chromium.Open(new() { Locale = language, ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/enter").ToString());
        await page.EvaluateAsync(Chromium.UntilKept);
        await page.EvaluateAsync(UntilAwayIsKept);

        host.Reachable = false;
        await page.GotoAsync(new Uri(host.Address, "/cases/7").ToString());
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await Expect(page.Locator("[data-here]")).ToHaveTextAsync("/cases/7");
        await Expect(page.Locator("[data-none]")).ToBeHiddenAsync();
        (await page.ContentAsync()).ShouldNotContain("扎西", Shouldly.Case.Sensitive, "the page is nobody's");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(360);
        await page.Locator("[data-kept='/day'] a").ClickAsync();
        await Expect(page.Locator(".day-visit")).ToHaveCountAsync(3);

        await page.GotoAsync(new Uri(host.Address, "/left").ToString());
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        host.Reachable = true;
        await page.Locator("[data-again]").ClickAsync();
        await Expect(page.Locator("body")).ToHaveTextAsync("left");
    }

    private const string UntilAwayIsKept = """
        async () => {
          while (!(await (await caches.open('legwork-away')).match('/offline'))) await new Promise(again => requestAnimationFrame(again));
        }
        """;

    // The first question that is still open.
    internal static async Task Answer(IPage page, string answer)
    {
        var form = page.Locator("form.day-question").First;
        await form.Locator(".choice", new() { HasText = answer }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "保存答复" }).ClickAsync();
    }
}
