using System.Net;
using AngleSharp.Dom;
using Legwork.People.Search;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>District 510104 with files alone: other titles, headers, encoding, streets and province, through the same use cases.</summary>
public class AnotherDistrictTests
{
    private const string AnotherProvince = "西藏自治区拉萨市城关区八廓街道1号";

    /// <summary>What the pages of this district never say: places of another one, and what its offices call their lists.</summary>
    private static readonly string[] Elsewhere =
        ["西藏", "拉萨", "城关", "八廓", "540102", "Lhasa", "Xizang", "Chengguan", "Barkhor", "ལྷ་ས", "户籍人口", "参保人员", "省外参保比对", "迁入迁出"];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Lists_under_titles_and_headers_of_its_own_make_the_same_files_and_every_kind_of_finding(Engine engine)
    {
        await using var district = await Open(engine);
        var found = district.Store.Read(session => session.Query<string>("""
            select f.name || ' ' || n.kind from people_finding n join people_file f on f.id = n.file where n.state = 'open' order by 1
            """));
        found.Order(StringComparer.Ordinal).ShouldBe(new[]
        {
            "何小雨 newborn_uninsured", "冯号 number_typo", "刘空 empty_registration", "卫同 number_shared", "吴磊 dup_file",
            "吴磊 dup_insured", "周杰 separated", "尤异 empty_registration", "尤异 number_shared", "李向东 cancelled_insured",
            "杨洋 left_insured", "林一诺 student_uninsured", "王建国 dead_insured", "褚生 birth_conflict", "郑直 number_double", "陈静 insured_elsewhere",
        }.Order(StringComparer.Ordinal), "赵敏 and 孙倩 moved within the province");
        district.Store.Read(session => session.Query<string>("select registered || ' ' || lives from people_file where name = '周杰'"))
            .ShouldBe([$"{Chengdu.ChunxiGrid} {Chengdu.ShaheGrid}"]);
        district.Store.Read(session => session.Query<string>("select distinct source from people_record")).Order(StringComparer.Ordinal).ShouldBe(
            new[] { "常住人口登记表", "城乡居保参保名册", "新生儿登记簿", "殡葬火化名册", "户口迁移台账", "跨省参保核查表", "学籍花名册", "院落走访台账" }.Order(StringComparer.Ordinal),
            "rows keep the titles of their own offices");
    }

    [Theory]
    [InlineData("510104", "四川省绵阳市涪城区", null)]
    [InlineData("510104", "成都市武侯区", null)]
    [InlineData("510104", "锦江区春熙路街道1号", null)]
    [InlineData("510104", "西藏自治区拉萨市城关区", "西藏自治区")]
    [InlineData("510104", "拉萨市城关区", "西藏自治区")]
    [InlineData("510104", "重庆市渝中区", "重庆市")]
    [InlineData("510104", "内蒙古自治区包头市", "内蒙古自治区")]
    [InlineData("510104", "云南省昆明市", "云南省")]
    [InlineData("540102", "四川省成都市锦江区", "四川省")]
    [InlineData("540102", "西藏自治区日喀则市", null)]
    [InlineData("540102", "拉萨市堆龙德庆区", null)]
    [InlineData("540102", "香港特别行政区", "香港")]
    [InlineData("540102", "新疆维吾尔自治区喀什市", "新疆维吾尔自治区")]
    [InlineData("540102", "", null)]
    public void What_is_another_province_depends_on_the_district_alone(string district, string address, string? province)
    {
        var facts = DistrictFacts.Load(Path.Combine(Repository.Root, "districts", district));
        facts.OtherProvince(address).ShouldBe(province);
        facts.IsInProvince(address).ShouldBe(province is null);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_person_is_found_by_name_pinyin_number_and_a_door_as_it_is_written_here(Engine engine)
    {
        await using var district = await Open(engine);
        var wanted = district.FileOf("刘空");
        foreach (var question in new[] { "刘空", "liukong", Chengdu.Of("刘空").Number, "和美小区8栋1单元101室", "锦江区春熙路街道和美小区8栋1单元101" })
            (await Search(district, question)).ShouldContain(wanted, question);
        (await Search(district, "沙河安居苑2栋1单元202室")).ShouldBe([district.FileOf("周杰")]);
        (await Search(district, "卓玛")).ShouldBeEmpty();
    }

    [Theory, InlineData("zh-CN", "春熙路街道", "常住人口登记表"), InlineData("en", "Chunxi Road", "Register of residents")]
    [InlineData("bo", "ཁྲུན་ཞི་ལམ་ཁྲོམ་གཞུང་།", "རྒྱུན་སྡོད་མི་གྲངས་ཐོ།")]
    public async Task Every_page_names_this_districts_places_and_lists_and_no_other_districts(string language, string street, string list)
    {
        await using var host = await DeskHost.Open(await Open(Engine.Sqlite));
        var said = await Pages(host, language);
        said.ShouldContain(street);
        said.ShouldContain(list);
        Elsewhere.Where(said.Contains).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_does_name_another_districts_place_is_noticed()
    {
        await using var host = await DeskHost.Open(await Open(Engine.Sqlite, movedTo: AnotherProvince));
        var said = await Pages(host, "zh-CN");
        Elsewhere.Where(said.Contains).ShouldBe(["西藏", "拉萨", "城关", "八廓"]);
        host.District.Store.Read(session => session.Query<string>("select args from people_finding where kind = 'left_insured'"))
            .ShouldHaveSingleItem()
            .ShouldContain("\"province\":\"西藏自治区\"");
    }

    [Theory]
    [InlineData("registers/deaths.yaml", "means: deaths", "means: death", 4, "'death' is none of household,")]
    [InlineData("registers/deaths.yaml", "means: deaths", "means: births", 4, "means 'births' already")]
    [InlineData("registers/deaths.yaml", "{field: died_on, type: date}", "{field: died, type: date}", 16, "no column has the field died_on")]
    [InlineData("registers/ledger.yaml", "居住状态: {field: dwelling_state,", "居住状态: {field: living,", 19, "no column has the field dwelling_state")]
    [InlineData("registers/moves.yaml", "field: from_address", "field: from", 7, "a list that means 'moves' tells from_address")]
    [InlineData("registers/household.yaml", "means: household\n", "", 1, "'means: household'")]
    [InlineData("registers/students.yaml", "source: 学籍花名册", "source: 城乡居保参保名册", 2, "城乡居保参保名册 has another layout already")]
    public void A_layout_that_means_nothing_or_what_another_means_is_refused_with_its_line(string file,
        string right, string wrong, int line, string says)
    {
        using var planted = new PlantedDistrict(Chengdu.District, file, right, wrong);
        var refused = Should.Throw<FormatException>(() => Records.DistrictLists.Load(planted.In("registers"))).Message;
        refused.ShouldContain(says);
        refused.ShouldMatch($@"(\.yaml|registers):{line}: ");
    }

    private static Task<SmallDistrict> Open(Engine engine, string movedTo = Chengdu.AnotherProvince) =>
        SmallDistrict.Open(engine, Chengdu.District, folder => Chengdu.Write(folder, movedTo));

    private static async Task<IReadOnlyList<Kernel.PersonId>> Search(SmallDistrict district, string question) =>
        [.. (await district.Get<FindPeople>().Run(SmallDistrict.Clerk(Chengdu.District), question, 1, "counter"))
            .Value.People.Select(person => person.Id)];

    private static async Task<string> Pages(DeskHost host, string language)
    {
        var clerk = SmallDistrict.Clerk(Chengdu.District);
        var (moved, apart) = (host.District.FileOf("杨洋"), host.District.FileOf("周杰"));
        var citizen = SmallDistrict.Of(Role.Citizen, Chengdu.District, "本人", apart);
        var said = new System.Text.StringBuilder();
        foreach (var path in new[] { "/people?q=zhoujie", $"/people/{apart}", $"/people/{apart}/print", $"/people/{moved}" }) await Add(clerk, path);
        foreach (var path in new[] { "/people/pairs", "/imports", "/imports/1", "/people/export" }) await Add(clerk, path);
        foreach (var path in new[] { "/me", "/me/reads", "/me/corrections/new" }) await Add(citizen, path);
        return said.ToString();

        async Task Add(Actor actor, string path)
        {
            var (status, page, _) = await host.As(actor, language).Get(path);
            status.ShouldBe(HttpStatusCode.OK, path);
            said.AppendLine(page.DocumentElement.TextContent);
        }
    }
}
