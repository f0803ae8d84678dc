using Legwork.Demo;
using Legwork.Host.Demonstration;
using Legwork.Host.Web;
using Legwork.Platform.Access;

namespace Legwork.Host.Soak;

/// <summary>A small served demonstration district in a folder of its own, with this month's lists taken and next month's lying ready.</summary>
internal sealed class SoakDistrict : IAsyncDisposable
{
    private const int People = 400;

    private readonly string folder;

    private SoakDistrict(WebApplication app, string folder)
    {
        App = app;
        this.folder = folder;
    }

    public WebApplication App { get; }

    public Uri Address => new(App.Urls.First());

    public string NextMonth => Path.Combine(folder, "registers", "next");

    public string WorkFolder => Path.Combine(folder, "work");

    public IReadOnlyList<Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)App).DataSources.SelectMany(source => source.Endpoints)];

    public IReadOnlyList<(string? SignIn, string Password)> SignIns { get; private set; } = [];

    public static async Task<SoakDistrict> Make(string folder, string storage, Action<ILoggingBuilder>? logging = null)
    {
        var options = new DistrictOptions
        {
            Data = Path.Combine(folder, "data"),
            Storage = storage,
            Listen = "http://127.0.0.1:0",
            Node = "soak",
            Demonstration = true
        };
        DemoDistrict.Write(Path.Combine(folder, "registers"), Path.Combine(folder, "truth"),
            new DemoOptions { Insured = People, Grids = 24, Seed = 7 });
        var app = WebServer.Build(options, [], logging is null ? null : services => services.AddLogging(logging));
        var soak = new SoakDistrict(app, folder);
        var accounts = await DemonstrationDistrict.Begin(app.Services, Path.Combine(folder, "registers"), TimeProvider.System);
        soak.SignIns = [(null, ""), .. accounts.Select(account => ((string?)account.SignIn, DemonstrationAccounts.Password))];
        await app.StartAsync();
        return soak;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
