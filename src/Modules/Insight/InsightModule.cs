using Legwork.Insight.Figures;
using Legwork.Insight.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Insight;

/// <summary>Counts of files, findings and cases → what complete means → an officer looks, and follows a figure to its cases → nothing is kept.</summary>
public sealed class InsightModule : IModule
{
    public string Name => "insight";

    /// <summary>Needs Places, Cases and People, and the platform's <see cref="AccessRules"/> and <see cref="PlaceNames"/>. Has no tables.</summary>
    public void Add(IServiceCollection services) => services
        .AddSingleton<CurrentFigures>()
        .AddSingleton<BoardDesk>()
        .AddSingleton<LiveBoard>()
        .AddSingleton(new NavItem("insight.nav", "/board", InsightPermissions.Board, 10));

    /// <summary>The board under <c>/board</c>, its grids, its table as CSV, and the stream that says when figures have changed.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapBoard();
    }
}
