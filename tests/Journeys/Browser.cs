using System.Text.RegularExpressions;
using Legwork.Journeys.Tests;
using Legwork.Platform.Access;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Legwork.Journeys.Tests;

/// <summary>
/// One headless Chromium for all journeys; each journey opens its own context, so nothing is shared but the process. Take it in
/// the constructor beside the district: <c>public class DayJourney(Browser browser, ServedDistrict district)</c>.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Chromium chromium = new();

    /// <summary>A phone or a desk: a fresh page of its own, in English unless told, signed in when a name is given.</summary>
    /// <param name="width">CSS pixels; 360 is the narrowest phone that must work.</param>
    public Task<IPage> Open(ServedDistrict district, string? signIn = null, int width = 1280, string language = "en", bool script = true) =>
        Open(district.Address, signIn, width, language, script);

    public async Task<IPage> Open(Uri address, string? signIn = null, int width = 1280, string language = "en", bool script = true)
    {
        var context = await chromium.Open(new()
        {
            BaseURL = address.ToString(),
            Locale = language,
            ViewportSize = new() { Width = width, Height = 800 },
            JavaScriptEnabled = script,
            AcceptDownloads = true,
        });
        var page = await context.NewPageAsync();
        if (signIn is not null) await SignIn(page, signIn);
        return page;
    }

    public static async Task SignIn(IPage page, string signIn, string password = DemonstrationAccounts.Password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#signIn", signIn);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button[type=submit]");
        await Leave(page, "/sign-in");
    }

    /// <summary>Waits until the next page stands. Asked of the page itself: of its events one may come before anybody listens.</summary>
    public static async Task Leave(IPage page, string path)
    {
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(Regex.Escape(path)));
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    /// <summary>The same, where it is known which page comes.</summary>
    /// <param name="address">A pattern such as <c>**/reads?person=*</c>.</param>
    public static async Task Reach(IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$"));
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    public ValueTask DisposeAsync() => chromium.DisposeAsync();
}
