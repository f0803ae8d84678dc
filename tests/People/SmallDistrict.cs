using Legwork.Cases;
using Legwork.Kernel;
using Legwork.Messages;
using Legwork.People.Contracts;
using Legwork.Places;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Tests;

/// <summary>A district of a handful of invented people, with the real rules and layouts and a clock that stands.</summary>
internal sealed class SmallDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string BakuoStreet = "540102002";
    public const string JiriStreet = "540102003";

    private static readonly SharedStart October = new(Tables, TakeOctober);

    private static readonly Texts Words = new([typeof(ShellModule).Assembly, typeof(PeopleModule).Assembly, typeof(MessagesModule).Assembly],
        missingThrows: true);

    private readonly string code;
    private readonly TestStore test;
    private readonly ServiceProvider services;

    private SmallDistrict(TestStore test, string code = District)
    {
        this.test = test;
        this.code = code;
        services = AddTo(new ServiceCollection().AddLogging())
            .AddSingleton<IHttpContextAccessor, HttpContextAccessor>()
            .AddSingleton(Words)
            .BuildServiceProvider();
    }

    public StoppedClock Clock { get; } = new();

    public Store Store => test.Store;

    /// <summary>The district's own services, for a second holder such as a web server.</summary>
    public IServiceCollection AddTo(IServiceCollection to)
    {
        var home = Path.Combine(Repository.Root, "districts", code);
        return to.AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new PlatformPlaces(test.Where, In("keys"), In("heads"), Path.Combine(Repository.Root, "rules"), home, "test"))
            .AddSingleton(test.Store)
            .AddSingleton(new AccessRules(code, Demonstration: false))
            .AddModules(new ModuleList(new PlatformModule(), new PlacesModule(), new CasesModule(), new MessagesModule(), new PeopleModule()));
    }

    /// <summary>The lists of October, taken in.</summary>
    public static async Task<SmallDistrict> Open(Engine engine) => new(await October.Copy(engine));

    /// <summary>Another district than the usual one, with no more than its own files.</summary>
    public static async Task<SmallDistrict> Open(Engine engine, string code, Action<string> write)
    {
        var district = new SmallDistrict(Tables(engine), code);
        write(district.In("202610"));
        await district.Take("202610");
        return district;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task<FolderTaken> Take(string month)
    {
        var taken = await Get<IRegisters>().TakeFolder(In(month), Actor.System);
        taken.AllTaken.ShouldBeTrue(string.Join("; ", taken.Files.SelectMany(file => file.Refusals).Select(fault => fault.ToString())
            .Concat(taken.Refused.Select(file => file.Refusal.ToString()))));
        return taken;
    }

    /// <summary>The lists of a later month, in which 次仁 lives at this door.</summary>
    public Task<FolderTaken> TakeNext(string month, string tseringsDoor)
    {
        MadeUp.Write(In(month), month, ledgerOfTsering: tseringsDoor);
        File.Delete(Path.Combine(In(month), "在校学生_2026秋.csv"));
        return Take(month);
    }

    public string In(string name) => test.In(name);

    public static Actor Clerk(string scope = District, string name = "窗口一号") => Of(Role.Clerk, scope, name);

    public static Actor Supervisor(string scope = District) => Of(Role.Supervisor, scope, "督办");

    public static Actor Of(Role role, string scope, string name, PersonId? person = null) =>
        new(Guid.CreateVersion7(), name, name, [new Grant(role, new Scope(scope), DateOnly.MinValue, null)], person?.Value);

    /// <summary>The one open file that is called so and stands in the list with this number, or without one.</summary>
    public PersonId FileOf(string name) => Store.Read(session => session.Query<PersonId>(
        "select f.id from people_file f join people_alias a on a.file = f.id where a.name = @name and f.state = 'open'", new { name }))
        .ShouldHaveSingleItem();

    public List<string> Log() => Store.Read(session => session.Query<string>("select act || ' ' || purpose from readlog_entry order by seq"));

    public long LookedAt(PersonId person) =>
        Store.Read(session => session.Scalar<long>("select count(*) from readlog_subject where person = @person", new { person }));

    public async ValueTask DisposeAsync()
    {
        await Close();
        test.Dispose();
    }

    private static TestStore Tables(Engine engine) => TestStore.Open(engine,
        ("places", typeof(PlacesModule).Assembly), ("cases", typeof(CasesModule).Assembly), ("messages", typeof(MessagesModule).Assembly),
        ("people", typeof(PeopleModule).Assembly));

    private static async Task TakeOctober(TestStore test)
    {
        var district = new SmallDistrict(test);
        MadeUp.Write(district.In("202610"));
        MadeUp.WritePlaces(district.In("202610"));
        await district.Take("202610");
        await district.Close();
    }

    private async ValueTask Close()
    {
        await Get<ReadLog>().DisposeAsync();
        await services.DisposeAsync();
    }
}
