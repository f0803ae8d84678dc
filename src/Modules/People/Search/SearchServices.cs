using Legwork.People.Contracts;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Search;

/// <summary>Finding files by name, number or door.</summary>
internal static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<ByAddress>()
        .AddSingleton<ByEndOfNumber>()
        .AddSingleton<LatinNames>()
        .AddSingleton<FindPeople>()
        .AddSingleton<IFileNames, FileNames>()
        .AddSingleton(FileSource.Source)
        .AddSingleton<IPersonSearch, PersonSearch>()
        .AddSingleton(new NavItem("people.nav", "/people", PeoplePermissions.Search, 20));
}
