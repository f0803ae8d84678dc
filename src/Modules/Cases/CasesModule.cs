using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Evidence;
using Legwork.Cases.Pages;
using Legwork.Cases.Rules;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases;

/// <summary>
/// The door of Cases. A finding or a citizen opens a case; rules say what to ask, when it is due and who verifies; a worker acts on a
/// telephone or at a desk; history, file and board see it.
/// </summary>
public sealed class CasesModule : IModule
{
    public string Name => "cases";

    /// <summary>Needs the platform; whoever owns subjects contributes a <see cref="SubjectOwner"/>
    /// and, for what it hears, <see cref="CaseResultKind"/>s.</summary>
    public void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => CaseRules.Load(Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "cases"),
            provider.GetServices<CaseResultKind>(), provider.GetRequiredService<AccessBook>(),
            provider.GetRequiredService<ModuleList>().Texts("Rules.cases.yaml").Select(file => ($"cases.yaml of {file.Module}", file.Text))));
        services.AddSingleton<Subjects>();
        services.AddSingleton<ISubjects>(provider => provider.GetRequiredService<Subjects>());
        services.AddSingleton(provider =>
            WorkingCalendar.Load(Path.Combine(provider.GetRequiredService<PlatformPlaces>().DistrictFolder, "calendar.yaml")));
        services.AddSingleton(new DistrictFile("calendar.yaml", WorkingCalendar.Check));
        services.AddSingleton<EvidenceVault>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<SubstituteWorker>();
        services.AddSingleton(provider => new DemonstrationWork(provider.GetRequiredService<Store>(), provider.GetRequiredService<CaseDesk>(),
            provider.GetRequiredService<CaseRules>(), provider.GetRequiredService<WorkingCalendar>(), provider.GetRequiredService<AccessRules>(),
            provider.GetServices<InventedAnswers>()));
        services.AddSingleton<ICases, CasesOfOthers>();
        services.AddSingleton(OldCases.Kind);
        services.AddSingleton(new SubjectOwner(OldCases.SubjectPrefix, _ => new OldSubjects()));
        // The desk tells events and this handler hears one: it asks for the desk when an event comes, not when it is made.
        services.AddSingleton(provider => FollowGridChanges.Handler(provider.GetRequiredService<CaseDesk>));
        services.AddScoped<DayPlan>();
        services.AddSingleton<TakeAnswers>();
        services.AddScoped<LookAtCase>();
        services.AddSingleton<CaseLists>();
        services.AddScoped<CaseForms>();
        services.AddScoped<VerifyList>();
        services.AddScoped<QueueShown>();
        services.AddSingleton<TellDone>();
        services.AddSingleton<TakeBacks>();
        services.AddSingleton<VerifyTogether>();
        foreach (var one in CasesOut.All) services.AddSingleton(one);
        services.AddSingleton(WorkChapter.Beginning);
        services.AddSingleton(WorkChapter.Chapter);
        services.AddSingleton(CasesBench.Bench);
        services.AddSingleton(provider => WorkOfCases.Day(provider.GetRequiredService<CaseRules>().Access));
        services.AddSingleton(provider => WorkOfCases.Queue(provider.GetRequiredService<CaseRules>().Access));
        services.AddSingleton(provider => Nav(provider, "cases.day.nav", "/day", CaseRight.Day, 10) with { Opens = true });
        services.AddSingleton(provider => Nav(provider, "cases.queue", "/queue", CaseRight.Queue, 30));
        // Installed on a telephone it opens with the page that is there without network too.
        services.AddSingleton(provider => Nav(provider, "cases.nav", "/cases", CaseRight.List, 40));
    }

    /// <summary>The pages <c>/day</c>, <c>/queue</c>, <c>/cases</c> and <c>POST /api/day/answers</c>, behind the guard.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Asked for here, so that rules or owners that contradict each other stop the start and not the first visitor.
        routes.ServiceProvider.GetRequiredService<Subjects>();
        CaseRoutes.Map(routes, routes.ServiceProvider.GetRequiredService<CaseRules>().Access);
    }

    private static NavItem Nav(IServiceProvider provider, string text, string href, CaseRight right, int order) =>
        new(text, href, provider.GetRequiredService<CaseRules>().Access[right], order);
}
