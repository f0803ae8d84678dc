using Legwork.Journeys.Tests;
using Microsoft.Playwright;

namespace Legwork.Shell.Tests;

/// <summary>The style guide in a browser, in every language, narrow and wide, light, dark and large.</summary>
public class LooksTests(ShellHost host, Chromium chromium) : IClassFixture<ShellHost>
{
    // Set to a folder, the same run leaves its pictures there for the eye.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LEGWORK_PICTURES");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("bo")]
    [InlineData("en")]
    public async Task No_page_scrolls_sideways_or_breaks_the_content_policy_and_targets_fit_a_thumb(string language)
    {
        foreach (var (width, look) in new[] { (360, "light"), (360, "large"), (360, "dark"), (1440, "light"), (1440, "dark"), (1440, "large") })
        {
            await using var context = await chromium.Open(new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                Locale = language,
                ColorScheme = look == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            });
            await context.AddCookiesAsync([new() { Name = "type", Value = look == "large" ? "large" : "normal", Url = host.Address.ToString() }]);
            var page = await context.NewPageAsync();
            var complaints = new List<string>();
            page.Console += (_, said) =>
            {
                if (said.Type is "error" or "warning") complaints.Add(said.Text);
            };
            await page.GotoAsync(new Uri(host.Address, "/guide").ToString());
            await page.Locator("#sign canvas:not([hidden])").WaitForAsync();

            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(width, $"{language} {look}");
            (await page.EvaluateAsync<string[]>(SmallTargets)).ShouldBeEmpty($"{language} {width} {look}");
            complaints.ShouldBeEmpty();
            if (Pictures is not null)
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{language}-{width}-{look}.png"), FullPage = true });
        }
    }

    // Links inside a sentence or a cell are exempt (WCAG 2.5.8); what is pressed on purpose is not.
    private const string SmallTargets = """
        [...document.querySelectorAll('button, .button, .choice, input:not([type=hidden], [type=radio], [type=checkbox]), '
            + 'select, textarea, summary, .nav a, .pager a, .tabs a, .brand')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))
        """;
}
