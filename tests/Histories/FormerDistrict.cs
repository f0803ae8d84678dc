using System.IO.Compression;
using System.Text;
using Legwork.Cases;
using Legwork.Histories.Contracts;
using Legwork.Immunization;
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

namespace Legwork.Histories.Tests;

/// <summary>A district of three invented families that had other systems before; today is the day of <see cref="StoppedClock"/>.</summary>
internal sealed class FormerDistrict : IAsyncDisposable
{
    public const string District = "540102";
    public const string Street = "540102002";
    public const string OtherStreet = "540102003";

    /// <summary>The header of the former immunization system.</summary>
    public const string Doses = "受种者姓名,出生日期,身份证件号码,疫苗,接种时间,疫苗批号,部位,接种门诊";

    public const string Door = "西藏拉萨市城关区八廓街道八廓东社区和平苑1栋1单元101室";
    private const string OtherDoor = "西藏拉萨市城关区吉日街道吉日东社区阳光小区2栋1单元202室";

    private static readonly SharedStart Families = new(
        engine => TestStore.Open(engine, ("places", typeof(PlacesModule).Assembly), ("histories", typeof(HistoriesModule).Assembly),
            ("cases", typeof(CasesModule).Assembly), ("people", typeof(PeopleModule).Assembly),
            ("immunization", typeof(ImmunizationModule).Assembly)),
        TakeFamilies);

    private readonly TestStore test;
    private readonly ServiceProvider services;

    private readonly bool owner;

    private FormerDistrict(TestStore test, bool owner = true)
    {
        (this.test, this.owner) = (test, owner);
        services = AddTo(new ServiceCollection().AddLogging()).BuildServiceProvider();
    }

    public StoppedClock Clock { get; } = new();

    public Store Store => test.Store;

    /// <summary>Born 2025-03-10; lives in 八廓街道.</summary>
    public PersonId Pema => FileOf("白玛");

    /// <summary>A girl born 2013-01-15 in 吉日街道.</summary>
    public PersonId Yangzom => FileOf("央宗");

    public PersonId Tashi => FileOf("扎西次仁");

    public static string NumberOfPema => Number("20250310", 3);

    public static string NumberOfYangzom => Number("20130115", 4);

    public static string NumberOfTashi => Number("19900307", 1);

    public static async Task<FormerDistrict> Open(Engine engine) => new(await Families.Copy(engine));

    /// <summary>Another process on the same storage.</summary>
    public FormerDistrict Beside() => new(test, owner: false);

    /// <summary>Hears of every unit that writes records, before it is durable.</summary>
    public Action? Written { get; set; }

    /// <summary>Comes before rows are read, outside any unit.</summary>
    public Func<Task>? Reads { get; set; }

    public IServiceCollection AddTo(IServiceCollection to) => Watch(to.AddSingleton<TimeProvider>(Clock)
        .AddSingleton(new PlatformPlaces(test.Where, In("keys"), In("heads"), Path.Combine(Repository.Root, "rules"),
            Path.Combine(Repository.Root, "districts", District), "test"))
        .AddSingleton(test.Store)
        .AddSingleton(new AccessRules(District, Demonstration: false))
        .AddModules(new ModuleList(new PlatformModule(), new PlacesModule(), new HistoriesModule(), new CasesModule(), new PeopleModule(),
            new ImmunizationModule())));

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A file of rows under a header is sent and tried.</summary>
    public Task<long> Try(string name, string header, params IEnumerable<string> rows) => Try(Clerk(), name, header, rows);

    public Task<long> Try(Actor actor, string name, string header, params IEnumerable<string> rows) =>
        Try(actor, name, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Prepend(header)) + "\r\n")]);

    public async Task<long> Try(Actor actor, string name, byte[] content, string source = "")
    {
        var sent = await Get<TryFile>().Send(actor, Put(name, content), name, source);
        sent.Ok.ShouldBeTrue(sent.Refusal?.ToString());
        await Get<TryFile>().Idle;
        return sent.Value;
    }

    /// <summary>Puts a file into a folder of its own.</summary>
    public string Put(string name, byte[] content)
    {
        var folder = Directory.CreateDirectory(In(Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return folder;
    }

    /// <summary>Says it and has it done.</summary>
    public async Task Do(long take, string act, Actor? actor = null)
    {
        (await Get<WorkTakeOvers>().Say(actor ?? Clerk(), take, act)).Refusal.ShouldBeNull();
        (await Get<WorkTakeOvers>().GoOn(CancellationToken.None)).ShouldBe(1);
    }

    public string StateOf(long take) => Store.Read(session => session.Query<string>(
        "select state from histories_take where id = @take", new { take })).ShouldHaveSingleItem();

    /// <summary>Outcome and reason of each row, in their order.</summary>
    public List<string> RowsOf(long take) => Store.Read(session => session.Query<string>(
        "select trim(outcome || ' ' || why || ' ' || words) from histories_row where take = @take order by row", new { take }));

    /// <summary>A workbook of one sheet from the XML of its rows.</summary>
    public static byte[] Workbook(string rows, string merged)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Part("xl/workbook.xml", """
                <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                <sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>
                """);
            Part("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>""");
            Part("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>");

            void Part(string name, string xml)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        return stream.ToArray();
    }

    /// <summary>A row of a sheet; an empty cell is left out.</summary>
    public static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">" + string.Concat(cells.Select((cell, i) => cell.Length == 0 ? ""
        : $"<c r=\"{(char)('A' + i)}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>";

    public string In(string name) => test.In(name);

    public static Actor Clerk(string scope = District) => Of(Role.Clerk, scope);

    public static Actor Of(Role role, string scope = District) =>
        new(Guid.CreateVersion7(), $"{role}", $"{role}", [new Grant(role, new Scope(scope), DateOnly.MinValue, null)]);

    public List<string> Log() => Store.Read(session => session.Query<string>("select act || ' ' || purpose from readlog_entry order by seq"));

    public async ValueTask DisposeAsync()
    {
        await Close();
        if (owner) test.Dispose();
    }

    public async ValueTask Close()
    {
        await Get<ReadLog>().DisposeAsync();
        await services.DisposeAsync();
    }

    private IServiceCollection Watch(IServiceCollection services)
    {
        foreach (var kind in services.Select(service => service.ImplementationInstance).OfType<HistoryKind>().ToList())
        {
            services.Remove(services.First(service => ReferenceEquals(service.ImplementationInstance, kind)));
            services.AddSingleton(kind with
            {
                Taker = provider => new Watched(kind.Taker(provider), () => Reads?.Invoke() ?? Task.CompletedTask, () => Written?.Invoke())
            });
        }
        return services;
    }

    private static async Task TakeFamilies(TestStore test)
    {
        var district = new FormerDistrict(test);
        Directory.CreateDirectory(district.In("lists"));
        File.WriteAllText(district.In("lists/户籍人口_202610.csv"), string.Join("\r\n",
            "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期",
            $"H1,户主,扎西次仁,,,男,{NumberOfTashi},19900307,{Door},八廓街道,八廓东社区,540102002001-G01,20100101,,",
            $"H1,子,白玛,,,男,{NumberOfPema},20250310,{Door},八廓街道,八廓东社区,540102002001-G01,20250401,,",
            $"H2,户主,次仁,,,男,{Number("19800101", 5)},19800101,{OtherDoor},吉日街道,吉日东社区,540102003001-G01,19990101,,",
            $"H2,女,央宗,,,女,{NumberOfYangzom},20130115,{OtherDoor},吉日街道,吉日东社区,540102003001-G01,20130201,,",
            $"H3,户主,旺堆,,,男,{Number("19700505", 7)},19700505,{OtherDoor},吉日街道,吉日东社区,540102003001-G01,19990101,,",
            $"H4,户主,旺堆,,,男,{Number("19700505", 877, "110101")},19700505,{Door},八廓街道,八廓东社区,540102002001-G01,19990101,,")
            + "\r\n", new UTF8Encoding(false));
        File.WriteAllText(district.In("lists/地址.csv"), string.Join("\r\n", "地址,网格编号,经度,纬度",
            $"{Door},540102002001-G01,91.13,29.65", $"{OtherDoor},540102003001-G01,91.14,29.66") + "\r\n", new UTF8Encoding(false));
        File.WriteAllText(district.In("lists/网格.geojson"), """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"540102002001-G01","street":"八廓街道","community":"八廓东社区","dwellings":1,"order":1},
             "geometry":{"type":"Polygon","coordinates":[[[91.12,29.64],[91.135,29.64],[91.135,29.655],[91.12,29.64]]]}},
            {"type":"Feature","properties":{"code":"540102003001-G01","street":"吉日街道","community":"吉日东社区","dwellings":1,"order":1},
             "geometry":{"type":"Polygon","coordinates":[[[91.136,29.655],[91.15,29.655],[91.15,29.67],[91.136,29.655]]]}}
            ]}
            """);
        var taken = await district.Get<IRegisters>().TakeFolder(district.In("lists"), Actor.System);
        taken.AllTaken.ShouldBeTrue(string.Join("; ", taken.Files.SelectMany(file => file.Refusals).Select(fault => fault.Sentence("en"))));
        await district.Close();
    }

    private PersonId FileOf(string name) =>
        Store.Read(session => session.Query<PersonId>("select id from people_file where name = @name and state = 'open'", new { name }))
            .ShouldHaveSingleItem();

    private static string Number(string birth, int sequence, string region = "540102")
    {
        var seventeen = $"{region}{birth}{sequence:000}";
        return seventeen + ResidentNumber.CheckCharacter(seventeen);
    }
}

internal sealed class Watched(IHistoryTaker taker, Func<Task> reads, Action written) : IHistoryTaker
{
    public async Task<IReadOnlyList<HistoryRow>> Read(IReadOnlyList<WrittenRow> rows, CancellationToken cancel)
    {
        await reads();
        return await taker.Read(rows, cancel);
    }

    public object Standing(Session session, IReadOnlyList<HistoryRow> rows) => taker.Standing(session, rows);

    public Decided Decide(HistoryRow row, object standing, IReadOnlyList<HistoryRow> earlier) => taker.Decide(row, standing, earlier);

    public void Write(Session session, IReadOnlyList<HistoryRow> rows, TakeOver take)
    {
        taker.Write(session, rows, take);
        written();
    }

    public IReadOnlyList<string> Undo(Session session, IReadOnlyList<long> rows, TakeOver take) => taker.Undo(session, rows, take);
}
