using Legwork.People.Cases;
using Legwork.People.Citizen;
using Legwork.People.Commands;
using Legwork.People.Contracts;
using Legwork.People.Corrections;
using Legwork.People.Demonstration;
using Legwork.People.Export;
using Legwork.People.Figures;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Guardians;
using Legwork.People.Messages;
using Legwork.People.Matching;
using Legwork.People.Pairs;
using Legwork.People.Proofing;
using Legwork.People.Registers;
using Legwork.People.Search;
using Legwork.Platform.Modules;
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
        .AddRegisters()
        .AddFiles()
        .AddMatching()
        .AddFindings()
        .AddSearch()
        .AddPairs()
        .AddCorrections()
        .AddGuardians()
        .AddSingleton<ProofCitizen>()
        .AddExport()
        .AddCitizen()
        .AddMessages()
        .AddCasesOfPersons()
        .AddFigures()
        .AddCommands()
        .AddSingleton<IDemonstrationPeople, DemonstrationPeople>()
        .AddSingleton(ListsChapter.Chapter)
        .AddSingleton(RequestsChapter.Asked)
        .AddSingleton(RequestsChapter.Told);

    /// <summary>The clerk's desk and the citizen's pages; each route states its permission.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        SearchRoutes.Map(routes);
        FileRoutes.Map(routes);
        PairRoutes.Map(routes);
        SplitRoutes.Map(routes);
        StatementRoutes.Map(routes);
        AskRoutes.Map(routes);
        GuardianRoutes.Map(routes);
        ProofingRoutes.Map(routes);
        RegisterRoutes.Map(routes);
        ExportRoutes.Map(routes);
        CitizenRoutes.Map(routes);
        MyMessagesRoutes.Map(routes);
    }
}
