using Legwork.Cases.Contracts;
using Legwork.Cases.Evidence;
using Legwork.Cases.Rules;
using Legwork.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases;

/// <summary>
/// The door of Cases. A finding or a citizen opens a case; rules say what to ask, when it is due and who verifies; a worker acts on a
/// telephone or at a desk; history, file and board see it.
/// </summary>
public static class CasesModule
{
    /// <summary>Needs the platform and, for its pages, one <see cref="ISubjects"/> of the module that owns the subjects.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton(provider => CaseRules.Load(Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "cases")));
        services.AddSingleton(provider => WorkingCalendar.Load(Path.Combine(provider.GetRequiredService<PlatformPlaces>().DistrictFolder, "calendar.yaml")));
        services.AddSingleton<EvidenceVault>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<SubstituteWorker>();
        services.AddSingleton<ICases, CasesOfOthers>();
        // The desk tells events and this handler hears one: it asks for the desk when an event comes, not when it is made.
        services.AddSingleton(provider => FollowGridChanges.Handler(provider.GetRequiredService<CaseDesk>));
        return services;
    }
}
