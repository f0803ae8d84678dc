using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Places.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Places;

/// <summary>Offices' texts, grids and address lists → rules of writing an address → a dwelling and its grid, or a place in the queue → what a clerk settles holds for all alike.</summary>
public static class PlacesModule
{
    /// <param name="district">Folder of the district's data (<c>districts/540102</c>).</param>
    /// <exception cref="FormatException">Its <c>addresses.yaml</c> cannot be read; the message names the entry.</exception>
    public static IServiceCollection AddPlaces(this IServiceCollection services, string district)
    {
        services.AddSingleton(new AddressParser(AddressHabits.Load(Path.Combine(district, "addresses.yaml"))));
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
