using System.Text;
using Legwork.Cases;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People;
using Legwork.People.Contracts;
using Legwork.Places;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Tests;

/// <summary>A district of two invented families, with the real rules and layouts; today is the day of <see cref="StoppedClock"/>.</summary>
internal sealed class ChildrensDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string Street = "540102002";
    public const string OtherStreet = "540102003";

    private const string Door = "西藏拉萨市城关区八廓街道八廓东社区和平苑1栋1单元101室";
    private const string OtherDoor = "西藏拉萨市城关区吉日街道吉日东社区阳光小区2栋1单元202室";
    private const string DosesHeader = "姓名,性别,出生日期,证件号码,疫苗名称,接种日期,批号,接种部位,接种单位,接种省份";

    private static readonly SharedStart Families = new(
        engine => TestStore.Open(engine, ("places", typeof(PlacesModule).Assembly), ("cases", typeof(CasesModule).Assembly),
            ("people", typeof(PeopleModule).Assembly),
            ("immunization", typeof(ImmunizationModule).Assembly)),
        TakeFamilies);

    private readonly TestStore test;
    private readonly ServiceProvider services;

    private ChildrensDistrict(TestStore test)
    {
        this.test = test;
        services = AddTo(new ServiceCollection().AddLogging()).BuildServiceProvider();
    }

    public StoppedClock Clock { get; } = new();

    public Store Store => test.Store;

    /// <summary>Born 2025-03-10; lives in 八廓街道.</summary>
    public PersonId Pema => FileOf("白玛");

    /// <summary>A girl born 2013-01-15 in 吉日街道.</summary>
    public PersonId Yangzom => FileOf("央宗");

    public PersonId Tashi => FileOf("扎西次仁");

    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    public static async Task<ChildrensDistrict> Open(Engine engine) => new(await Families.Copy(engine));

    private static async Task TakeFamilies(TestStore test)
    {
        var district = new ChildrensDistrict(test);
        Directory.CreateDirectory(district.In("lists"));
        File.WriteAllText(district.In("lists/户籍人口_202610.csv"), string.Join("\r\n",
            "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期",
            $"H1,户主,扎西次仁,,,男,{Number("19900307", 1)},19900307,{Door},八廓街道,八廓东社区,540102002001-G01,20100101,,",
            $"H1,子,白玛,,,男,{Number("20250310", 3)},20250310,{Door},八廓街道,八廓东社区,540102002001-G01,20250401,,",
            $"H2,户主,次仁,,,男,{Number("19800101", 5)},19800101,{OtherDoor},吉日街道,吉日东社区,540102003001-G01,19990101,,",
            $"H2,女,央宗,,,女,{Number("20130115", 4)},20130115,{OtherDoor},吉日街道,吉日东社区,540102003001-G01,20130201,,") + "\r\n", new UTF8Encoding(false));
        var taken = await district.Get<IRegisters>().TakeFolder(district.In("lists"), Actor.System);
        taken.AllTaken.ShouldBeTrue(string.Join("; ", taken.Files.SelectMany(file => file.Refusals).Select(fault => fault.Sentence("en"))));
        await district.Close();
    }

    public IServiceCollection AddTo(IServiceCollection to) => to.AddSingleton<TimeProvider>(Clock)
        .AddSingleton(new PlatformPlaces(test.Where, In("keys"), In("heads"), Path.Combine(Repository.Root, "rules"),
            Path.Combine(Repository.Root, "districts", District), "test"))
        .AddSingleton(test.Store)
        .AddSingleton(new AccessRules(District, Demonstration: false))
        .AddModules(new ModuleList(new PlatformModule(), new PlacesModule(), new CasesModule(), new PeopleModule(), new ImmunizationModule()));

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A clinic's file: <c>name,sex,birth,number,vaccine,day,lot,site,clinic,province</c> a row.</summary>
    public Task<Outcome<DosesTaken>> TakeDoses(string name, params string[] rows)
    {
        File.WriteAllText(In(name), string.Join("\r\n", rows.Prepend(DosesHeader)) + "\r\n", new UTF8Encoding(false));
        return Get<IImmunization>().TakeDoses(In(name), Actor.System);
    }

    /// <summary>A row about 白玛, whom the clinic knows by name and birth.</summary>
    public static string OfPema(string vaccine, string on) => $"白玛,男,2025-03-10,,{vaccine},{on},L1,左上臂,城关区妇幼保健院,";

    public string In(string name) => test.In(name);

    public static Actor Of(Role role, string scope = District, PersonId? person = null) =>
        new(Guid.CreateVersion7(), $"{role}", $"{role}", [new Grant(role, new Scope(scope), DateOnly.MinValue, null)], person?.Value);

    /// <summary>The file of 白玛 as an office wrote it that knew the year or the month of birth alone.</summary>
    public Task BirthOfPemaIs(string vague) =>
        Store.Write(session => session.Execute("update people_file set birth = @vague where id = @Pema", new { vague, Pema }));

    public List<string> Log() => Store.Read(session => session.Query<string>("select act || ' ' || purpose from readlog_entry order by seq"));

    public async ValueTask DisposeAsync()
    {
        await Close();
        test.Dispose();
    }

    private async ValueTask Close()
    {
        await Get<ReadLog>().DisposeAsync();
        await services.DisposeAsync();
    }

    private PersonId FileOf(string name) =>
        Store.Read(session => session.Query<PersonId>("select id from people_file where name = @name and state = 'open'", new { name }))
            .ShouldHaveSingleItem();

    private static string Number(string birth, int sequence)
    {
        var seventeen = $"540102{birth}{sequence:000}";
        return seventeen + ResidentNumber.CheckCharacter(seventeen);
    }
}
