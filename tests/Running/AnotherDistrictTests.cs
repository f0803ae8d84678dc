using System.Net;
using Legwork.Host;
using Legwork.Host.Doctor;
using Legwork.Host.Web;
using Legwork.People.Contracts;
using Legwork.People.Tests;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Running.Tests;

/// <summary>A district of its own files: named in legwork.json, taken in and served; not opened while a file lacks or contradicts a fact.</summary>
public class AnotherDistrictTests
{
    private static readonly string[] OfAnother = ["西藏", "拉萨", "城关", "540102", "Lhasa", "Xizang", "Chengguan"];

    private static readonly (string Who, string[] Pages)[] Pages =
        [("clerk", ["/", "/people?q=zhoujie", "/imports", "/password"]), ("officer", ["/", "/board"]), ("supervisor", ["/", "/queue", "/cases"])];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_district_named_in_the_settings_takes_its_lists_in_and_is_served_under_its_own_names(Engine engine)
    {
        using var place = new Place(engine);
        var options = Settings(place, Path.Combine(Repository.Root, "districts", Chengdu.District));
        options.DistrictCode.ShouldBe(Chengdu.District);
        Chengdu.Write(place.In("lists"));
        await using (var district = District.Open(options))
            (await district.GetRequiredService<IRegisters>().TakeFolder(place.In("lists"), Actor.System)).AllTaken.ShouldBeTrue();

        await using var app = WebServer.Build(options, []);
        await app.Services.GetRequiredService<DemonstrationAccounts>().Make(
            [new("clerk", "窗口", Role.Clerk, Chengdu.District), new("officer", "区级", Role.Officer, Chengdu.District),
                new("supervisor", "督导", Role.Supervisor, "510104022")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var node = new Uri(app.Urls.First());
        var said = new Dictionary<string, string>();
        foreach (var (who, pages) in Pages)
        {
            using var visitor = await Visitor.SignIn(node, who);
            foreach (var page in pages)
            {
                (await visitor.Get(node, page)).ShouldBe(HttpStatusCode.OK, page);
                said[$"{who} {page}"] = WebUtility.HtmlDecode(await visitor.Page(node, page));
            }
        }
        said.SelectMany(page => OfAnother.Where(page.Value.Contains).Select(word => $"{page.Key} says {word}")).ShouldBeEmpty();
        said["officer /board"].ShouldContain("春熙路街道");
        said["officer /"].ShouldContain("成都市锦江区");
        said["supervisor /"].ShouldContain("春熙路街道");
        said["clerk /imports"].ShouldContain("城乡居保参保名册");
        said["clerk /people?q=zhoujie"].ShouldContain("周杰");
    }

    [Theory]
    [InlineData("district.yaml", "", "", "district.yaml:1: the file is missing")]
    [InlineData("district.yaml", "en: Jinjiang District, Chengdu", "eng: Jinjiang", "district.yaml:8: 'eng' is not known here")]
    [InlineData("district.yaml", "en: Jinjiang District, Chengdu\n", "", "district.yaml:4: 'en' is missing")]
    [InlineData("district.yaml", "code: \"510104\"", "code: \"510105\"", "district.yaml:4: code: 510105 is not the name of its folder, 510104")]
    [InlineData("district.yaml", "\"510100\"", "\"510200\"", "district.yaml:11: city.code: 510200 does not hold the district 510104; 510100 does")]
    [InlineData("district.yaml", "\"510000\"", "\"540000\"", "district.yaml:10: province.code: 540000 does not hold the district 510104")]
    [InlineData("district.yaml", "offset: \"+08:00\"", "offset: \"8\"", "district.yaml:13: offset: '8' is no offset such as +08:00")]
    [InlineData("district.yaml", "home: [四川, 成都]", "home: [西藏, 拉萨]", "district.yaml:19: provinces.home[1]: '西藏' begins neither 四川省 nor 成都市")]
    [InlineData("district.yaml", "home: [四川, 成都]", "home: [四川]", "district.yaml:19: provinces.home: no word here begins 成都市")]
    [InlineData("district.yaml", "西藏: 西藏自治区", "四川: 四川省", "district.yaml:20: provinces.begins.四川: '四川' is the district's own province")]
    [InlineData("district.yaml", "\"510104018\"", "\"510105018\"", "district.yaml:25: streets[2].code: 510105018 does not lie in 510104")]
    [InlineData("district.yaml", "\"510104018\"", "\"510104017\"", "district.yaml:25: streets[2].code: 510104017 is another street's already")]
    [InlineData("calendar.yaml", "district: \"510104\"", "district: \"540102\"",
        "calendar.yaml:4: district: this is the calendar of 540102 and not of 510104")]
    [InlineData("calendar.yaml", "", "", "calendar.yaml:1: the file is missing")]
    [InlineData("addresses.yaml", "  - 成都市\n", "", "addresses.yaml:6: 成都市, where the district lies, is not among its own")]
    [InlineData("addresses.yaml", "elsewhere: [河北省", "elsewhere: [四川省", "addresses.yaml:19: the district lies in 四川省")]
    [InlineData("registers/insured.yaml", "means: insured", "means: insurance", "insured.yaml:4: 'insurance' is none of household")]
    [InlineData("registers/insured.yaml", "means: insured", "meens: insured", "insured.yaml:4: unknown key meens")]
    public void A_folder_that_lacks_or_contradicts_a_fact_opens_nothing_and_the_doctor_says_where(string file,
        string right, string wrong, string says)
    {
        using var place = new Place(Engine.Sqlite);
        using var planted = new PlantedDistrict(Chengdu.District, file, right, wrong);
        var options = Settings(place, planted.Folder);
        Should.Throw<FormatException>(() => District.Open(options)).Message.ShouldContain(says);
        Should.Throw<FormatException>(() => WebServer.Build(options, [])).Message.ShouldContain(says);
        File.Exists(options.SqliteFile).ShouldBeFalse("nothing is begun in a district that is not one");
        var sign = new Examination(options, TimeProvider.System).Run().Where(sign => sign.Of == "district").ShouldHaveSingleItem();
        (sign.Health, sign.Says.Contains(says)).ShouldBe((Health.Bad, true), sign.Says);
    }

    [Theory, InlineData("540102"), InlineData("510104")]
    public void The_doctor_finds_nothing_wrong_with_the_districts_that_come_with_the_program(string code)
    {
        using var place = new Place(Engine.Sqlite);
        var signs = new Examination(Settings(place, Path.Combine(Repository.Root, "districts", code)), TimeProvider.System).Run();
        signs.Where(sign => sign.Of == "district").ShouldHaveSingleItem().Health.ShouldBe(Health.Ok);
    }

    /// <summary>As <c>serve --data DIR</c> reads them, with the district named in <c>legwork.json</c>.</summary>
    private static DistrictOptions Settings(Place place, string district)
    {
        Directory.CreateDirectory(place.Options.Data);
        File.WriteAllText(Path.Combine(place.Options.Data, "legwork.json"), System.Text.Json.JsonSerializer.Serialize(
            new { District = district, place.Options.Storage, Listen = "http://127.0.0.1:0", Node = "one", Demonstration = true }));
        return DistrictOptions.Read(place.Options.Data, null);
    }
}
