using Legwork.Platform.Access;
using Legwork.Platform.Access.Staff;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Legwork.Platform;

/// <summary>Where a district's storage, keys and rules lie.</summary>
public sealed record PlatformPlaces(string Storage, string KeysFolder, string HeadsFolder, string RulesFolder, string DistrictFolder, string Node);

public static class PlatformModule
{
    internal const string MasterKeyFile = "master.key";
    internal const string LogKeyFile = "log-signing.key";

    /// <summary>Files of the keys folder without which a district does not open.</summary>
    public static IReadOnlyList<string> KeyFiles { get; } = [MasterKeyFile, LogKeyFile];

    public static IServiceCollection AddPlatform(this IServiceCollection services, PlatformPlaces places)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(places);
        services.AddSingleton(_ => Store.Open(places.Storage));
        services.AddSingleton(_ => MasterKey.At(Path.Combine(places.KeysFolder, MasterKeyFile)));
        services.AddSingleton<NumberVault>();
        services.AddSingleton(_ => LogSigner.At(Path.Combine(places.KeysFolder, LogKeyFile)));
        services.AddSingleton(provider => new ReadLog.ReadLog(provider.GetRequiredService<Store>(), provider.GetRequiredService<LogSigner>(),
            provider.GetRequiredService<TimeProvider>(), places.Node, places.HeadsFolder));
        services.AddSingleton(_ => Purposes.Load(Path.Combine(places.RulesFolder, "access", "purposes.yaml")));
        services.AddSingleton(provider => FieldRules.Load(Path.Combine(places.RulesFolder, "access", "fields.yaml"), provider.GetRequiredService<Purposes>()));
        services.AddSingleton<Reading>();
        services.AddSingleton<Reads>();
        services.AddSingleton<WithholdReads>();
        services.AddSingleton<Transparency>();
        services.AddSingleton(provider => new Retention(Retention.Load(Path.Combine(places.RulesFolder, "access", "retention.yaml")),
            [.. Retention.OfPlatform(provider.GetRequiredService<LogSigner>(), provider.GetRequiredService<TimeProvider>()), .. provider.GetServices<Sweeper>()],
            provider.GetRequiredService<Store>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Accounts>();
        services.AddSingleton<FollowPlace>();
        services.AddSingleton<SignedIn>();
        services.AddSingleton<DemonstrationAccounts>();
        services.AddSingleton(provider => PlaceNames.Load(Path.Combine(places.DistrictFolder, "district.yaml"), provider.GetService<IPlaceLists>()));
        services.AddSingleton<Outbox.Outbox>();
        services.AddSingleton<Relay>();
        services.AddSingleton<Leases>();
        services.AddSingleton(new Gauge("legwork_outbox_deliveries_open", "Events waiting for a handler, or parked after too many tries.", "state",
            "select state as label, count(*) as value from platform_delivery where state <> 'done' group by state"));
        services.AddSingleton(new Gauge("legwork_readlog_length", "Entries in the chain of each node.", "node", "select node as label, seq as value from readlog_head"));
        return services;
    }
}
