using System.IO.Compression;
using System.Text;
using Legwork.Kernel;

namespace Legwork.Registers.Tests;

/// <summary>A folder that goes with the test, and the files an office might put there. All people are invented.</summary>
internal sealed class Desk : IDisposable
{
    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    /// <summary>A small list with one column of each kind that matters to a refusal.</summary>
    public const string RollLayout = """
        source: 名册
        list: full
        files: 名册_{yyyyMM}
        columns:
          编号: {field: person_no, type: id}
          姓名: {field: name, type: name}
          证件号码: {field: number, type: resident_number, also: [身份证号]}
          性别: {field: sex, type: sex}
          出生日期: {field: birth, type: date}
          状态: {field: status, type: code, codes: {1: active, 2: ended}}
          登记日期: {field: registered_on, type: date}
          备注: {field: note, optional: true}
        required: [name | number]
        identifies: [person_no]
        dated_by: [registered_on]
        """;

    public const string RollHeader = "编号,姓名,证件号码,性别,出生日期,状态,登记日期,备注";

    private readonly string folder = Directory.CreateTempSubdirectory("legwork-registers-").FullName;

    public static Layout Roll { get; } = LayoutBook.Parse(RollLayout, "roll.yaml").Value;

    public static VagueDate October => VagueDate.Parse("2026-10");

    public static VagueDate November => VagueDate.Parse("2026-11");

    /// <summary>The layouts that the district ships.</summary>
    public static LayoutBook District => LayoutBook.Load(Repository.In("districts", "540102", "registers")).Value;

    /// <summary>A file of the sample registers.</summary>
    public static string Sample(string name) => Repository.Sample(Path.Combine("registers", "sample-a", name));

    public string Write(byte[] bytes, string name = "名册_202610.csv")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string text, Encoding? encoding = null) =>
        Write([.. (encoding ?? Encoding.UTF8).GetPreamble(), .. (encoding ?? Encoding.UTF8).GetBytes(text)]);

    /// <summary>A workbook of one sheet from the XML of its rows.</summary>
    public string WriteWorkbook(string rows, string strings = "", string styles = "")
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Part(zip, "xl/workbook.xml",
                """
                <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                <sheets><sheet name="说明" sheetId="1" state="hidden" r:id="r0"/><sheet name="表" sheetId="2" r:id="r1"/></sheets></workbook>
                """);
            Part(zip, "xl/_rels/workbook.xml.rels",
                """
                <Relationships><Relationship Id="r0" Target="worksheets/none.xml"/>
                <Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>
                """);
            Part(zip, "xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>");
            if (strings.Length > 0) Part(zip, "xl/sharedStrings.xml", $"<sst>{strings}</sst>");
            if (styles.Length > 0) Part(zip, "xl/styles.xml", $"<styleSheet>{styles}</styleSheet>");
        }
        return Write(stream.ToArray(), "名册_202610.xlsx");
    }

    /// <summary>A zip of these parts, whatever they are.</summary>
    public string WriteParts(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (name, text) in parts) Part(zip, name, text);
        return Write(stream.ToArray(), "名册_202610.xlsx");
    }

    /// <summary>A row of the sheet with texts in its cells.</summary>
    public static string SheetRow(int row, params string[] cells) => $"<row r=\"{row}\">" + string.Concat(cells.Select((cell, i) =>
        cell.StartsWith("<c", StringComparison.Ordinal) ? cell : cell.Length == 0 ? ""
            : $"<c r=\"{(char)('A' + i)}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")) + "</row>";

    /// <summary>Rows of the roll with right numbers, distinct people and dates within October.</summary>
    public static List<string> RollRows(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i =>
        $"P{i:000000},{Names[i % Names.Length]}{Names[i / 7 % Names.Length]},{Number(i)},{(i % 2 == 0 ? "女" : "男")},{Birth(i):yyyy-MM-dd},"
            + $"{i % 5 / 4 + 1},2026-10-{i % 28 + 1:00},")];

    public static string RollText(IEnumerable<string> rows) => RollHeader + "\n" + string.Concat(rows.Select(r => r + "\n"));

    /// <summary>A right number by its arithmetic; the region 999999 is nobody's.</summary>
    public static string Number(int i)
    {
        var text = $"999999{Birth(i):yyyyMMdd}{i % 500 * 2 + i % 2:000}";
        return text + ResidentNumber.CheckCharacter(text);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly string[] Names = ["白玛", "次仁", "多吉", "扎西", "央金", "旺堆", "拉姆", "格桑", "顿珠", "德吉", "罗布"];

    private static DateOnly Birth(int i) => new DateOnly(1940, 1, 1).AddDays(i * 37 % 30_000);

    private static void Part(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(xml);
    }
}
