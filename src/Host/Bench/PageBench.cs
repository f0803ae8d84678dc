using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Legwork.Host.Processes;
using Legwork.Platform.Modules;

namespace Legwork.Host.Bench;

/// <summary>
/// What the daily pages cost a server of its own: processor time a request with one asking and with 128, and how long 1,000 signed-in people wait
/// who each click every ten seconds. Whoever asks runs on the same machine.
/// </summary>
internal static partial class PageBench
{
    private const int People = 108_000;
    private const int AtOnce = 128;
    private static readonly int[] Crowds = [1, 50, 128, 200];
    private const int WarmUp = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // Bars of processor milliseconds; none where none was set.
    private static readonly Daily[] Pages =
    [
        new("worker's day", "worker", "/day", 10),
        new("board", "officer", "/board", 6),
        new("a person's file", "clerk", "/find?q=扎西", 5, PersonLink()),
        new("search", "clerk", "/find?q=扎西", 4),
        new("grids of the board", "officer", "/board/grids", null),
        new("queue of cases", "supervisor", "/queue", null),
        new("a case", "supervisor", "/queue", null, CaseLink()),
        new("home", "clerk", "/", null),
    ];

    public static readonly ModuleBench Bench = new("pages",
        "The daily pages of a demonstration district: processor time a request, and what 1,000 people wait who click every ten seconds.", Run);

    private static async Task<IReadOnlyList<Measured>> Run(BenchPlace place)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var people = Math.Min(People, Math.Max(500, place.Rows));
        List<string> words = ["dotnet", typeof(PageBench).Assembly.Location, "demo", "--people", $"{people}", "--listen", $"{address}".TrimEnd('/'),
            "--data", Path.Combine(place.Folder, "data")];
        if (place.Storage.Length > 0) words.AddRange(["--storage", place.Storage]);
        // Each comes from an address of their own, as behind a proxy: how often one address may try to sign in is limited.
        using var server = new Child("pages", place.Folder, words, new Dictionary<string, string> { ["LEGWORK_SET_Proxies__0"] = "127.0.0.1" });
        var making = Stopwatch.StartNew();
        server.Start();
        await Ready(server, address);
        var figures = new List<Measured> { new("people", people, ""), new("demonstration made and served", making.Elapsed.TotalSeconds, "s") };
        using var browser = new Browser(address);
        var clicks = new List<Click>();
        foreach (var page in Pages)
        {
            var session = await browser.SignIn(page.SignIn);
            var path = page.Link is { } link ? Found(link, await browser.Page(session, page.Path), page.Path) : page.Path;
            clicks.Add(new Click(page, path));
            var lone = await Load(server, browser, session, path, 1, place.Seconds);
            var many = await Load(server, browser, session, path, AtOnce, place.Seconds);
            var bar = page.Bar is { } most ? $" (to reach {most})" : "";
            figures.Add(new Measured($"{page.Name}: processor{bar}", lone.Cost, "ms"));
            figures.Add(new Measured($"{page.Name}: with {AtOnce} asking", many.Cost, "ms"));
            figures.Add(new Measured($"{page.Name}: requests with {AtOnce} asking", many.PerSecond, "/s"));
        }
        figures.AddRange(await Crowded(server, browser, clicks.First(click => click.Page.Link is not null), place));
        figures.AddRange(await new ClickingPeople(browser, clicks).Run(place.Seconds));
        return figures;
    }

    /// <summary>Whether more who ask at once make all slower, or the server larger: readers and running requests are bounded.</summary>
    private static async Task<IReadOnlyList<Measured>> Crowded(Child server, Browser browser, Click click, BenchPlace place)
    {
        var file = Path.Combine(Path.GetFullPath(place.Folder), "data", "district.db");
        var session = await browser.SignIn(click.Page.SignIn);
        var figures = new List<Measured>();
        foreach (var crowd in Crowds)
        {
            var load = await Load(server, browser, session, click.Path, crowd, place.Seconds);
            figures.Add(new Measured($"{click.Page.Name}: {crowd} asking", load.PerSecond, "/s"));
            figures.Add(new Measured($"{click.Page.Name}: {crowd} asking, memory of the server", server.Memory / 1e6, "MB"));
            if (place.Storage.Length == 0)
                figures.Add(new Measured($"{click.Page.Name}: {crowd} asking, open handles of the database", server.HandlesOf(file), ""));
        }
        return figures;
    }

    private static async Task Ready(Child server, Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && server.Lives; await Task.Delay(200))
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It makes its district and does not listen yet.
            }
        }
        throw new InvalidOperationException($"The district did not open its door:\n{server.Tail()}");
    }

    private static async Task<(double Cost, double PerSecond)> Load(
        Child server, Browser browser, string session, string path, int atOnce, int seconds)
    {
        for (var i = 0; i < WarmUp; i++) await browser.Page(session, path); // compiled, and what is kept is kept
        var (used, watch, asked) = (server.Processor, Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                await browser.Page(session, path);
                Interlocked.Increment(ref asked);
            }
        }));
        return ((server.Processor - used).TotalMilliseconds / asked, asked / watch.Elapsed.TotalSeconds);
    }

    private static string Found(Regex link, string page, string path) => link.Match(page) is { Success: true } found
        ? WebUtility.HtmlDecode(found.Groups[1].Value) : throw new InvalidOperationException($"{path} leads to nothing.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("""href="(/people/[0-9a-f-]{36})[?"]""")]
    private static partial Regex PersonLink();

    [GeneratedRegex("""href="(/cases/[0-9a-f-]{36})[?"]""")]
    private static partial Regex CaseLink();
}

/// <param name="Link">The page that is measured is the first such link of the path's.</param>
internal sealed record Daily(string Name, string SignIn, string Path, double? Bar, Regex? Link = null);

internal sealed record Click(Daily Page, string Path);
