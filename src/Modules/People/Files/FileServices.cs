using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Files;

/// <summary>A file: what is in force, what a purpose opens of it, and who may see it.</summary>
internal static class FileServices
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton(provider => Precedence.Load(Rules(provider, "precedence.yaml")))
        .AddSingleton(provider => Sensitive.Load(Rules(provider, "sensitive.yaml")))
        .AddSingleton(provider => PeriodRules.Load(Rules(provider, "periods.yaml")))
        .AddSingleton(OldPeriods.Kind)
        .AddSingleton<SameForm>()
        .AddSingleton(provider => new ValuesInForce(provider.GetRequiredService<Precedence>(), provider.GetRequiredService<SameForm>().Now))
        .AddSingleton<StatedValues>()
        .AddSingleton<Explain>()
        .AddSingleton<FileReading>()
        .AddSingleton<ShownValues>()
        .AddSingleton<FileRelations>()
        .AddSingleton<ICalledWords, CalledByDistrict>()
        .AddSingleton<ShowFile>()
        .AddSingleton<OwnFile>()
        .AddSingleton<RevealNumber>()
        .AddSingleton<PersonCards>()
        .AddSingleton<IPersonCards>(provider => provider.GetRequiredService<PersonCards>())
        .AddScoped<Wording>();

    private static string Rules(IServiceProvider provider, string name) =>
        Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "people", name);
}
