using Microsoft.Playwright;

namespace Legwork.Journeys.Tests;

/// <summary>The system's Chromium, started headless by the first test that needs it and shared by all:
/// each test opens a context of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Waits in the page, frame by frame, until the day is kept for work without network;
    /// a day that never is fails with a sentence.</summary>
    public const string UntilKept = """
        async () => {
          for (let frames = 0; frames < 6000; frames++) {
            if (await (await caches.open('legwork-pages')).match('/day') && navigator.serviceWorker.controller) return;
            await new Promise(again => requestAnimationFrame(again));
          }
          throw new Error('The page was not kept.');
        }
        """;

    // Only what never comes is meant to fail: on a machine with thirty times its load a page takes longer than the half minute, and an
    // expectation longer than the five seconds, that the driver grants by itself.
    private const float PatienceMilliseconds = 240_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(Start);

    /// <summary>A context of one's own, which waits as long as it takes, or the test is skipped with a sentence.</summary>
    public async Task<IBrowserContext> Open(BrowserNewContextOptions? options = null)
    {
        TestRun.Browser();
        Assert.SkipWhen(Where() is null, "No Chromium: install the package chromium to run the browser tests.");
        var context = await (await started.Value).Browser.NewContextAsync(options);
        context.SetDefaultTimeout(PatienceMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (driver, browser) = await started.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static string? Where() => Environment.GetEnvironmentVariable("LEGWORK_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    private static async Task<(IPlaywright, IBrowser)> Start()
    {
        var driver = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        return (driver, await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Where(),
            Timeout = PatienceMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        }));
    }
}
