using Microsoft.Playwright;

namespace Legwork.Shell.Tests;

/// <summary>The system's Chromium, driven headless.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var path = Environment.GetEnvironmentVariable("LEGWORK_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip("No Chromium: install the package chromium to run the browser tests.");
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
