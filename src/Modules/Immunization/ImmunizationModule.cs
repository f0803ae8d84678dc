using Legwork.Immunization.Commands;
using Legwork.Immunization.Contracts;
using Legwork.Immunization.Pages;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization;

/// <summary>
/// Doses and states of health from a clinic's list or a nurse's desk → the national schedule, dated and cited → what is due,
/// and why a dose does not count → the child's page, and a change of rules tried before it is switched on.
/// </summary>
public sealed class ImmunizationModule : IModule
{
    public string Name => "immunization";

    /// <summary>Needs People and the platform.</summary>
    public void Add(IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<PlatformPlaces>() is var places
            ? new RuleBooks(Path.Combine(places.RulesFolder, "immunization"),
                Path.GetFileName(Path.TrimEndingDirectorySeparator(places.DistrictFolder))) : null!)
        .AddSingleton(new DistrictFile("clinics", (_, folder) => ClinicLists.Check(folder)))
        .AddSingleton<ShowRecord>()
        .AddSingleton<RecordDose>()
        .AddSingleton(provider => new DoseBench(provider.GetRequiredService<RecordDose>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<StateRecords>()
        .AddSingleton<RecordState>()
        .AddSingleton<TakeDoses>()
        .AddSingleton<ClinicLists>()
        .AddSingleton<TakeStates>()
        .AddSingleton<TryRules>()
        .AddSingleton<IImmunization, Door>()
        .AddSingleton<IDoseBook, DoseBook>()
        .AddScoped<Wording>()
        .AddSingleton(OldDoses.Kind)
        .AddSingleton(DueFileCard.Card)
        .AddSingleton(ChildSource.Source)
        .AddSingleton(ClinicsChapter.Chapter)
        .AddSingleton(DosesOut.Recorded)
        .AddSingleton(DosesOut.Corrected)
        .AddSingleton(DosesOut.Withdrawn)
        .AddSingleton(OldDosesChapter.Chapter)
        .AddSingleton(new ModuleCommand(ImportDosesCommand.Make))
        .AddSingleton(new ModuleCommand(TryRulesCommand.Make))
        .AddSingleton(new ModuleCommand(CheckRulesCommand.Make))
        .AddSingleton(new ModuleCommand(EngineCommands.Forecast))
        .AddSingleton(new ModuleCommand(_ => EngineCommands.Conformance()))
        .AddSingleton(EngineCommands.Bench)
        .AddSingleton(WhileImporting.Bench)
        .AddSingleton(TakeOverBench.Bench)
        .AddSingleton(new FileLink("immunization.link", "/immunization", ImmunizationPermissions.View, ForCitizens: true))
        .AddSingleton(new NavItem("immunization.desk.nav", "/immunization", ImmunizationPermissions.Desk, 10))
        .AddSingleton(new NavItem("immunization.trial.nav", "/immunization/trial", ImmunizationPermissions.Trial, 45) { Rare = true });

    /// <summary>The nurse's desk, the person's page under the file, the citizen's own under <c>/me</c>, the rules and the trial of a
    /// change under <c>/immunization</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        DeskRoutes.Map(routes);
        RecordRoutes.Map(routes);
        DoseRoutes.Map(routes);
        StateRoutes.Map(routes);
        TrialRoutes.Map(routes);
    }

    private sealed class Door(TakeDoses takeDoses, TakeStates takeStates, TryRules tryRules) : IImmunization
    {
        public Task<Outcome<DosesTaken>> TakeDoses(string path, Actor actor, Action<string, double>? progress = null) =>
            takeDoses.Run(path, actor, progress);

        public Task<Outcome<DosesTaken>> TakeStates(string path, Actor actor) => takeStates.Run(path, actor);

        public Task<Outcome<RulesTried>> TryRules(string from, string to, Actor actor) => tryRules.Run(from, to, actor, CancellationToken.None);
    }
}
