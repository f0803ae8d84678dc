using System.Net;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Legwork.Platform.Cluster;

/// <summary>This node's part of the cluster, in a container of its own: nothing of it is seen by the server around it.</summary>
internal static class Silo
{
    // A node is taken for dead after two answers missed, so about five seconds; a busy machine answers within two.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(2);

    /// <param name="address">Where the other nodes reach this one.</param>
    /// <param name="fell">Called when the others have taken this node for dead, or it cannot go on.</param>
    public static IHost Build(IPEndPoint address, string node, Store store, DutyBook book, ILoggerFactory logs, Action fell)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "legwork" });
        builder.Services.AddSingleton(logs).AddSingleton(book);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("legwork", "legwork"));
            silo.Configure<SiloOptions>(options => options.SiloName = node);
            // Only nodes speak to nodes: there is no gateway for clients.
            silo.Configure<EndpointOptions>(ends =>
            {
                (ends.AdvertisedIPAddress, ends.SiloPort, ends.GatewayPort) = (address.Address, address.Port, 0);
                ends.SiloListeningEndpoint = address;
            });
            silo.Configure<ClusterMembershipOptions>(members =>
            {
                (members.ProbeTimeout, members.NumMissedProbesLimit, members.TableRefreshTimeout) = (Probe, 2, TimeSpan.FromSeconds(5));
                members.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(30);
                (members.DefunctSiloExpiration, members.DefunctSiloCleanupPeriod) = (TimeSpan.FromDays(1), TimeSpan.FromHours(1));
            });
            silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.Services.AddSingleton<IMembershipTable>(new MemberTable(store));
            silo.Services.AddSingleton<IFatalErrorHandler>(new Fallen(fell));
        });
        return builder.Build();
    }

    /// <summary>The framework's own would end the process, and every page with it; here the node only joins anew.</summary>
    private sealed class Fallen(Action fell) : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => exception is not (ThreadAbortException or ObjectDisposedException);

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) => fell();
    }
}
