using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Places.Lists;
using Legwork.Places.Pages;
using Legwork.Places.Queue;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places;

/// <summary>
/// The door of Places. Offices' texts, grids and address lists → rules of writing an address → a dwelling and its grid, or a place in
/// the queue → what a clerk settles once holds for every text that reads alike.
/// </summary>
public sealed class PlacesModule : IModule
{
    public string Name => "places";

    /// <summary>Needs the platform; reads <c>addresses.yaml</c> of the district's folder when the first address is read.</summary>
    public void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => new AddressParser(AddressHabits.Load(
            Path.Combine(provider.GetRequiredService<PlatformPlaces>().DistrictFolder, "addresses.yaml"))));
        services.AddSingleton(new DistrictFile("addresses.yaml", AddressHabits.Check));
        services.AddSingleton<CurrentBook>();
        services.AddSingleton<IPlaceLists, ListedPlaces>();
        services.AddSingleton<TakeGrids>();
        services.AddSingleton<TakeAddresses>();
        services.AddSingleton<AskClerk>();
        services.AddSingleton<Learn>();
        services.AddSingleton<AddDwelling>();
        services.AddSingleton<ChangeGrids>();
        services.AddSingleton<IPlaces, PlacesOffice>();
        services.AddSingleton<QueueDesk>();
        services.AddSingleton<GridDesk>();
        services.AddSingleton(AddressBench.Bench);
        services.AddSingleton(GridSource.Source);
        services.AddSingleton(new WorkWaiting("places.queue.nav", 40, PlacesPermissions.SettleAddresses, Waiting));
        services.AddSingleton(new NavItem("places.queue.nav", "/places/unresolved", PlacesPermissions.SettleAddresses, 60) { Rare = true });
        services.AddSingleton(new NavItem("places.grids.nav", "/places/grids", PlacesPermissions.ViewGrids, 70) { Rare = true });
    }

    /// <summary>The queue under <c>/places/unresolved</c>, grids under <c>/places/grids</c>, outlines as <c>/places/grids.geojson</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapQueue();
        routes.MapGrids();
    }

    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var count = await services.GetRequiredService<QueueDesk>().Waiting(actor, cancel);
        return new WaitingNow([new Choice("/places/unresolved", t["places.queue.waiting"], t.Number(count))],
            count > 0 ? new Crumb(t["places.queue.first"], "/places/unresolved") : null, ["/places/unresolved"]);
    }
}
