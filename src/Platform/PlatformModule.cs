using Legwork.Platform.Access;
using Legwork.Platform.Cluster;
using Legwork.Platform.Districts;
using Legwork.Platform.Entrance;
using Legwork.Platform.Find;
using Legwork.Platform.Modules;
using Legwork.Platform.Office;
using Legwork.Platform.Outbox;
using Legwork.Platform.Passkeys;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Staff;
using Legwork.Platform.StandIns;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Legwork.Platform;

/// <summary>Where a district's storage, keys and rules lie.</summary>
/// <param name="Cluster">Address and port by which the other nodes reach this one; empty where it is the only one.</param>
/// <param name="Copies">Connection string of copies of the storage that may be read where a second does not matter; empty is none.</param>
public sealed record PlatformPlaces(string Storage, string KeysFolder, string HeadsFolder, string RulesFolder, string DistrictFolder, string Node,
    string Cluster = "", string Copies = "");

/// <summary>
/// People who work here, and what the modules declare → who may do what, where and for which purpose → signing in, every click and
/// every look at personal data → a history and a log that nobody can change, and the person who was read sees it.
/// </summary>
/// <remarks>Needs <see cref="PlatformPlaces"/> and <see cref="AccessRules"/> among the services.</remarks>
public sealed class PlatformModule : IModule
{
    /// <summary>The name under which what the platform counts and traces is listened to.</summary>
    public const string MeterName = Meters.Name;

    internal const string MasterKeyFile = "master.key";
    internal const string LogKeyFile = "log-signing.key";

    /// <summary>Files of the keys folder without which a district does not open.</summary>
    public static IReadOnlyList<string> KeyFiles { get; } = [MasterKeyFile, LogKeyFile];

    public string Name => "platform";

    public void Add(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DistrictFacts.Load(Places(provider).DistrictFolder));
        services.AddSingleton(new DistrictFile(DistrictFacts.FileName, (_, folder) => DistrictFacts.Load(folder)));
        services.TryAddSingleton(provider => Store.Open(Places(provider).Storage, Places(provider).Copies));
        AddSecrets(services);
        AddAccess(services);
        AddReadLog(services);
        services.AddSingleton<FindEverywhere>();
        services.AddSingleton<Outbox.Outbox>();
        services.AddSingleton<Relay>();
        services.AddSingleton<Leases>();
        services.AddSingleton(EventBench.Bench);
        services.AddDuties();
        services.AddSingleton(new Gauge("legwork_outbox_deliveries_open", "Events waiting for a handler, or parked after too many tries.", "state",
            "select state as label, count(*) as value from platform_delivery where state in ('waiting', 'parked') group by state"));
    }

    /// <summary>Start page, the one search box, sign-in, own password, staff, the log of reads and its holds.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        SignInRoutes.Map(routes);
        OfficeRoutes.Map(routes);
        PasskeyRoutes.Map(routes);
        OwnSignInsRoutes.Map(routes);
        StaffRoutes.Map(routes);
        StandInRoutes.Map(routes);
        AuditRoutes.Map(routes);
        HoldRoutes.Map(routes);
        FindRoutes.Map(routes);
    }

    /// <summary>What goes on while a server runs: events find their handlers, what is over its time is deleted, and every node
    /// reads every node's cookies.</summary>
    public static void AddServing(IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<Relay>());
        services.AddHostedService<RetentionSweep>();
        // Its handler calls every refusal an error; what was refused is told by our own lines.
        services.AddLogging(logging => logging.AddFilter(typeof(OpenIdConnectHandler).FullName, LogLevel.None));
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, OfficeScheme>();
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>();
        services.AddSingleton<SharedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<SharedKeys>((keys, shared) =>
        {
            keys.XmlRepository = shared;
            keys.XmlEncryptor = new SealedByRepository();
        });
    }

    /// <exception cref="CannotOpenException">The keys are missing, or are another district's.</exception>
    public static void CheckKeys(IServiceProvider provider) => KeyCheck.Run(provider);

    private static void AddSecrets(IServiceCollection services)
    {
        services.AddSingleton(provider => MasterKey.At(Path.Combine(Places(provider).KeysFolder, MasterKeyFile)));
        services.AddSingleton<NumberVault>();
        services.AddSingleton(provider => LogSigner.At(Path.Combine(Places(provider).KeysFolder, LogKeyFile)));
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton(provider =>
            AccessBook.Load(provider.GetRequiredService<ModuleList>().Texts(AccessBook.Resource), Places(provider).RulesFolder));
        services.AddSingleton(provider => provider.GetRequiredService<AccessBook>().Purposes);
        services.AddSingleton(provider => provider.GetRequiredService<AccessBook>().Fields);
        services.AddSingleton<Accounts>();
        services.AddSingleton<FollowPlace>();
        services.AddSingleton<SignedIn>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<PublicSite>();
        services.AddSingleton<Once>();
        services.AddSingleton<OfficeAccounts>();
        services.AddSingleton<LogoutToken>();
        services.AddSingleton<PasskeyRows>();
        services.AddSingleton<PasskeyCeremony>();
        services.AddSingleton<ISignInPage, SignInAgain>();
        services.AddSingleton<DemonstrationAccounts>();
        services.AddSingleton(provider =>
            PlaceNames.Load(Path.Combine(Places(provider).DistrictFolder, DistrictFacts.FileName), provider.GetService<IPlaceLists>()));
        services.AddSingleton<JoinStaff>();
        services.AddSingleton<MoveStaff>();
        services.AddSingleton<LeaveStaff>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<StandInDesk>();
        services.AddSingleton(StandInChapter.Chapter);
        services.AddSingleton<NameAtOffice>();
        services.AddSingleton(new NavItem("staff.nav", "/staff", AccessPermissions.SeeStaff, 80) { Rare = true });
    }

    private static void AddReadLog(IServiceCollection services)
    {
        services.AddSingleton(provider => new ReadLog.ReadLog(provider.GetRequiredService<Store>(), provider.GetRequiredService<LogSigner>(),
            provider.GetRequiredService<TimeProvider>(), Places(provider).Node, Places(provider).HeadsFolder));
        services.AddSingleton(provider => new Reading(provider.GetRequiredService<ReadLog.ReadLog>(), provider.GetRequiredService<Purposes>(),
            provider.GetRequiredService<FieldRules>()));
        services.AddSingleton<Reads>();
        services.AddSingleton<WithholdReads>();
        services.AddSingleton<WhoseReads>();
        services.AddSingleton<Transparency>();
        services.AddSingleton(provider => new Retention(provider.GetRequiredService<AccessBook>().Kept,
            [.. Retention.OfPlatform(provider.GetRequiredService<LogSigner>(), provider.GetRequiredService<TimeProvider>()),
                .. provider.GetServices<Sweeper>()],
            provider.GetRequiredService<Store>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(VerifyBench.Bench);
        services.AddSingleton(new NavItem("reads.nav", "/reads", ReadLogPermissions.Audit, 85));
        services.AddSingleton(new WorkWaiting("holds.nav", 60, ReadLogPermissions.Hold, HoldRoutes.Waiting));
        services.AddSingleton(new NavItem("holds.nav", "/holds", ReadLogPermissions.Hold, 86) { Rare = true });
        services.AddSingleton(new NavItem("transparency.nav", "/transparency", null, 95) { Rare = true });
        services.AddSingleton(new Gauge("legwork_readlog_length", "Entries in the chain of each node.", "node",
            "select node as label, seq as value from readlog_head"));
    }

    private static PlatformPlaces Places(IServiceProvider provider) => provider.GetRequiredService<PlatformPlaces>();
}
