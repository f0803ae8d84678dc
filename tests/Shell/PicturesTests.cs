using Microsoft.Playwright;

namespace Legwork.Shell.Tests;

/// <summary>For looking, not for proving: writes pictures of the style guide into the folder named by LEGWORK_PICTURES.</summary>
public class PicturesTests(ShellHost host) : IClassFixture<ShellHost>
{
    [Fact]
    public async Task Pictures_of_the_style_guide_are_taken_when_a_folder_is_named()
    {
        var folder = Environment.GetEnvironmentVariable("LEGWORK_PICTURES");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("No LEGWORK_PICTURES folder is named.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        foreach (var language in new[] { "zh-CN", "bo", "en" })
        foreach (var width in new[] { 360, 1440 })
        foreach (var look in new[] { "light", "dark", "large" })
        {
            await using var context = await browser.NewContextAsync(new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                Locale = language,
                ColorScheme = look == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            });
            await context.AddCookiesAsync([new() { Name = "type", Value = look == "large" ? "large" : "normal", Url = host.Address.ToString() }]);
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(host.Address, "/guide").ToString());
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}-{width}-{look}.png"), FullPage = true });
        }
    }
}
