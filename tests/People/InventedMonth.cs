using System.Text;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.People.Tests;

/// <summary>One month of lists about a few invented people, written row by row as offices write them, and who is who in it afterwards.</summary>
internal sealed class InventedMonth
{
    public const string Bakuo = "八廓街道";
    public const string Jiri = "吉日街道";
    public const string BakuoGrid = "540102002001-G01";
    public const string JiriGrid = "540102003001-G01";

    private static readonly (string File, string Header)[] Lists =
    [
        ("户籍人口_202610.csv",
            "户号,与户主关系,姓名,曾用名,藏文姓名,性别,公民身份号码,出生日期,户籍地址,街道,社区,网格编号,登记日期,注销原因,注销日期"),
        ("参保人员_202610.csv", "个人编号,姓名,证件类型,证件号码,性别,出生日期,险种,参保状态,参保日期,单位或村居,联系电话,居住地址,缴费年度"),
        ("网格台账_202610.csv", "网格编号;房屋地址;户主;居住人姓名;性别;出生年份;联系电话;居住情况;备注"),
        ("死亡登记_2026.csv", "姓名,性别,证件号码,死亡日期,死亡地点,填报单位"),
        ("省外参保比对_202610.csv", "姓名,证件号码,参保省份,险种,参保日期,状态"),
        ("在校学生_2026秋.csv", "学校,年级,学籍号,姓名,性别,身份证件号,监护人,监护人电话,家庭住址"),
    ];

    private readonly List<string>[] rows = [.. Lists.Select(_ => new List<string>())];
    private readonly List<string> doors = [];

    /// <summary>A dwelling of the address list.</summary>
    public InventedMonth Door(string street, string door)
    {
        doors.Add($"拉萨市城关区{street}{door},{(street == Bakuo ? BakuoGrid : JiriGrid)},{91.13 + doors.Count * 0.0001:0.0000},29.65");
        return this;
    }

    public InventedMonth Registered(string household, string name, string sex, string number, string birth, string street, string door,
        string relation = "户主", string former = "", string cancelled = "", string on = "") =>
        Row(0, $"{household},{relation},{name},{former},,{sex},{number},{birth},拉萨市城关区{street}{door},{street},,,20100101,{cancelled},{on}");

    public InventedMonth Insured(string name, string sex, string number, string birth, string address, string phone = "", string paper = "01") =>
        Row(1, $"P{rows[1].Count + 1},{name},{paper},{number},{(sex == "男" ? 1 : 2)},{birth},390,1,2020-01-01,,{phone},{address},2026");

    public InventedMonth Lives(string grid, string address, string head, string name, string sex, string year, string phone = "") =>
        Row(2, $"{grid};{address};{head};{name};{sex};{year};{phone};常住;");

    public InventedMonth Died(string name, string sex, string number, string on) => Row(3, $"{name},{sex},{number},{on},家中,疾控");

    public InventedMonth Elsewhere(string name, string number) => Row(4, $"{name},{number},四川省,390,2024-01-01,正常");

    public InventedMonth Pupil(string name, string sex, string number, string guardian, string phone, string address) =>
        Row(5, $"第二小学,三年级,S{rows[5].Count + 1},{name},{sex},{number},{guardian},{phone},{address}");

    /// <summary>Takes the month into a district of its own.</summary>
    public async Task<WhoIsWho> Take(Engine engine)
    {
        await using var district = await SmallDistrict.Open(engine, SmallDistrict.District, Write);
        return await WhoIsWho.Of(district);
    }

    private InventedMonth Row(int list, string row)
    {
        rows[list].Add(row);
        return this;
    }

    private void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        MadeUp.WritePlaces(folder);
        File.WriteAllLines(Path.Combine(folder, "地址.csv"), doors.Prepend("地址,网格编号,经度,纬度"));
        for (var list = 0; list < Lists.Length; list++)
            if (rows[list].Count > 0)
                File.WriteAllLines(Path.Combine(folder, Lists[list].File), rows[list].Prepend(Lists[list].Header), new UTF8Encoding(false));
    }
}

/// <summary>What a district made of its lists.</summary>
/// <param name="People">One text a file: its rows, <c>户籍人口:1 参保人员:2</c>, in order.</param>
/// <param name="Findings">Kind and the file's rows, <c>number_typo 户籍人口:1 参保人员:2</c>.</param>
/// <param name="Unresolved">Address texts that wait for a clerk.</param>
internal sealed record WhoIsWho(IReadOnlyList<string> People, IReadOnlyList<string> Findings, long Unresolved)
{
    public static async Task<WhoIsWho> Of(SmallDistrict district)
    {
        var (files, findings) = (new StringWriter(), new StringWriter());
        await district.Get<IRegisters>().ExportFiles(files, Actor.System);
        await district.Get<IRegisters>().ExportFindings(findings, Actor.System);
        var rows = Cells(files).Select(cells => (Row: $"{cells[0]}:{cells[1]}", File: cells[2])).GroupBy(row => row.File)
            .ToDictionary(file => file.Key, file => Joined(file.Select(row => row.Row)));
        return new WhoIsWho([.. rows.Values.Order(StringComparer.Ordinal)],
            [.. Cells(findings).Select(cells => $"{cells[0]} {rows[cells[1]]}").Order(StringComparer.Ordinal)],
            district.Store.Read(session => session.Scalar<long>("select count(*) from places_unresolved")));
    }

    public static string Joined(IEnumerable<string> rows) => string.Join(' ', rows.Order(StringComparer.Ordinal));

    public void ShouldBe(string[] people, string[]? findings = null)
    {
        People.ShouldBe(people.Select(person => Joined(person.Split(' '))).Order(StringComparer.Ordinal));
        if (findings is null) return;
        Findings.ShouldBe(findings.Select(finding => $"{finding.Split(' ')[0]} {Joined(finding.Split(' ').Skip(1))}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string[]> Cells(StringWriter csv) =>
        csv.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(','));
}
