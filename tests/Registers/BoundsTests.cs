using System.IO.Compression;
using System.Text;

namespace Legwork.Registers.Tests;

/// <summary>Memory is measured while no other test takes some.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryAlone
{
    public const string Name = "memory alone";
}

/// <summary>
/// Small files that grow when they are read: each ends in a named refusal, within memory that has nothing to do with what it claims. The
/// first took 9.8 GB, the second 4 GB, before there were bounds.
/// </summary>
[Collection(MemoryAlone.Name)]
public sealed class BoundsTests : IDisposable
{
    private const int MegabytesMax = 160;

    private const string Rels = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    private const string Book = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
        + "<sheets><sheet name=\"表\" r:id=\"r1\"/></sheets></workbook>";

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    public static TheoryData<string, string, string, int, string> Hostile => new()
    {
        { "twenty million opening tags", "xl/worksheets/sheet1.xml", "<a>", 20_000_000, "registers.workbook_outsized" },
        { "empty shared strings", "xl/sharedStrings.xml", "<si/>", 4_000_000, "registers.workbook_outsized" },
        { "one tag of a million attributes", "xl/worksheets/sheet1.xml", " a1=\"\"", 1_000_000, "registers.workbook_outsized" },
        { "one endless text", "xl/sharedStrings.xml", "x", 5_000_000, "registers.workbook_outsized" },
        { "one endless section", "xl/sharedStrings.xml", ">", 5_000_000, "registers.workbook_outsized" },
        { "a million styles", "xl/styles.xml", "<xf numFmtId=\"14\"/>", 1_000_000, "registers.workbook_outsized" },
        { "merged areas", "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A1:A9\"/>", 600_000, "registers.workbook_outsized" },
        { "rows without cells", "xl/worksheets/sheet1.xml", "<row/>", 3_000_000, "registers.workbook_outsized" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_workbook_that_grows_when_it_is_read_is_refused_within_little_memory(string which, string part, string piece, int times, string code)
    {
        var path = desk.Write([], "名册_202610.xlsx");
        Write(path, part, which, piece, times);
        new FileInfo(path).Length.ShouldBeLessThan(2 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = RegisterFile.Assess(path, Desk.Roll).Refusals.ShouldHaveSingleItem(which);
        refusal.Code.ShouldBe(code, which);
        (GC.GetAllocatedBytesForCurrentThread() - before >> 20).ShouldBeLessThan(MegabytesMax, which);
        refusal.Sentence("en").Length.ShouldBeLessThan(400, "no message of the framework's is repeated");
    }

    [Fact]
    public void Names_that_are_all_different_are_refused_before_they_fill_the_memory()
    {
        var text = new StringBuilder("<worksheet>");
        for (var i = 0; i < 200_000; i++) text.Append("<n").Append(i).Append("/>");
        var path = desk.WriteParts(("xl/workbook.xml", Book), ("xl/_rels/workbook.xml.rels", Rels),
            ("xl/worksheets/sheet1.xml", text.Append("</worksheet>").ToString()));
        RegisterFile.Assess(path, Desk.Roll).Refusals.ShouldHaveSingleItem().Args["what"].ShouldBe("names");
    }

    [Fact]
    public void A_directory_of_many_parts_is_refused_before_it_is_read()
    {
        var path = desk.WriteParts([.. Enumerable.Range(0, 30_000).Select(i => ($"p{i}", ""))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RegisterFile.Assess(path, Desk.Roll).Refusals.ShouldHaveSingleItem().Args["what"].ShouldBe("parts");
        (GC.GetAllocatedBytesForCurrentThread() - before >> 20).ShouldBeLessThan(4);
    }

    [Fact]
    public void What_a_file_says_in_a_refusal_is_short()
    {
        var header = string.Join(',', Enumerable.Range(0, 400).Select(i => $"列{i}" + new string('长', 150)));
        var assessment = RegisterFile.Assess(desk.Write($"{Desk.RollHeader},{header}\n{Desk.RollRows(1)[0]}\n"), Desk.Roll, Desk.October);
        assessment.Notes.Select(note => note.Code).ShouldContain("registers.note.unknown_columns");
        assessment.Notes.Concat(assessment.Refusals).ShouldAllBe(fault => fault.Sentence("zh-CN").Length < 600);
    }

    [Fact]
    public void Any_shape_of_workbook_yields_rows_or_a_named_refusal_within_its_bounds()
    {
        var random = new Random(20261130);
        for (var i = 0; i < 400; i++)
        {
            var path = desk.WriteParts(Shape(random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var assessment = RegisterFile.Assess(path, Desk.Roll, Desk.October);
            (GC.GetAllocatedBytesForCurrentThread() - before >> 20).ShouldBeLessThan(64, $"case {i}");
            (assessment.Verdict == Verdict.Refuse).ShouldBe(assessment.Refusals.Count > 0, $"case {i}");
            foreach (var fault in assessment.Refusals.Concat(assessment.Notes)) fault.Sentence("en").Length.ShouldBeLessThan(800, $"case {i}");
            if (assessment.Verdict != Verdict.Refuse) RegisterFile.Open(path, Desk.Roll).Value.Rows().Count().ShouldBe(assessment.Rows, $"case {i}");
        }
    }

    /// <summary>A workbook whose parts are right, odd, doubled, nested, empty or missing, with the grammar's own words in odd places.</summary>
    private static (string, string)[] Shape(Random random)
    {
        string[] words = ["<row r=\"2\">", "<row>", "</row>", "<c r=\"A2\" t=\"s\">", "<c t=\"e\">", "<c r=\"XFD1\">", "</c>", "<v>", "</v>", "<f>",
            "</f>", "0", "1",
            "99999999999", "<is><t>", "</t></is>", "<rPh>", "_x000D_", "_xD800_", "&#65;", "<![CDATA[", "]]>", "<!--", "-->", "<?x",
            "?>", "<mergeCells>",
            "<mergeCell ref=\"A1:A1048576\"/>", "<mergeCell ref=\":\"/>", "\ufffe", "#REF!", "共6人", "1E+400", "-1"];
        string Mess(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => words[random.Next(words.Length)]));
        string Sound(int row) => Desk.SheetRow(row, Desk.RollRows(1, row)[0].Split(','));
        var header = Desk.SheetRow(1, Desk.RollHeader.Split(','));
        var sheet = $"<worksheet><sheetData>{(random.Next(4) > 0 ? header : Mess(30))}{Sound(2)}{(random.Next(3) == 0 ? "" : Mess(40))}{Sound(3)}"
            + "</sheetData>" + (random.Next(2) == 0 ? "" : "<mergeCells><mergeCell ref=\"A2:B3\"/></mergeCells>")
            + (random.Next(5) == 0 ? Mess(5) : "") + "</worksheet>";
        var parts = new List<(string, string)>
        {
            ("xl/workbook.xml", random.Next(8) == 0 ? Mess(20) : Book), ("xl/_rels/workbook.xml.rels", random.Next(8) == 0 ? Mess(20) : Rels),
            (random.Next(8) == 0 ? "xl/WORKSHEETS/sheet1.xml" : "xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", random.Next(3) == 0 ? $"<sst>{Mess(30)}</sst>" : "<sst><si><t>甲</t></si></sst>"),
            ("xl/styles.xml", random.Next(3) == 0 ? $"<styleSheet>{Mess(10)}</styleSheet>" : "<styleSheet/>"),
        };
        if (random.Next(6) == 0) parts.RemoveAt(random.Next(parts.Count));
        if (random.Next(6) == 0) parts.Add(parts[random.Next(parts.Count)]);
        return [.. parts];
    }

    private static void Write(string path, string part, string which, string piece, int times)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, text) in new[] { ("xl/workbook.xml", Book), ("xl/_rels/workbook.xml.rels", Rels),
            ("xl/worksheets/sheet1.xml", "<worksheet/>") })
        {
            if (name == part) continue;
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
        using var large = zip.CreateEntry(part, CompressionLevel.Optimal).Open();
        large.Write(which switch
        {
            "one tag of a million attributes" => "<worksheet"u8,
            "one endless text" => "<sst><si><t>"u8,
            "one endless section" => "<sst><si><t><![CDATA["u8,
            "a million styles" => "<styleSheet><cellXfs>"u8,
            _ => "<all>"u8,
        });
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1_000)));
        for (var i = 0; i < times / 1_000; i++) large.Write(block);
    }
}
