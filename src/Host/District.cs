using System.Reflection;
using Legwork.Cases;
using Legwork.Immunization;
using Legwork.Insight;
using Legwork.People;
using Legwork.Places;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Host;

/// <summary>The list of modules and what they need, the same for the server and for every command.</summary>
public static class District
{
    /// <summary>The modules, in the order in which their migrations run; their texts are read from the same assemblies.</summary>
    public static IReadOnlyList<(string Module, Assembly Assembly)> Modules { get; } =
    [
        ("platform", typeof(Store).Assembly),
        ("places", typeof(PlacesModule).Assembly),
        ("cases", typeof(CasesModule).Assembly),
        ("people", typeof(PeopleModule).Assembly),
        ("immunization", typeof(ImmunizationModule).Assembly),
        ("insight", typeof(InsightModule).Assembly),
    ];

    public static IServiceCollection AddDistrict(this IServiceCollection services, DistrictOptions options) => services
        .AddSingleton(options)
        .AddPlatform(new PlatformPlaces(options.StorageWhere, options.KeysFolder, options.HeadsFolder, options.RulesFolder,
            options.DistrictFolder, options.NodeName))
        .AddAccess(new AccessRules(options.DistrictCode, options.Demonstration))
        .AddReadLogPages()
        .AddPlaces()
        .AddCases()
        .AddPeople()
        .AddImmunization()
        .AddInsight();

    /// <summary>The district's services without a web server, with the storage brought up to date.</summary>
    /// <param name="clock">Another time than the machine's, for a demonstration's past.</param>
    public static ServiceProvider Open(DistrictOptions options, TimeProvider? clock = null)
    {
        Directory.CreateDirectory(options.Data);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        if (clock is not null) services.AddSingleton(clock);
        services.AddDistrict(options);
        var provider = services.BuildServiceProvider();
        try
        {
            Upgrade(provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
        return provider;
    }

    /// <summary>The same for commands that only look at a district: a mistyped folder is no new, empty district.</summary>
    /// <exception cref="CannotOpenException">There is none in the data folder.</exception>
    public static ServiceProvider OpenExisting(DistrictOptions options) =>
        options.Storage.Length > 0 || File.Exists(options.SqliteFile) ? Open(options)
            : throw new CannotOpenException($"There is no district in {options.Data}. Name its folder with --data DIR, or begin one with 'legwork import' or 'legwork demo'.");

    /// <summary>Whether every migration of this version was applied, and no other.</summary>
    public static bool Current(Store store)
    {
        var known = Migrations.Known(Modules, store.Engine).ToHashSet();
        return store.Read(session => known.SetEquals(Migrations.Applied(session)));
    }

    /// <exception cref="CannotOpenException">The data were made by a newer version, or with other keys.</exception>
    public static void Upgrade(IServiceProvider provider)
    {
        Migrations.Apply(provider.GetRequiredService<Store>(), Modules, provider.GetRequiredService<TimeProvider>());
        KeyCheck.Run(provider);
    }
}
