using Legwork.Journeys.Tests;
using Legwork.Platform.Access;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Legwork.Journeys.Tests;

/// <summary>
/// One headless Chromium for all journeys; each journey opens its own context, so nothing is shared but the process. Take it in
/// the constructor beside the district: <c>public class DayJourney(Browser browser, ServedDistrict district)</c>.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("LEGWORK_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null) return;
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A phone or a desk: a fresh page of its own, in English unless told, signed in when a name is given.</summary>
    /// <param name="width">CSS pixels; 360 is the narrowest phone that must work.</param>
    public async Task<IPage> Open(ServedDistrict district, string? signIn = null, int width = 1280, string language = "en", bool script = true)
    {
        if (chromium is null) Assert.Skip("No Chromium: install the package chromium to run the browser tests.");
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = district.Address.ToString(),
            Locale = language,
            ViewportSize = new() { Width = width, Height = 800 },
            JavaScriptEnabled = script,
            AcceptDownloads = true,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        if (signIn is not null) await SignIn(page, signIn);
        return page;
    }

    public static async Task SignIn(IPage page, string signIn, string password = DemonstrationAccounts.Password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#signIn", signIn);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}
