using System.Text;
using System.Text.Json;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Staff;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places.Tests;

/// <summary>A storage with the Places module over it, a clock that stands still, and the small district when asked for.</summary>
internal sealed class OpenDistrict : IDisposable
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly SharedStart SmallOne = new(Tables, TakeSmall);

    private readonly TestStore stored;
    private readonly ServiceProvider services;

    private OpenDistrict(TestStore stored)
    {
        this.stored = stored;
        services = Serve(stored.Store);
        Places = services.GetRequiredService<IPlaces>();
    }

    public IPlaces Places { get; }

    /// <summary>The same storage seen from another node.</summary>
    public IPlaces OtherNode => Serve(stored.Store).GetRequiredService<IPlaces>();

    public Store Store => stored.Store;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static OpenDistrict Empty(Engine engine) => new(Tables(engine));

    public static async Task<OpenDistrict> Small(Engine engine) => new(await SmallOne.Copy(engine));

    public Task<Kernel.Outcome<GridsTaken>> TakeGrids(string json) => Places.TakeGrids(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    /// <summary>The bodies of all events of one kind, oldest first.</summary>
    public List<T> Told<T>(string kind) =>
        Store.Read(session => session.Query<string>("select body from platform_event where kind = @kind order by id", new { kind }))
        .ConvertAll(body => JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!);

    public static Actor Someone(Role role, string scope) =>
        new(Guid.CreateVersion7(), "次仁", "ciren", [new Grant(role, new Scope(scope), new DateOnly(2026, 1, 1), null)]);

    public static string GeoJson(Func<Grid, double, object>? feature = null) => JsonSerializer.Serialize(new
    {
        type = "FeatureCollection",
        features = SmallDistrict.Grids.Select((grid, i) => feature?.Invoke(grid, 91.10 + i * 0.01) ?? Feature(grid, 91.10 + i * 0.01)),
    });

    public static object Feature(Grid grid, double west, object? coordinates = null) => new
    {
        type = "Feature",
        properties = new
        {
            code = grid.Code,
            street = Named(SmallDistrict.Streets, grid.Street),
            community = Named(SmallDistrict.Communities, grid.Community),
            order = grid.Order
        },
        geometry = new { type = "Polygon", coordinates = coordinates ?? Ring(west) },
    };

    public static double[][][] Ring(double west) =>
        [[[west, 29.64], [west + 0.01, 29.64], [west + 0.01, 29.65], [west, 29.65], [west, 29.64]]];

    /// <summary>The address list; the dwellings of a grid lie in a row from west to east.</summary>
    public static IEnumerable<AddressRow> Rows()
    {
        var grids = SmallDistrict.Grids.Select(grid => grid.Code).ToList();
        var inGrid = SmallDistrict.Homes.GroupBy(home => home.Grid).ToDictionary(group => group.Key, group => group.Count());
        var placed = new Dictionary<string, int>();
        foreach (var (home, i) in SmallDistrict.Homes.Select((home, i) => (home, i)))
        {
            var nth = placed[home.Grid] = placed.GetValueOrDefault(home.Grid) + 1;
            yield return new AddressRow(i + 1, home.Full, home.Grid,
                91.10 + 0.01 * (grids.IndexOf(home.Grid) + nth / (inGrid[home.Grid] + 1.0)), 29.645);
        }
    }

    public static IReadOnlyList<Role> Roles { get; } =
        [Role.Citizen, Role.GridWorker, Role.Clerk, Role.Supervisor, Role.Officer, Role.Auditor, Role.Administrator, new("Vaccinator")];

    public void Dispose()
    {
        services.Dispose();
        stored.Dispose();
    }

    private static TestStore Tables(Engine engine) => TestStore.Open(engine, ("places", typeof(PlacesModule).Assembly));

    private static async Task TakeSmall(TestStore stored)
    {
        var district = new OpenDistrict(stored);
        (await district.TakeGrids(GeoJson())).Ok.ShouldBeTrue();
        (await district.Places.TakeAddresses(Rows())).Ok.ShouldBeTrue();
        await district.services.DisposeAsync();
    }

    private static string Named(IReadOnlyList<Place> places, string code) => places.Single(place => place.Code == code).Name;

    private static ServiceProvider Serve(Store store) => new ServiceCollection().AddSingleton(store).AddSingleton<TimeProvider>(new StandingClock())
        .AddSingleton<Outbox>().AddSingleton<Accounts>().AddSingleton<FollowPlace>()
        .AddSingleton(new PlatformPlaces("", "", "", "", Chengguan.District, "a"))
        .AddModules(new ModuleList(new PlacesModule())).BuildServiceProvider();

    private sealed class StandingClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(Today.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
    }
}
