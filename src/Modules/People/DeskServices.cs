using Legwork.People.Desk;
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
        .AddSingleton<RenewFiles>()
        .AddSingleton<FileReading>()
        .AddSingleton<FileRelations>()
        .AddSingleton<FindPeople>()
        .AddSingleton<ShowFile>()
        .AddSingleton<RevealNumber>()
        .AddSingleton<StateValue>()
        .AddSingleton<MoveRows>()
        .AddSingleton<Pairs>()
        .AddSingleton<DecidePair>()
        .AddSingleton<ChangeRows>()
        .AddScoped<Wording>()
        .AddSingleton(new NavItem("people.nav", "/people", PeoplePermissions.Search, 20));

    private static string Rules(IServiceProvider provider, string name) => Path.Combine(provider.GetRequiredService<PlatformPlaces>().RulesFolder, "people", name);
}
