using Legwork.Cases;
using Legwork.Clinics;
using Legwork.Histories;
using Legwork.Immunization;
using Legwork.Insight;
using Legwork.Messages;
using Legwork.People;
using Legwork.Places;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Legwork.Webhooks;

namespace Legwork.Host;

/// <summary>The list of modules and how a district of them is opened, the same for the server and for every command.</summary>
public static class District
{
    /// <summary>The one list: a module is its folder and a line here.</summary>
    public static ModuleList Modules { get; } = new(
        new PlatformModule(),
        new PlacesModule(),
        new MessagesModule(),
        new HistoriesModule(),
        new CasesModule(),
        new PeopleModule(),
        new ImmunizationModule(),
        new ClinicsModule(),
        new WebhooksModule(),
        new InsightModule());

    public static IServiceCollection AddDistrict(this IServiceCollection services, DistrictOptions options) => services
        .AddSingleton(options)
        .AddSingleton(new PlatformPlaces(options.StorageWhere, options.KeysFolder, options.HeadsFolder, options.RulesFolder,
            options.DistrictFolder, options.NodeName, options.Cluster, options.Copies))
        .AddSingleton(options.RulesOfAccess())
        .AddModules(options.Modules);

    /// <summary>The district's services without a web server, with the storage brought up to date.</summary>
    /// <param name="clock">Another time than the machine's, for a demonstration's past.</param>
    public static ServiceProvider Open(DistrictOptions options, TimeProvider? clock = null)
    {
        Store.MakeFolder(options.Data);
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
            : throw new CannotOpenException(
                $"There is no district in {options.Data}. Name its folder with --data DIR, or begin one with 'legwork import' or 'legwork demo'.");

    /// <summary>Whether every migration of this version was applied, and no other.</summary>
    public static Task<bool> IsCurrent(Store store, ModuleList modules, CancellationToken cancel)
    {
        var known = Migration.Known(modules.Assemblies, store.Engine).ToHashSet();
        return store.ReadAsync(async session => known.SetEquals(await Migration.AppliedAsync(session)), cancel);
    }

    /// <exception cref="FormatException">A file of the district's folder lacks a fact or contradicts another; file and line are named.</exception>
    /// <exception cref="CannotOpenException">The data were made by a newer version, or with other keys.</exception>
    /// <exception cref="FormatException">What the modules say of access does not fit together.</exception>
    public static void Upgrade(IServiceProvider provider)
    {
        DistrictFile.CheckAll(provider);
        provider.GetRequiredService<AccessRules>().Check(provider.GetRequiredService<AccessBook>().Roles);
        Migration.Apply(provider.GetRequiredService<Store>(), provider.GetRequiredService<ModuleList>().Assemblies,
            provider.GetRequiredService<TimeProvider>());
        PlatformModule.CheckKeys(provider);
    }
}
