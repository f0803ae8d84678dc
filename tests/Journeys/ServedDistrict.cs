using Legwork.Host;
using Legwork.Host.Web;
using Legwork.Immunization.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Journeys.Tests;

/// <summary>
/// The whole server on a free port over an empty district in a temporary folder, with one published account for every role that
/// works here (see <see cref="Accounts"/>; the password is <see cref="DemonstrationAccounts.Password"/>). A class that changes the
/// district takes one of its own: <c>public class StaffJourney(ServedDistrict district) : IClassFixture&lt;ServedDistrict&gt;</c>.
/// <para>Rows, people and cases that a journey needs are put there through <see cref="Services"/>.</para>
/// </summary>
public sealed class ServedDistrict : IAsyncLifetime
{
    public const string District = "540102";
    public const string Street = "540102006";
    public const string Grid = "540102006001-G03";

    private readonly TestStore place;
    private readonly WebApplication app;

    public ServedDistrict()
        : this(more: null)
    {
    }

    internal ServedDistrict(TestStore place)
        : this(place, more: null)
    {
    }

    /// <param name="set">Settings beside the usual.</param>
    internal ServedDistrict(TestStore place, Action<DistrictOptions> set)
        : this(place, null, set: set)
    {
    }

    /// <param name="more">Routes to plant beside the product's own.</param>
    /// <param name="demonstration">False for a district in earnest: stricter limits, no banner.</param>
    internal ServedDistrict(Action<IEndpointRouteBuilder>? more, bool demonstration = true)
        : this(TestStore.Bare(Engine.Sqlite), more, demonstration)
    {
    }

    private ServedDistrict(TestStore place, Action<IEndpointRouteBuilder>? more, bool demonstration = true,
        Action<DistrictOptions>? set = null)
    {
        this.place = place;
        // Development: a text that is not there stops the page instead of showing its key.
        var options = new DistrictOptions
        {
            Data = place.In(""),
            Storage = place.Engine == Engine.Postgres ? place.Where : "",
            Listen = "http://127.0.0.1:0",
            Node = "test",
            Demonstration = demonstration
        };
        set?.Invoke(options);
        app = WebServer.Build(options, ["--environment=Development"],
            services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)), more);
    }

    /// <summary>Every route of the running server.</summary>
    internal IEnumerable<RouteEndpoint> Routes =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Sign-in name, role and scope of the accounts that are there from the start.</summary>
    public static IReadOnlyList<DemonstrationSignIn> Accounts { get; } =
    [
        new("admin", "德吉", Role.Administrator, District),
        new("auditor", "边巴", Role.Auditor, District),
        new("officer", "平措", Role.Officer, District),
        new("supervisor", "卓嘎", Role.Supervisor, Street),
        new("clerk", "央金", Role.Clerk, Street),
        new("grid", "次仁", Role.GridWorker, Grid),
        new("nurse", "拉姆", Role.Vaccinator, Street),
    ];

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IServiceProvider Services => app.Services;

    public Store Store => app.Services.GetRequiredService<Store>();

    public async ValueTask InitializeAsync()
    {
        await Services.GetRequiredService<DemonstrationAccounts>().Make(Accounts);
        await app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        place.Dispose();
    }

    /// <summary>Stops the server and leaves its rows and files.</summary>
    internal ValueTask Close() => app.DisposeAsync();

    /// <summary>A visitor who speaks HTTP and keeps cookies, already signed in when a name is given.</summary>
    public async Task<Visitor> Visit(string? signIn = null)
    {
        var visitor = new Visitor(Address);
        if (signIn is not null) await visitor.SignIn(signIn);
        return visitor;
    }
}
