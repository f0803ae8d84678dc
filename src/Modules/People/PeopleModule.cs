using Legwork.People.Commands;
using Legwork.People.Contracts;
using Legwork.People.Demonstration;
using Legwork.People.Export;
using Legwork.People.Figures;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Import;
using Legwork.People.Pages;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People;

/// <summary>
/// Offices' lists come in → rules of matching and of findings → a file a person, and a question where data disagree → a clerk or
/// a grid worker answers → the file, and whoever reads it is in the log.
/// </summary>
public sealed class PeopleModule : IModule
{
    public string Name => "people";

    public void Add(IServiceCollection services) => services
        .AddSingleton(provider => DistrictLists.Load(LayoutsFolder(provider.GetRequiredService<PlatformPlaces>().DistrictFolder)))
        .AddSingleton(new DistrictFile("registers", (_, folder) => DistrictLists.Load(LayoutsFolder(folder))))
        .AddSingleton<TakeFile>()
        .AddSingleton(new Gauge("legwork_imports", "Lists of offices taken in.", "state", "select state as label, count(*) as value from people_import group by state"))
        .AddSingleton<IFindingListener, OpenCases>()
        .AddSingleton<HearResults>()
        .AddSingleton<HearCases>()
        .AddSingleton(provider => HearCases.Closed(provider.GetRequiredService<HearCases>))
        .AddSingleton(HearCases.Reopened())
        .AddSingleton(provider => HearCases.Withdrawn(provider.GetRequiredService<HearCases>))
        .AddSingleton(FollowGridChanges.Handler())
        .AddSingleton<WriteFindings>()
        .AddSingleton<UpdateFindings>()
        .AddSingleton<UpdateFiles>()
        .AddSingleton<Explain>()
        .AddSingleton<ExportRows>()
        .AddSingleton<IMatching, PersonMatching>()
        .AddSingleton<DistrictPlaces>()
        .AddSingleton<IDwellings>(provider => provider.GetRequiredService<DistrictPlaces>())
        .AddSingleton<ITakePlaces>(provider => provider.GetRequiredService<DistrictPlaces>())
        .AddSingleton(provider => new TakeFolder(provider.GetRequiredService<TakeFile>(), provider.GetRequiredService<UpdateFiles>(),
            provider.GetRequiredService<ITakePlaces>(), provider.GetRequiredService<Leases>(),
            LayoutsFolder(provider.GetRequiredService<PlatformPlaces>().DistrictFolder)))
        .AddSingleton<IRegisters, RegistersOfOthers>()
        .AddSingleton<IDemonstrationPeople, DemonstrationPeople>()
        .AddFigures()
        .AddSingleton(ListsChapter.Chapter)
        .AddSingleton(new ModuleCommand(ImportCommand.Make))
        .AddSingleton(new ModuleCommand(ExportCommands.Make))
        .AddSingleton(new ModuleCommand(ExportCommands.Findings))
        .AddSingleton(new ModuleCommand(LinkTables.Make))
        .AddSingleton(PeopleBenches.Import)
        .AddSingleton(PeopleBenches.Search)
        .AddDesk();

    private static string LayoutsFolder(string district) => Path.Combine(district, "registers");

    /// <summary>The clerk's desk and the citizen's pages; each route states its permission.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        DeskRoutes.Map(routes);
        ActRoutes.Map(routes);
        PairRoutes.Map(routes);
        ListRoutes.Map(routes);
        CounterRoutes.Map(routes);
        CitizenRoutes.Map(routes);
    }
}
