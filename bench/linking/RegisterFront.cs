using System.Text;
using System.Text.RegularExpressions;
using Legwork.Kernel;

namespace Legwork.Linking.Bench;

/// <summary>
/// Reads a folder of register files (the eight lists of offices) into the people model's columns, for measuring the linker alone. The
/// server's own reading, with layouts and refusals, lives elsewhere; this front only needs to be right on sound files.
/// </summary>
internal sealed partial class RegisterFront
{
    private static readonly string[] Columns =
        ["name", "former_name", "name_bo", "sex", "birth", "number", "phone", "dwelling", "head"];

    private const string ChineseDigits = "一二三四五六七八九";

    private readonly string folder;

    public RegisterFront(string folder)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        this.folder = folder;
        Table = new RecordTable(Columns);
    }

    /// <summary>Record ids are <c>source:row</c>.</summary>
    public RecordTable Table { get; }

    public RegisterFront Read()
    {
        Household();
        foreach (var (row, r) in Rows("参保人员", "utf-8", ','))
            Add("参保人员", row, r["姓名"], "", "", r["性别"], r["出生日期"], r["证件号码"], r["联系电话"], Dwelling(r["居住地址"]), "");
        foreach (var (row, r) in Rows("死亡登记", "gb18030", ','))
            Add("死亡登记", row, r["姓名"], "", "", r["性别"], "", r["证件号码"], "", "", "");
        foreach (var (row, r) in Rows("迁入迁出", "utf-8", ','))
            Add("迁入迁出", row, r["姓名"], "", "", "", "", r["公民身份号码"], "", Dwelling(r["类型"] == "迁入" ? r["现址"] : r["原址"]), "");
        foreach (var (row, r) in Rows("省外参保比对", "utf-8", ','))
            Add("省外参保比对", row, r["姓名"], "", "", "", "", r["证件号码"], "", "", "");
        foreach (var (row, r) in Rows("在校学生", "gb18030", ',', skip: 1))
            Add("在校学生", row, r["姓名"], "", "", r["性别"], "", r["身份证件号"], "", Dwelling(r["家庭住址"]), r["监护人"]);
        foreach (var (row, r) in Rows("网格台账", "utf-8", ';'))
            if (r["居住情况"] != "空房")
                Add("网格台账", row, r["居住人姓名"], "", "", r["性别"], r["出生年份"], "", r["联系电话"], Dwelling(r["房屋地址"]), r["户主"]);
        foreach (var (row, r) in Births.Rows(Path.Combine(folder, FileOf("出生医学证明"))))
            Add("出生医学证明", row, r["新生儿姓名"], "", "", r["性别"], r["出生时间"], "", "", Dwelling(r["居住地址"]), r["母亲姓名"]);
        return this;
    }

    private void Household()
    {
        var rows = Rows("户籍人口", "gb18030", ',').ToList();
        var heads = rows.Where(x => x.Row["与户主关系"] == "户主").GroupBy(x => x.Row["户号"]).ToDictionary(g => g.Key, g => g.First().Row["姓名"]);
        foreach (var (row, r) in rows)
            Add("户籍人口", row, r["姓名"], r["曾用名"], r["藏文姓名"], r["性别"], r["出生日期"], r["公民身份号码"], "", Dwelling(r["户籍地址"]), heads.GetValueOrDefault(r["户号"], ""));
    }

    private void Add(string source, int row, string name, string former, string bo, string sex, string birth, string number, string phone, string dwelling, string head)
    {
        number = ResidentNumber.Normalise(number);
        VagueDate.TryParse(birth, out var born);
        Table.Add(Table.Source(source), $"{source}:{row}", name.Replace(" ", "").Replace("·", ""), former == name ? "" : former, bo,
            sex switch { "男" or "1" => "male", "女" or "2" => "female", _ => "" },
            born.ToString(), number, phone, dwelling, head);
    }

    private IEnumerable<(int Number, Dictionary<string, string> Row)> Rows(string source, string encoding, char separator, int skip = 0)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, FileOf(source)), Encoding.GetEncoding(encoding)).Skip(skip).ToArray();
        var header = lines[0].TrimStart('\ufeff').Split(separator);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = lines[i].Split(separator);
            yield return (i, header.Zip(fields).ToDictionary(p => p.First, p => p.Second));
        }
    }

    private string FileOf(string source) =>
        Path.GetFileName(Directory.GetFiles(folder, source + "*").Order(StringComparer.Ordinal).First());

    /// <summary>One text for one door: estate or road, and its numbers. Streets are left out, since half of the addresses leave them out.</summary>
    private static string Dwelling(string address)
    {
        if (address.Length == 0) return "";
        var text = address.Normalize(NormalizationForm.FormKC);
        for (var digit = 0; digit < ChineseDigits.Length; digit++) text = text.Replace($"{ChineseDigits[digit]}组", $"{digit + 1}组");
        var street = StreetPattern().Match(text);
        var rest = street.Success ? text[(street.Index + street.Length)..] : text.Replace("拉萨市", "").Replace("城关区", "");
        var numbers = string.Join('-', DigitsPattern().Matches(rest).Select(m => m.Value.TrimStart('0')));
        var place = NamePattern().Match(rest).Value;
        return numbers.Length == 0 ? rest : $"{place}|{numbers}";
    }

    [GeneratedRegex("城关区(.{1,5}?)街道")]
    private static partial Regex StreetPattern();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex DigitsPattern();

    [GeneratedRegex("^[^0-9]*")]
    private static partial Regex NamePattern();
}
