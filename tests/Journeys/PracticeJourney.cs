using Legwork.Host;
using Legwork.Host.Practice;
using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>Whoever practises cannot take the copy for the district: on a phone, on paper, in any language.</summary>
public sealed class PracticeJourney(Browser browser) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("legwork-practice-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_nurse_practises_under_a_band_that_is_on_every_page_and_on_paper()
    {
        using var over = new CancellationTokenSource();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var house = new PracticeHouse(new DistrictOptions { Listen = "http://127.0.0.1:0", Data = Path.Combine(root, "real") },
            new PracticeFolder(Path.Combine(root, "practice")), people: 100, new TimeOnly(2, 30), TimeProvider.System,
            said => { if (said.StartsWith(PracticeHouse.OpenAt, StringComparison.Ordinal)) open.TrySetResult(); });
        var running = house.Run(over.Token);
        await (await Task.WhenAny(open.Task, running));
        foreach (var language in new[] { "zh-CN", "bo", "en" })
        {
            var page = await browser.Open(new Uri(house.Open!.Urls.Single()), width: 360, language: language);
            await Axe.Bring(page.Context);
            await page.GotoAsync("/sign-in");
            await page.Locator("form:has(input[value=nurse]) button").ClickAsync();
            await Browser.Leave(page, "/sign-in");
            (await page.Locator("aside.practice strong").CountAsync()).ShouldBe(1);
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
            (await Axe.Violations(page)).ShouldBeEmpty();
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            (await page.Locator("aside.practice").IsVisibleAsync()).ShouldBeTrue("on paper too");
            (await page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "legwork", "the district's own sign-in stays as it is");
        }
        await over.CancelAsync();
        await running;
    }
}
