using Legwork.People.Search;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Commands;

/// <summary>What is done and measured at the command line.</summary>
internal static class CommandServices
{
    public static IServiceCollection AddCommands(this IServiceCollection services) => services
        .AddSingleton(new ModuleCommand(ImportCommand.Make))
        .AddSingleton(new ModuleCommand(ExportCommands.Make))
        .AddSingleton(new ModuleCommand(ExportCommands.Findings))
        .AddSingleton(new ModuleCommand(_ => LinkTables.Make()))
        .AddSingleton(PeopleBenches.Import)
        .AddSingleton(PeopleBenches.Search)
        .AddSingleton(provider => new SearchBench(provider.GetRequiredService<Platform.Storage.Store>(), provider.GetRequiredService<FindPeople>(),
            provider.GetRequiredService<DistrictFacts>()));
}
