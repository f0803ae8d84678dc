using Legwork.Cases;
using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People;
using Legwork.Places;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Lamps.Tests;

/// <summary>A house with people and lamps: the product's own rules, and beside them the file that the module of lamps brings.</summary>
internal sealed class LitDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string Grid = "540102006001-G01";

    private readonly TestStore test;
    private readonly DirectoryInfo folder;
    private readonly ServiceProvider services;
    private readonly PagesHost pages;

    private LitDistrict(TestStore test, DirectoryInfo folder, Lamps lamps, ServiceProvider services, PagesHost pages) =>
        (this.test, this.folder, Lamps, this.services, this.pages) = (test, folder, lamps, services, pages);

    public static async Task<LitDistrict> Open(Engine engine)
    {
        var test = TestStore.Open(engine, ("places", typeof(PlacesModule).Assembly), ("cases", typeof(CasesModule).Assembly),
            ("people", typeof(PeopleModule).Assembly));
        var folder = Directory.CreateTempSubdirectory("legwork-lamps-");
        foreach (var file in new[] { "cases", "linking", "people" }.SelectMany(
            part => Directory.EnumerateFiles(Path.Combine(Repository.Root, "rules", part))))
            Copy(file, Path.Combine(folder.FullName, "rules", Path.GetFileName(Path.GetDirectoryName(file)!)));
        Copy(Path.Combine(Repository.Root, "tests", "Lamps", "lamps.yaml"), Path.Combine(folder.FullName, "rules", "cases"));
        var lamps = new Lamps();
        var pages = await PagesHost.Open(to => AddTo(to, test, folder, lamps),
            [typeof(PlacesModule).Assembly, typeof(CasesModule).Assembly, typeof(PeopleModule).Assembly],
            routes => new CasesModule().Map(routes));
        return new LitDistrict(test, folder, lamps, AddTo(new ServiceCollection().AddLogging(), test, folder, lamps).BuildServiceProvider(), pages);
    }

    /// <summary>The one owner, of whom both the pages and the relay ask.</summary>
    public Lamps Lamps { get; }

    public ICases Cases => services.GetRequiredService<ICases>();

    public Task<Outcome<Opened>> Open(string kind, string subject) =>
        test.Store.Write(session => Cases.Open(session, new OpenCase(kind, subject, "test", Grid, "", "0001", Reachable: false)));

    public async Task Deliver() => await services.GetRequiredService<Relay>().DeliverAll();

    public long LooksInTheLog() => test.Store.Read(session => session.Scalar<long>("select count(*) from readlog_entry"));

    public (Actor Actor, Visit Visit) As(Role role, string place)
    {
        var actor = new Actor(Guid.CreateVersion7(), $"{role} of {place}", role.ToString(),
            [new Grant(role, new Scope(place), DateOnly.MinValue, null)]);
        return (actor, new Visit(pages.As(actor)));
    }

    public async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync();
        await services.GetRequiredService<ReadLog>().DisposeAsync();
        await services.DisposeAsync();
        test.Dispose();
        folder.Delete(recursive: true);
    }

    private static IServiceCollection AddTo(IServiceCollection to, TestStore test, DirectoryInfo folder, Lamps lamps) =>
        to.AddSingleton<TimeProvider>(new StoppedClock())
        .AddSingleton(new PlatformPlaces(test.Where, Path.Combine(folder.FullName, "keys"),
            Path.Combine(folder.FullName, "heads"), Path.Combine(folder.FullName, "rules"),
            Path.Combine(Repository.Root, "districts", District), "test"))
        .AddSingleton(test.Store)
        .AddSingleton(new AccessRules(District, Demonstration: false))
        .AddModules(new ModuleList(new PlatformModule(), new PlacesModule(), new CasesModule(), new PeopleModule(), new LampsModule(lamps)));

    private static void Copy(string file, string into)
    {
        Directory.CreateDirectory(into);
        File.Copy(file, Path.Combine(into, Path.GetFileName(file)));
    }
}
