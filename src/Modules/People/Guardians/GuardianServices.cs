using Legwork.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Guardians;

/// <summary>Who may read and ask for a child or an elder.</summary>
internal static class GuardianServices
{
    public static IServiceCollection AddGuardians(this IServiceCollection services) => services
        .AddSingleton(provider =>
            GuardianAges.Load(Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "people", "guardians.yaml")))
        .AddSingleton<RecordGuardian>();
}
