using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Matching;

/// <summary>Rows of lists become files, and follow what changes.</summary>
internal static class MatchingServices
{
    public static IServiceCollection AddMatching(this IServiceCollection services) => services
        .AddSingleton<IMatching, PersonMatching>()
        .AddSingleton<UpdateFiles>()
        .AddSingleton<WriteFiles>()
        .AddSingleton<RenewFiles>()
        .AddSingleton(FollowGridChanges.Handler());
}
