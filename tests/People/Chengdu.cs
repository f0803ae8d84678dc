using System.Text;
using Legwork.Kernel;

namespace Legwork.People.Tests;

/// <summary>Lists of a handful of invented people of district 510104, under the titles, headers and encoding of its own offices.</summary>
internal static class Chengdu
{
    public const string District = "510104";
    public const string Chunxi = "春熙路街道";
    public const string Shahe = "沙河街道";
    public const string ChunxiGrid = "510104022001-G01";
    public const string ShaheGrid = "510104030001-G01";

    /// <summary>What 杨洋 moved to in the lists unless another place is named.</summary>
    public const string AnotherProvince = "云南省昆明市五华区人民路1号";

    private static readonly Encoding Gb18030 = Page(54936);

    /// <param name="movedTo">Where 杨洋, who is still insured here, moved to.</param>
    public static void Write(string folder, string movedTo = AnotherProvince)
    {
        Directory.CreateDirectory(folder);
        List(folder, "常住人口登记表_202610.csv", ',', "户编号,家庭关系,公民姓名,曾用姓名,性别,身份号码,出生年月日,住址,镇街,居委会,网格代码,登记时间,销户原因,销户时间",
            [.. Registered.Select(person => string.Join(',', $"H{person.House}", person.IsChild ? "子" : "户主", person.Name, "",
                person.Sex, person.Number, person.Birth,
                Door(person.House), Chunxi, "水井坊社区", ChunxiGrid, "20100101", person.Cancelled, person.Cancelled.Length > 0 ? "20260105" : ""))]);
        List(folder, "城乡居保参保名册_202610.csv", ',', "社保编号,参保人,社会保障号码,性别,出生年月,参保险种,缴费状态,首次参保时间,所属社区,手机,通讯地址",
            [.. Insured.Select((row, i) =>
                $"R{i},{row.Name},{row.Number},{row.Person.Sex},{row.Birth},城乡居民,在保,2016-01-01,水井坊社区,,{Door(row.Person.House)}")]);
        List(folder, "新生儿登记簿_2026.csv", ',', "证号,婴儿姓名,婴儿性别,出生日,产妇姓名,产妇证件号,配偶姓名,配偶证件号,家庭地址",
            $"B1,何小雨,女,2026-08-20,{Of("何丽").Name},{Of("何丽").Number},,,{Door(Of("何丽").House)}");
        List(folder, "殡葬火化名册_2026.csv", ',', "逝者姓名,逝者性别,逝者证件号,逝世日期", $"王建国,男,{Of("王建国").Number},2026-05-02");
        List(folder, "户口迁移台账_202610.csv", ',', "迁移类别,迁移人,身份号码,迁出地,迁入地,迁移日期",
            $"出,杨洋,{Of("杨洋").Number},{Door(Of("杨洋").House)},{movedTo},2026-10-12",
            $"出,赵敏,{Of("赵敏").Number},{Door(Of("赵敏").House)},四川省绵阳市涪城区长虹大道2号,2026-10-13",
            $"出,孙倩,{Of("孙倩").Number},{Door(Of("孙倩").House)},成都市武侯区浆洗街3号,2026-10-14");
        List(folder, "跨省参保核查表_202610.csv", ',', "参保人,社会保障号码,参保地,参保险种,参保时间,参保状态", $"陈静,{Of("陈静").Number},重庆市,城镇职工,2025-03-01,在保");
        List(folder, "学籍花名册_2026秋.csv", ',', "就读学校,年级班级,全国学籍号,学生姓名,性别,学生证件号,家长,家长手机,现住址",
            $"盐道街小学,四年级,S1,林一诺,男,{Of("林一诺").Number},,,{Door(Of("林一诺").House)}");
        List(folder, "院落走访台账_202610.csv", '|', "网格代码|院落房号|户主姓名|居住人|性别|出生年|联系方式|居住状态",
            $"{ShaheGrid}|{ShaheDoor}|周杰|周杰|男|1983||出租", $"{ChunxiGrid}|{Door(1)}|王建国|王建国|男|1950||自住");
        List(folder, "标准地址库.csv", ',', "标准地址,所属网格,东经,北纬",
            [.. Registered.Select(person => person.House).Distinct().Select(house => $"{Door(house)},{ChunxiGrid},104.08,30.65"),
                $"{ShaheDoor},{ShaheGrid},104.10,30.66"]);
        File.WriteAllText(Path.Combine(folder, "网格.geojson"), $$"""
            {"type":"FeatureCollection","features":[
            {{Grid(ChunxiGrid, Chunxi, "水井坊社区", "[104.07,30.64],[104.085,30.64],[104.085,30.655],[104.07,30.64]")}},
            {{Grid(ShaheGrid, Shahe, "塔子山社区", "[104.09,30.655],[104.105,30.655],[104.105,30.67],[104.09,30.655]")}}
            ]}
            """);
    }

    /// <summary>The person of the household register who is called so.</summary>
    public static Person Of(string name) => Registered.First(person => person.Name == name);

    public sealed record Person(int House, string Name, string Sex, string Number, string Birth, string Cancelled = "")
    {
        public bool IsChild => string.CompareOrdinal(Birth, "2010") > 0;
    }

    private static readonly Person[] Registered =
    [
        At(1, "王建国", "男", "19500214", 11), At(2, "李向东", "男", "19990808", 12) with { Cancelled = "参军" },
        At(3, "杨洋", "女", "19880305", 13), At(4, "赵敏", "女", "19890406", 14), At(5, "孙倩", "女", "19870507", 15),
        At(6, "陈静", "女", "19910608", 16), At(7, "何丽", "女", "19950709", 17), At(7, "林一诺", "男", "20160810", 18),
        At(8, "刘空", "男", "19810911", 19), At(9, "周杰", "男", "19831012", 20), At(10, "吴磊", "男", "19841113", 21),
        At(11, "郑直", "男", "19751214", 22), At(12, "冯号", "男", "19760115", 23), At(13, "褚生", "男", "19770216", 24),
        At(14, "卫同", "男", "19600317", 25), At(15, "尤异", "女", "19930418", 25) with { Number = Number("19600317", 25) },
    ];

    /// <summary>Everyone who is insured here, some under a name, number or day of birth that differs.</summary>
    private static IEnumerable<(Person Person, string Name, string Number, string Birth)> Insured
    {
        get
        {
            foreach (var name in new[] { "王建国", "李向东", "杨洋", "赵敏", "孙倩", "陈静", "何丽", "吴磊", "卫同" }) yield return As(Of(name));
            yield return As(Of("吴磊")) with { Name = "吴磊磊" };
            yield return As(Of("郑直")) with { Number = Number("19751214", 24) };
            yield return As(Of("冯号")) with { Number = Wrong(Of("冯号").Number) };
            yield return As(Of("褚生")) with { Birth = "19770226" };
        }
    }

    private static (Person Person, string Name, string Number, string Birth) As(Person person) => (person, person.Name, person.Number, person.Birth);

    private static Person At(int house, string name, string sex, string birth, int sequence) => new(house, name, sex, Number(birth, sequence), birth);

    private static string Door(int house) => $"四川省成都市锦江区{Chunxi}水井坊社区和美小区{house}栋1单元101室";

    private const string ShaheDoor = "四川省成都市锦江区沙河街道塔子山社区安居苑2栋1单元202室";

    private static string Number(string birth, int sequence)
    {
        var seventeen = $"510104{birth}{sequence:000}";
        return seventeen + ResidentNumber.CheckCharacter(seventeen);
    }

    private static string Grid(string code, string street, string community, string outline) => $$$"""
        {"type":"Feature","properties":{"code":"{{{code}}}","street":"{{{street}}}","community":"{{{community}}}","dwellings":1,"order":1},
        "geometry":{"type":"Polygon","coordinates":[[{{{outline}}}]]}}
        """;

    private static string Wrong(string number) => number[..17] + (number[17] == '0' ? '1' : '0');

    private static void List(string folder, string name, char delimiter, string header, params string[] rows)
    {
        rows.Where(row => row.Count(c => c == delimiter) != header.Count(c => c == delimiter)).ShouldBeEmpty($"{name} is a table");
        File.WriteAllText(Path.Combine(folder, name), string.Join("\r\n", rows.Prepend(header)) + "\r\n", Gb18030);
    }

    private static Encoding Page(int page)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(page);
    }
}
