using Legwork.Kernel;
using Legwork.People.Commands;
using Legwork.People.Contracts;
using Legwork.People.Demonstration;
using Legwork.People.Export;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Import;
using Legwork.People.Pages;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
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
        .AddSingleton<IRegisters, Registers>()
        .AddSingleton<IDemonstrationPeople, DemonstrationPeople>()
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

    private sealed class Registers(TakeFolder takeFolder, UpdateFiles update, ExportRows export, Leases leases, Store store, TimeProvider clock) : IRegisters
    {
        public Task<FolderTaken> TakeFolder(string folder, Actor actor, Action<string, double>? progress) => takeFolder.Run(folder, actor, progress);

        public async Task<Outcome<Done>> Undo(long import, Actor actor)
        {
            await using var lease = await leases.Take(Import.TakeFolder.LeaseName);
            if (lease is null) return Import.TakeFolder.HeldBy(leases);
            var undone = await UndoImport.Run(store, clock, import, actor);
            if (undone.Ok) await update.Run();
            return undone;
        }

        public Task<int> ExportFiles(TextWriter csv, Actor actor) => export.Files(csv, actor);

        public Task<int> ExportFindings(TextWriter csv, Actor actor) => export.Findings(csv, actor);

        public IReadOnlyList<KindCount> CountFindings() => store.Read(session => session.Query<KindCount>("""
            select kind, cast(sum(case when state = 'open' then 1 else 0 end) as bigint) as "open", cast(sum(case when state = 'answered' then 1 else 0 end) as bigint) as answered
            from people_finding where state <> 'gone' group by kind order by kind
            """));

        public IReadOnlyList<PlaceFindings> CountFindingsByPlace() => store.Read(session => session.Query<PlaceFindings>("""
            select place, kind, cast(sum(case when state = 'open' then 1 else 0 end) as bigint) as "open", cast(sum(case when state = 'answered' then 1 else 0 end) as bigint) as answered
            from people_finding where state <> 'gone' group by place, kind order by place, kind
            """));

        public IReadOnlyList<PlaceFiles> CountFiles() => store.Read(session => session.Query<PlaceFiles>("""
            select place, count(*) as files, cast(sum(clear) as bigint) as clear from (
                select case when f.lives <> '' then f.lives else f.registered end as place,
                    case when exists (select 1 from people_finding n where n.file = f.id and n.state = 'open') then 0 else 1 end as clear
                from people_file f where f.state = 'open') as counted
            group by place order by place
            """));

        public IReadOnlyList<RefusedList> Refused(DateTimeOffset since) => store.Read(session => session.Query<RefusedList>(
            "select id, file_name, source, at, code from people_refused_file where at >= @since order by at desc, id desc", new { since }));
    }
}
