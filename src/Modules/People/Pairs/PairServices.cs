using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Pairs;

/// <summary>Two files that may be one person: the queue, the verdict, rows that move.</summary>
internal static class PairServices
{
    public static IServiceCollection AddPairs(this IServiceCollection services) => services
        .AddSingleton<MoveRows>()
        .AddSingleton<PairQueue>()
        .AddSingleton<DecidePair>()
        .AddSingleton<UndoPair>()
        .AddSingleton<ChangeRows>()
        .AddSingleton(new NavItem("people.pairs.nav", "/people/pairs", PeoplePermissions.Adjudicate, 30));
}
