using Legwork.Histories.Contracts;
using Legwork.Histories.Pages;
using Legwork.Platform;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Legwork.Histories;

/// <summary>
/// A list of an older system → its layout, and what the kind of history says of each row → it is tried, taken over, or taken back whole →
/// records of the modules, each told by its row, and a history of who did it.
/// </summary>
public sealed class HistoriesModule : IModule
{
    public string Name => "histories";

    /// <summary>Whoever has a history to take contributes a <see cref="Contracts.HistoryKind"/>.</summary>
    public void Add(IServiceCollection services) => services
        .AddSingleton<HistoryLayouts>()
        .AddSingleton(provider => new DistrictFile("histories",
            (_, folder) => HistoryLayouts.Check([.. provider.GetServices<HistoryKind>().OrderBy(kind => kind.Order)], folder)))
        .AddSingleton<ICalledWords, CalledHistories>()
        .AddSingleton<TryFile>()
        .AddSingleton<WorkTakeOvers>()
        .AddSingleton<WakeUp>()
        .AddSingleton<IHistories, HistoriesOfOthers>()
        .AddSingleton<TakeDesk>()
        .AddSingleton<ReceiveFile>()
        .AddSingleton<IHostedService, GoOnLoop>()
        .AddSingleton(new Sweeper("take_overs", Forget))
        .AddSingleton(new Gauge("legwork_take_overs", "Histories of older systems by state.", "state",
            "select state as label, count(*) as value from histories_take group by state"))
        .AddSingleton(new NavItem("histories.nav", "/histories", HistoriesPermissions.Take, 82) { Rare = true });

    /// <summary>Files of older systems under <c>/histories</c>.</summary>
    public void Map(IEndpointRouteBuilder routes) => HistoryRoutes.Map(routes);

    /// <summary>What rows said is forgotten; what became of them stays, and so does what they made.</summary>
    private static long Forget(Session session, DateTimeOffset before)
    {
        var old = session.Query<OldRow>("""
            select take, row from histories_row where told is not null
                and take in (select take from histories_step group by take having max(at) < @before) limit @RowsPerUnit
            """, new { before, Store.RowsPerUnit });
        Store.Each(session, "update histories_row set told = null, person = null, words = '' where take = @p0 and row = @p1",
            old.Select(row => new object?[] { row.Take, row.Row }));
        return old.Count;
    }

    private sealed record OldRow(long Take, long Row);
}
