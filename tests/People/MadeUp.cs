using System.Text;
using Legwork.Kernel;

namespace Legwork.People.Tests;

/// <summary>Lists of a handful of invented people, as offices would write them.</summary>
internal static class MadeUp
{
    public const string Bakuo = "八廓街道";
    public const string Jiri = "吉日街道";
    public const string BakuoGrid = "540102002001-G01";
    public const string JiriGrid = "540102003001-G01";
    public const string BakuoDoor = "西藏拉萨市城关区八廓街道八廓东社区和平苑1栋1单元101室";
    public const string JiriDoor = "西藏拉萨市城关区吉日街道吉日东社区阳光小区2栋1单元202室";
    public const string OtherDoor = "西藏拉萨市城关区吉日街道吉日东社区阳光小区3栋1单元303室";

    public static readonly string Tashi = Number("19900307", 1);
    public static readonly string Drolma = Number("19920512", 2);
    public static readonly string Tenzin = Number("20160229", 3);
    public static readonly string Tsering = Number("19480101", 5);
    public static readonly string Lobsang = Number("19850820", 7);
    public static readonly string LobsangOther = Number("19850802", 9);

    public static readonly string Penba = Number("19790404", 21);

    /// <summary>A number with a right check character; nobody's.</summary>
    public static string Number(string birth, int sequence)
    {
        var seventeen = $"540102{birth}{sequence:000}";
        return seventeen + ResidentNumber.CheckCharacter(seventeen);
    }

    /// <param name="drolma">What the household register calls 卓玛 in this month.</param>
    /// <param name="ledgerOfTsering">The door at which the ledger has 次仁.</param>
    /// <param name="tenzinIsInsured">Whether the roll has the pupil 丹增.</param>
    public static void Write(string folder, string month = "202610", string drolma = "卓玛", string ledgerOfTsering = JiriDoor,
        bool tenzinIsInsured = false)
    {
        // Every month differs somewhere, as real ones do: the same content under another month's name is refused.
        var later = month == "202610" ? "" : month;
        Directory.CreateDirectory(folder);
        List(folder, $"户籍人口_{month}.csv", ',',
            "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期",
            $"H1,户主,扎西次仁,,བཀྲ་ཤིས་ཚེ་རིང་།,男,{Tashi},19900307,{BakuoDoor},{Bakuo},八廓东社区,{BakuoGrid},20100101,,",
            $"H1,配偶,{drolma},,སྒྲོལ་མ།,女,{Drolma},19920512,{BakuoDoor},{Bakuo},八廓东社区,{BakuoGrid},20150601,,",
            $"H1,子,丹增,,བསྟན་འཛིན།,男,{Tenzin},20160229,{BakuoDoor},{Bakuo},八廓东社区,{BakuoGrid},20160401,,",
            $"H2,户主,次仁,,,男,{Tsering},19480101,{BakuoDoor},{Bakuo},八廓东社区,{BakuoGrid},19990101,,",
            $"H4,户主,边巴,,,男,{Penba},19790404,{BakuoDoor},{Bakuo},八廓东社区,{BakuoGrid},20010101,服刑,20260105",
            $"H3,户主,洛桑,,,男,{Lobsang},19850820,{JiriDoor},{Jiri},吉日东社区{later},{JiriGrid},20050101,,");
        string[] ofTenzin = tenzinIsInsured ? [$"P5,丹增,01,{Tenzin},1,2016-02-29,390,1,2026-12-01,八廓东,,{BakuoDoor},2026"] : [];
        List(folder, $"参保人员_{month}.csv", ',', [
            "个人编号,姓名,证件类型,证件号码,性别,出生日期,险种,参保状态,参保日期,单位或村居,联系电话,居住地址,缴费年度",
            $"P1,扎西次仁,01,{Tashi},1,1990-03-07,310,1,2015-01-01,某某公司,13900000001,{BakuoDoor},2026",
            $"P4,边巴,01,{Penba},1,1979-04-04,390,1,2014-01-01,八廓东,,{BakuoDoor},2026",
            $"P2,洛桑,01,{Lobsang},1,1985-08-20,390,1,2016-01-01,吉日东{later},13900000002,{JiriDoor},2026",
            $"P3,罗桑,01,{LobsangOther},1,1985-08-02,390,1,2018-01-01,吉日东,13900000003,{OtherDoor},2026", .. ofTenzin]);
        List(folder, $"网格台账_{month}.csv", ';',
            "网格编号;房屋地址;户主;居住人姓名;性别;出生年份;联系电话;居住情况;备注",
            $"{BakuoGrid};和平苑1栋1单元101室;扎西次仁;扎西次仁;男;1990;13900000009;常住;",
            $"{(ledgerOfTsering == BakuoDoor ? BakuoGrid : JiriGrid)};{ledgerOfTsering};次仁;次仁;男;1948;;常住;",
            $"{JiriGrid};{OtherDoor};罗桑;罗桑;男;1985;13900000003;租住;{later}");
        List(folder, "在校学生_2026秋.csv", ',', "城关区学籍名册", "学校,年级,学籍号,姓名,性别,身份证件号,监护人,监护人电话,家庭住址",
            $"第一小学,四年级,S1,丹增,男,{Tenzin},扎西次仁,13900000009,{BakuoDoor}");
    }

    public static void WritePlaces(string folder)
    {
        List(folder, "地址.csv", ',', "地址,网格编号,经度,纬度", $"{BakuoDoor},{BakuoGrid},91.13,29.65", $"{JiriDoor},{JiriGrid},91.14,29.66",
            $"{OtherDoor},{JiriGrid},91.145,29.662");
        File.WriteAllText(Path.Combine(folder, "网格.geojson"), $$$"""
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"code":"{{{BakuoGrid}}}","street":"{{{Bakuo}}}","community":"八廓东社区","dwellings":1,"order":1},
             "geometry":{"type":"Polygon","coordinates":[[[91.12,29.64],[91.135,29.64],[91.135,29.655],[91.12,29.64]]]}},
            {"type":"Feature","properties":{"code":"{{{JiriGrid}}}","street":"{{{Jiri}}}","community":"吉日东社区","dwellings":2,"order":1},
             "geometry":{"type":"Polygon","coordinates":[[[91.136,29.655],[91.15,29.655],[91.15,29.67],[91.136,29.655]]]}}
            ]}
            """);
    }

    private static void List(string folder, string name, char delimiter, params string[] lines)
    {
        var columns = lines[^1].Count(c => c == delimiter);
        lines.Where(line => line.Count(c => c == delimiter) is var n && n != columns && n != 0).ShouldBeEmpty($"{name} is a table");
        File.WriteAllText(Path.Combine(folder, name), string.Join("\r\n", lines) + "\r\n", new UTF8Encoding(false));
    }
}
