using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Architecture.Tests;

/// <summary>Two pages: one reads as it should, one does not, and hides it behind another class and an async method.</summary>
public static class PlantedRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/quick", (Store store, CancellationToken gone) => store.ReadAsync(session => session.QueryAsync<string>("select 1"), gone));
        routes.MapGet("/held", (PlantedDesk desk) => desk.Show());
        routes.MapPost("/held", (PlantedDesk desk) => desk.HoldsAThread());
    }
}

public sealed class PlantedDesk(Store store)
{
    public async Task<string?> Show()
    {
        await Task.Yield();
        return HoldsAThread();
    }

    public string? HoldsAThread() => store.Read(session => session.First<string>("select 1"));
}
