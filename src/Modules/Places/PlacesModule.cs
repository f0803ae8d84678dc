using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Places.Queue;
using Legwork.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places;

/// <summary>Offices' texts, grids and address lists → rules of writing an address → a dwelling and its grid, or a place in the queue → what a clerk settles holds for all alike.</summary>
public static class PlacesModule
{
    /// <summary>Needs the platform; reads <c>addresses.yaml</c> of the district's folder when the first address is read.</summary>
    public static IServiceCollection AddPlaces(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AddressParser(AddressHabits.Load(
            Path.Combine(provider.GetRequiredService<PlatformPlaces>().DistrictFolder, "addresses.yaml"))));
        services.AddSingleton<CurrentBook>();
        services.AddSingleton<TakeGrids>();
        services.AddSingleton<TakeAddresses>();
        services.AddSingleton<AskClerk>();
        services.AddSingleton<Learn>();
        services.AddSingleton<AddDwelling>();
        services.AddSingleton<ChangeGrids>();
        services.AddSingleton<IPlaces, PlacesOffice>();
        return services;
    }
}
