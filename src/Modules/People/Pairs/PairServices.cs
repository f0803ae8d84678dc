using Legwork.Platform.Access;
using Legwork.Platform.Modules;
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
        .AddSingleton(new WorkWaiting("people.pairs.nav", 30, PeoplePermissions.Adjudicate, Waiting))
        .AddSingleton(new NavItem("people.pairs.nav", "/people/pairs", PeoplePermissions.Adjudicate, 30));

    private static async Task<WaitingNow> Waiting(IServiceProvider services, Actor actor, CancellationToken cancel)
    {
        var t = services.GetRequiredService<T>();
        var (count, first) = await services.GetRequiredService<PairQueue>().Waiting(actor, cancel);
        return new WaitingNow([new Choice("/people/pairs", t["people.pairs.open"], t.Number(count))],
            first is { } id ? new Crumb(t["people.pairs.first"], $"/people/pairs/{id}") : null, ["/people/pairs"]);
    }
}
