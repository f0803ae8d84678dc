using Legwork.Insight.Figures;
using Legwork.Insight.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Cluster;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Insight;

/// <summary>
/// Counts of cases and the figures that modules give → what complete means → an officer looks, and follows a figure to what it counts →
/// nothing is kept.
/// </summary>
public sealed class InsightModule : IModule
{
    public string Name => "insight";

    /// <summary>Needs Places and Cases, and the platform's <see cref="AccessRules"/> and <see cref="PlaceNames"/>. Has no tables.</summary>
    public void Add(IServiceCollection services) => services
        .AddSingleton<FigureBook>()
        .AddSingleton<CurrentFigures>()
        .AddSingleton<BoardDesk>()
        .AddScoped<BoardParts>()
        .AddSingleton<LiveBoard>()
        .AddSingleton<Duty>(LiveBoard.Duty)
        .AddSingleton(new WorkWaiting("insight.nav", 10, InsightPermissions.Steer, Waiting))
        .AddSingleton(new NavItem("insight.nav", "/board", InsightPermissions.Board, 10));

    /// <summary>Of the officer's widest place, as the board counted it at most four seconds ago.</summary>
    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var board = await services.GetRequiredService<BoardDesk>().Show(actor, null, cancel);
        if (!board.Ok) return new WaitingNow([], null, []);
        var all = board.Value.Board.All;
        return new WaitingNow([new Choice("/board", t["insight.work.current"], t.Number(all.Current)),
            new Choice("/board", t["insight.overdue"], t.Number(all.Overdue))], new Crumb(t["insight.work.first"], "/board"), ["/board"]);
    }

    /// <summary>The board under <c>/board</c>, its grids, its table as CSV, and the stream that says when figures have changed.</summary>
    /// <exception cref="InvalidOperationException">A module gives a figure without its texts.</exception>
    public void Map(IEndpointRouteBuilder routes)
    {
        var (texts, figures) = (routes.ServiceProvider.GetRequiredService<Texts>(), routes.ServiceProvider.GetRequiredService<FigureBook>());
        if (figures.All.SelectMany(figure => figure.Texts).FirstOrDefault(key => !texts.Has(key)) is { } missing)
            throw new InvalidOperationException($"A figure is given without its text '{missing}'.");
        routes.MapBoard();
    }
}
