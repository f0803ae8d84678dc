using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Cluster;

/// <summary>
/// What one node does for all of them, and another when that node dies: counting for every open board, later watching a camera. It is
/// done while anybody on any node follows it. It holds nothing durable, and for a moment after a cut line two nodes may do it at once;
/// what may never happen twice is leased in the storage with its fence instead (<see cref="Outbox.Leases"/>).
/// </summary>
/// <param name="Kind">Stable, <c>insight.board</c>.</param>
/// <param name="Do">
/// Takes its key (which one of its kind, empty where there is one) and what says a word to all who follow, on every node; the same word again
/// is said to nobody. Runs until it is cancelled. What it throws is logged, and it begins again.
/// </param>
public sealed record Duty(string Kind, Func<string, Action<string>, CancellationToken, Task> Do);

public interface IDuties
{
    /// <summary>Follows a duty until disposed, and has it done on some node meanwhile.</summary>
    /// <param name="hear">Called with the last word, if one is known, and with each new one, once. Must be quick and not throw.</param>
    IDisposable Follow(string kind, string key, Action<string> hear);
}

internal static class DutiesModule
{
    /// <summary>
    /// With an address of its own a node shares the duties with the others; without one it does them all itself, and nothing of a cluster
    /// is started.
    /// </summary>
    public static IServiceCollection AddDuties(this IServiceCollection services) => services.AddSingleton<IDuties>(provider =>
    {
        var (places, duties) = (provider.GetRequiredService<PlatformPlaces>(), provider.GetServices<Duty>());
        var (clock, logs) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        return places.Cluster.Length == 0
            ? new DutiesHere(duties, clock, logs.CreateLogger<DutiesHere>())
            : new DutiesOfAll(places.Cluster, places.Node, provider.GetRequiredService<Storage.Store>(), duties, clock, logs);
    });
}
