using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Matching;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Districts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Shell;
using Legwork.Registers;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Registers;

/// <summary>The offices' lists: what the district's are, taking in, jobs, taking back.</summary>
internal static class RegisterServices
{
    public static IServiceCollection AddRegisters(this IServiceCollection services) => services
        .AddSingleton(provider => DistrictLists.Load(LayoutsFolder(provider.GetRequiredService<PlatformPlaces>().DistrictFolder)))
        .AddSingleton(new DistrictFile("registers", (_, folder) => DistrictLists.Load(LayoutsFolder(folder))))
        .AddSingleton<TakeFile>()
        .AddSingleton<CheckFile>()
        .AddSingleton(new Gauge("legwork_imports", "Lists of offices taken in.", "state",
            "select state as label, count(*) as value from people_import group by state"))
        .AddSingleton<DistrictPlaces>()
        .AddSingleton<IDwellings>(provider => provider.GetRequiredService<DistrictPlaces>())
        .AddSingleton<ITakePlaces>(provider => provider.GetRequiredService<DistrictPlaces>())
        .AddSingleton(provider => new TakeFolder(provider.GetRequiredService<TakeFile>(), provider.GetRequiredService<UpdateFiles>(),
            provider.GetRequiredService<CheckFile>(), provider.GetRequiredService<ITakePlaces>(), provider.GetRequiredService<Leases>(),
            () => LayoutBook.Load(LayoutsFolder(provider.GetRequiredService<PlatformPlaces>().DistrictFolder),
                new ListClock(provider.GetRequiredService<DistrictFacts>().Zone, provider.GetRequiredService<TimeProvider>().Today()))))
        .AddSingleton<IRegisters, RegistersOfOthers>()
        .AddSingleton<ListJobs>()
        .AddSingleton<ReceiveLists>()
        .AddSingleton<ListDesk>()
        .AddSingleton(new NavItem("people.imports.nav", "/imports", PeoplePermissions.Import, 40));

    private static string LayoutsFolder(string district) => Path.Combine(district, "registers");
}
