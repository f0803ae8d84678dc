using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Corrections;

/// <summary>What a list has wrong: stated by a clerk, or asked for by the person and answered.</summary>
internal static class CorrectionServices
{
    public static IServiceCollection AddCorrections(this IServiceCollection services) => services
        .AddSingleton<StateValue>()
        .AddSingleton<AskCorrection>()
        .AddSingleton<HearCorrection>();
}
