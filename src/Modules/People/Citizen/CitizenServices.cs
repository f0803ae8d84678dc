using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Citizen;

/// <summary>A citizen's own pages.</summary>
internal static class CitizenServices
{
    public static IServiceCollection AddCitizen(this IServiceCollection services) => services
        .AddSingleton<ReadsOfPerson>()
        .AddSingleton<MyFile>()
        .AddSingleton(new NavItem("people.me.nav", "/me", PeoplePermissions.OwnFile, 10));
}
