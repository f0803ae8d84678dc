using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places.Grids;

/// <summary>Grids for the one search box: by code, or by a part of what lists and streets call them.</summary>
internal static class GridSource
{
    private const int HitsMax = 10;

    public static readonly SearchSource Source = new("places.grids.title", 40, PlacesPermissions.ViewGrids, async (services, actor, question) =>
    {
        var (book, names, language) = (await services.GetRequiredService<CurrentBook>().Get(Over(services)),
            services.GetRequiredService<PlaceNames>(),
            services.GetRequiredService<T>().Language);
        var hits = book.GridIndex.All.Where(grid => grid.Until is null && actor.May(PlacesPermissions.ViewGrids, grid.Code))
            .Select(grid => (grid.Code, Name: names.Of(grid.Code, language)))
            .Where(grid => grid.Code.StartsWith(question, StringComparison.OrdinalIgnoreCase)
                || grid.Name.Contains(question, StringComparison.OrdinalIgnoreCase))
            .Take(HitsMax + 1).ToList();
        return new SearchFound(
            [.. hits.Take(HitsMax).Select(grid => new SearchHit(grid.Name, $"/places/grids/{grid.Code}", grid.Code))],
            hits.Count > HitsMax ? "/places/grids" : null);
    });

    private static CancellationToken Over(IServiceProvider services) =>
        services.GetService<IHttpContextAccessor>()?.HttpContext?.RequestAborted ?? CancellationToken.None;
}
