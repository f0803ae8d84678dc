using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.People.Demonstration;
using Legwork.Platform.Districts;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Cases;

/// <summary>What Cases is told: who the subjects are, what results are understood, and what a demonstration
/// answers; and what is heard of it.</summary>
internal static class CasesServices
{
    public static IServiceCollection AddCasesOfPersons(this IServiceCollection services)
    {
        foreach (var result in CaseResults.Kinds) services.AddSingleton(result);
        foreach (var one in CasesOfPeopleOut.All) services.AddSingleton(one);
        return services.AddSingleton<PersonSubjects>()
            .AddSingleton(new SubjectOwner(PersonSubject.Prefix, provider => provider.GetRequiredService<PersonSubjects>()))
            .AddSingleton(provider => new InventedAnswers((kind, stage, of100) =>
                AnswersOfResidents.For(kind, stage, of100, provider.GetRequiredService<DistrictFacts>())))
            .AddSingleton<AskAfterPromises>()
            .AddHostedService(provider => provider.GetRequiredService<AskAfterPromises>())
            .AddSingleton<HearCases>()
            .AddSingleton(provider => HearCases.Closed(provider.GetRequiredService<HearCases>))
            .AddSingleton(provider => HearCases.Reopened(provider.GetRequiredService<HearCases>))
            .AddSingleton(provider => HearCases.Withdrawn(provider.GetRequiredService<HearCases>));
    }
}
