using System.Text;
using System.Text.RegularExpressions;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>One row of a register in the columns of the model of people.</summary>
/// <param name="Row">1-based, as exports and truth count.</param>
public readonly record struct PeopleRow(string Source, int Row, string[] Values)
{
    public string Id => $"{Source}:{Row}";
}

/// <summary>
/// A month of registers in the columns of <c>rules/linking/people.yaml</c>, for measuring the linker alone. The server's own reading,
/// with districts' layouts and a parser of addresses, lives elsewhere; this one only needs to be right on sound files.
/// </summary>
public static partial class PeopleRows
{
    private const string ChineseDigits = "一二三四五六七八九";
    private const int OldestPupil = 25;

    public static readonly IReadOnlyList<string> Columns = ["name", "former_name", "name_bo", "sex", "birth", "number", "phone", "dwelling", "head"];

    public static IEnumerable<PeopleRow> Of(RegisterMonth month)
    {
        var households = month[Layouts.Household];
        var (number, relation, name) = (households.Layout.Column("户号"), households.Layout.Column("与户主关系"),
            households.Layout.Column("姓名"));
        var heads = households.Rows.Where(r => r[relation] == "户主").GroupBy(r => r[number]).ToDictionary(g => g.Key, g => g.First()[name]);
        var year = month.ReferenceDay.Year;
        return Of(year, households, row => heads.GetValueOrDefault(row("户号"), ""), "户籍地址",
                name: "姓名", former: "曾用名", bo: "藏文姓名", birth: "出生日期")
            .Concat(Of(year, month[Layouts.Insurance], _ => "", "居住地址", birth: "出生日期", phone: "联系电话"))
            .Concat(Of(year, month[Layouts.Deaths], _ => ""))
            .Concat(Of(year, month[Layouts.Moves], _ => "", address: "现址", otherwise: ("类型", "迁出", "原址"), sex: null))
            .Concat(Of(year, month[Layouts.Elsewhere], _ => "", sex: null))
            .Concat(Of(year, month[Layouts.Students], row => row("监护人"), "家庭住址"))
            .Concat(Of(year, month[Layouts.Ledger], row => row("户主"), "房屋地址",
                name: "居住人姓名", birth: "出生年份", phone: "联系电话", skip: ("居住情况", "空房")))
            .Concat(Of(year, month[Layouts.Births], row => row("母亲姓名"), "居住地址", name: "新生儿姓名", birth: "出生时间"));
    }

    private static IEnumerable<PeopleRow> Of(int presentYear, Register register, Func<Func<string, string>, string> head, string? address = null,
        string name = "姓名", string? former = null, string? bo = null, string? sex = "性别", string? birth = null, string? phone = null,
        (string Column, string Value, string Address)? otherwise = null, (string Column, string Value)? skip = null)
    {
        var at = register.Layout.Columns.Index().ToDictionary(c => c.Item, c => c.Index);
        for (var r = 0; r < register.Rows.Count; r++)
        {
            var cells = register.Rows[r];
            string Cell(string? column) => column is null ? "" : cells[at[column]];
            if (skip is { } passed && Cell(passed.Column) == passed.Value) continue;
            var where = otherwise is { } other && Cell(other.Column) == other.Value ? other.Address : address;
            var known = Cell(name).Replace(" ", "").Replace("·", "");
            var born = VagueDate.TryParse(Cell(birth), out var read) ? read : default;
            var written = Cell(sex) switch { "男" or "1" => "male", "女" or "2" => "female", _ => "" };
            var number = ResidentNumber.Normalise(Cell(register.Layout.NumberColumn));
            // A list without a column of birth tells it by the number; a pupil's list may hold the guardian's.
            if (birth is null && ResidentNumber.TryParse(number, out var own) && (written.Length == 0 || written == Word(own.Sex))
                && (register.Layout != Layouts.Students || presentYear - own.Birth.Year <= OldestPupil))
                (born, written) = (VagueDate.Of(own.Birth), Word(own.Sex));
            yield return new PeopleRow(register.Source, r + 1,
            [
                known, Cell(former) == known ? "" : Cell(former), Cell(bo),
                written, born.ToString(), number, Cell(phone), Door(Cell(where)), head(Cell),
            ]);
        }
    }

    private static string Word(Sex sex) => sex == Sex.Male ? "male" : "female";

    /// <summary>One text for one door: estate or road, and its numbers. Streets are left out, since half of the addresses leave them out.</summary>
    private static string Door(string address)
    {
        if (address.Length == 0) return "";
        var text = address.Normalize(NormalizationForm.FormKC);
        for (var digit = 0; digit < ChineseDigits.Length; digit++) text = text.Replace($"{ChineseDigits[digit]}组", $"{digit + 1}组");
        var street = StreetPattern().Match(text);
        var rest = street.Success ? text[(street.Index + street.Length)..] : text.Replace("拉萨市", "").Replace("城关区", "");
        var numbers = string.Join('-', DigitsPattern().Matches(rest).Select(m => m.Value.TrimStart('0')));
        return numbers.Length == 0 ? rest : $"{NamePattern().Match(rest).Value}|{numbers}";
    }

    [GeneratedRegex("城关区(.{1,5}?)街道")]
    private static partial Regex StreetPattern();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex DigitsPattern();

    [GeneratedRegex("^[^0-9]*")]
    private static partial Regex NamePattern();
}
