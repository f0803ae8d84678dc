using Legwork.Cases.Contracts;
using Legwork.People.Cases;
using Legwork.People.Citizen;
using Legwork.People.Contracts;
using Legwork.People.Desk;
using Legwork.People.Desk.Lists;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Pages;
using Legwork.People.Search;
using Legwork.Platform;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People;

/// <summary>What the desk and the citizen's pages are made of.</summary>
internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton(provider => Precedence.Load(Rules(provider, "precedence.yaml")))
        .AddSingleton(provider => Sensitive.Load(Rules(provider, "sensitive.yaml")))
        .AddSingleton<SameForm>()
        .AddSingleton(provider => new ValuesInForce(provider.GetRequiredService<Precedence>(), provider.GetRequiredService<SameForm>().Of))
        .AddSingleton<RenewFindings>()
        .AddSingleton<StatedValues>()
        .AddSingleton<WriteFiles>()
        .AddSingleton<RenewFiles>()
        .AddSingleton<FileReading>()
        .AddSingleton<ShownValues>()
        .AddSingleton<FileRelations>()
        .AddSingleton<ICalledWords, CalledByDistrict>()
        .AddSingleton<ByAddress>()
        .AddSingleton<ByEndOfNumber>()
        .AddSingleton<FindPeople>()
        .AddSingleton<ShowFile>()
        .AddSingleton<RevealNumber>()
        .AddSingleton<StateValue>()
        .AddSingleton<MoveRows>()
        .AddSingleton<Pairs>()
        .AddSingleton<DecidePair>()
        .AddSingleton<ChangeRows>()
        .AddSingleton<ListJobs>()
        .AddSingleton<ReceiveLists>()
        .AddSingleton<ListDesk>()
        .AddSingleton<ExportPeople>()
        .AddSingleton<RecordGuardian>()
        .AddSingleton<ProofCitizen>()
        .AddSingleton<ReadsOfPerson>()
        .AddSingleton<MyFile>()
        .AddSingleton<AskCorrection>()
        .AddSingleton<HearCorrection>()
        .AddSingleton<PersonCards>()
        .AddSingleton<IPersonCards>(provider => provider.GetRequiredService<PersonCards>())
        .AddSingleton(FileSource.Source)
        .AddSingleton<IPersonSearch, PersonSearch>()
        .AddSingleton<ISubjects, PersonSubjects>()
        .AddSingleton(provider => new SearchBench(provider.GetRequiredService<Platform.Storage.Store>(), provider.GetRequiredService<FindPeople>(),
            provider.GetRequiredService<DistrictFacts>()))
        .AddScoped<Wording>()
        .AddSingleton(new NavItem("people.nav", "/people", PeoplePermissions.Search, 20))
        .AddSingleton(new NavItem("people.pairs.nav", "/people/pairs", PeoplePermissions.Adjudicate, 30))
        .AddSingleton(new NavItem("people.imports.nav", "/imports", PeoplePermissions.Import, 40))
        .AddSingleton(new NavItem("people.me.nav", "/me", PeoplePermissions.OwnFile, 10));

    private static string Rules(IServiceProvider provider, string name) => Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "people", name);
}
