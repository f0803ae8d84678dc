using Legwork.Journeys.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Legwork.Cases.Tests;

/// <summary>A slip at the door, with and without network.</summary>
public class DayTakeBackTests(DayHost host, Chromium chromium) : IClassFixture<DayHost>
{
    [Fact]
    public async Task A_visit_sent_is_taken_back_without_network_and_keeps_its_telephone_and_number_and_what_waits_never_leaves()
    {
        await using var context = await chromium.Open(new() { Locale = "zh-CN", ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/enter").ToString());
        await page.EvaluateAsync(Chromium.UntilKept);
        await page.Locator(".day-visit").First.ClickAsync();
        await DayIslandTests.Answer(page, "住在这里");
        await host.Day.Next();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "0");
        host.Day.Received.Single().Answer.ShouldBe("lives_here");

        host.Reachable = false;
        await page.Locator(".day-visit").First.ClickAsync();
        await page.EvaluateAsync("() => window.scrollTo(0, document.body.scrollHeight)");
        await Expect(page.Locator(".day-head a[href='tel:089100000001']")).ToBeInViewportAsync();
        await Expect(page.Locator(".day-head .order")).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("已在本机撤回");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "1");
        await page.ReloadAsync();
        await Expect(page.Locator(".notice")).ToContainTextAsync("已在本机撤回", new() { Timeout = 15000 });
        var form = page.Locator("form.day-question").First;
        await form.Locator(".choice", new() { HasText = "已迁走" }).ClickAsync();
        await form.Locator("input[id$='-place']").FillAsync("540102002");
        await form.GetByRole(AriaRole.Button, new() { Name = "保存答复" }).ClickAsync();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "2");
        await Expect(page.Locator(".day-visit .order").First).ToHaveTextAsync("1");

        await page.Locator(".day-visit").Nth(1).ClickAsync();
        await DayIslandTests.Answer(page, "住在这里");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "3");
        await page.Locator(".day-visit").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "2");
        host.Reachable = true;
        await page.EvaluateAsync("() => document.querySelector('.day-state button')?.click()");
        await page.EvaluateAsync("() => window.dispatchEvent(new Event('online'))");
        await Expect(page.Locator("[data-waiting]")).ToHaveAttributeAsync("data-waiting", "0");
        host.Day.Received.Select(taken => (taken.CaseId, taken.Answer))
            .ShouldBe([("c1", "lives_here"), ("c1", "take_back"), ("c1", "moved_away")], "what was given up before it was sent is not there");
    }
}
