using System.Text;

namespace Legwork.Registers.Tests;

/// <summary>Workbooks as other programs write them, and files that only call themselves so.</summary>
public sealed class OfficeWorkbookTests : IDisposable
{
    private static readonly string Header = Desk.SheetRow(1, Desk.RollHeader.Split(','));

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("xl/workbook.xml", "xl/SharedStrings.xml", "sharedStrings.xml")]
    [InlineData("xl/Workbook7.xml", "xl/text/strings.xml", "/xl/text/strings.xml")]
    [InlineData("book/main.xml", "book/sharedStrings.xml", "../book/./sharedstrings.xml")]
    public void Parts_are_found_by_their_relationships_whatever_they_are_called(string book, string strings, string target)
    {
        var folder = book[..(book.LastIndexOf('/') + 1)];
        var path = desk.WriteParts(
            ("_rels/.rels", $"<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" Target=\"/{book}\"/></Relationships>"),
            (book, "<workbook xmlns:q=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><sheets>"
                + "<sheet name=\"甲\" q:id=\"s\"/></sheets></workbook>"),
            ($"{folder}_rels/{book[folder.Length..]}.rels", "<Relationships>"
                + "<Relationship Id=\"s\" Type=\"http://x/worksheet\" Target=\"SHEETS/One.xml\"/>"
                + $"<Relationship Id=\"t\" Type=\"http://x/sharedStrings\" Target=\"{target}\"/></Relationships>"),
            ($"{folder}sheets/one.xml", $"<worksheet><sheetData>{Header}"
                + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>"),
            (strings, "<sst><si><t>央金</t></si></sst>"));
        RegisterFile.Open(path, Desk.Roll).Value.Rows().ShouldHaveSingleItem()["name"].ShouldBe("央金");
    }

    [Theory]
    [InlineData("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "ODS")]
    [InlineData("xl/workbook.bin", "\u0083", "XLSB")]
    [InlineData("word/document.xml", "<w/>", "DOCX")]
    [InlineData("Index/Document.iwa", "", "Numbers")]
    [InlineData("照片/1.jpg", "", "ZIP")]
    public void A_zip_that_is_no_XLSX_is_named_as_what_it_is_and_never_called_damaged(string part, string text, string looks)
    {
        var refusal = RegisterFile.Assess(desk.WriteParts((part, text), ("content.xml", "<x/>")), Desk.Roll).Refusals.ShouldHaveSingleItem();
        refusal.Code.ShouldBe("registers.not_a_table");
        refusal.Args["looks"].ShouldBe(looks);
    }

    [Theory]
    [InlineData("EncryptedPackage", "registers.locked_workbook")]
    [InlineData("Workbook", "registers.old_workbook")]
    [InlineData("WordDocument", "registers.not_a_table")]
    public void A_compound_file_is_told_by_what_it_holds(string entry, string code)
    {
        var bytes = new byte[2_048];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(bytes, 0);
        (bytes[30], bytes[48]) = (9, 1);
        Encoding.Unicode.GetBytes("Root Entry").CopyTo(bytes, 1_024);
        Encoding.Unicode.GetBytes(entry).CopyTo(bytes, 1_152);
        RegisterFile.Assess(desk.Write(bytes, "名册_202610.xls"), Desk.Roll).Refusals.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void A_merged_value_holds_for_every_row_of_its_area_and_for_no_other_column_or_row()
    {
        var rows = Header + Desk.SheetRow(2, "P1", "甲", "", "男") + Desk.SheetRow(3, "", "乙") + Desk.SheetRow(4, "", "丙", "", "女")
            + Desk.SheetRow(5, "P4", "丁") + "<row r=\"6\"/>";
        var path = desk.WriteParts(Book, Rels, ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData><mergeCells>"
            + "<mergeCell ref=\"A2:A4\"/><mergeCell ref=\"$D$2:$E$3\"/><mergeCell ref=\"A5:A9\"/><mergeCell ref=\"F2\"/>"
            + "<mergeCell ref=\"ZZZZZ1:ZZZZZ9\"/>"
            + "</mergeCells></worksheet>"));
        var read = RegisterFile.Open(path, Desk.Roll).Value.Rows().ToList();
        read.Select(row => row["person_no"]).ShouldBe(["P1", "P1", "P1", "P4"]);
        read.Select(row => row["sex"]).ShouldBe(["male", "male", "female", null]);
        read.ShouldAllBe(row => row["birth"] == null && row["status"] == null);
    }

    [Fact]
    public void A_header_of_two_rows_merged_downwards_is_found_whole()
    {
        var names = Desk.RollHeader.Split(',');
        var rows = Desk.SheetRow(1, ["名册", .. names[1..3]]) + Desk.SheetRow(2, [names[0], "基本情况", "", "", "", names[5], names[6], names[7]])
            + Desk.SheetRow(3, ["", names[1], names[2], names[3], names[4]]) + Desk.SheetRow(4, "P1", "甲");
        var path = desk.WriteParts(Book, Rels, ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData>"
            + "<mergeCells><mergeCell ref=\"A2:A3\"/>"
            + "<mergeCell ref=\"B2:E2\"/><mergeCell ref=\"F2:F3\"/><mergeCell ref=\"G2:G3\"/><mergeCell ref=\"H2:H3\"/></mergeCells></worksheet>"));
        RegisterFile.Open(path, Desk.Roll).Value.Rows().ShouldHaveSingleItem()["person_no"].ShouldBe("P1");
    }

    [Fact]
    public void Escapes_of_control_characters_are_undone_in_shared_inline_and_computed_texts_and_in_headers()
    {
        var header = Header.Replace("姓名", "姓_x000D_名", StringComparison.Ordinal);
        var row = Desk.SheetRow(2, "P1", "_x005F_x000D_A", "", "男_x000A_", "_x0009_1990-03-07", "<c r=\"F2\" t=\"str\"><f>x</f><v>1_x000D_</v></c>",
            "2026-10-01", "a_x_b_xZZZZ_");
        var read = RegisterFile.Open(desk.WriteWorkbook(header + row), Desk.Roll).Value.Rows().ShouldHaveSingleItem();
        Desk.Roll.Columns.Select(column => read[column.Field])
            .ShouldBe(["P1", "_x000D_A", null, "male", "1990-03-07", "active", "2026-10-01", "a_x_b_xZZZZ_"]);
        read.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_error_and_a_formula_without_a_result_are_findings_and_never_a_name()
    {
        var rows = Header
            + Desk.SheetRow(2, "P1", "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>", Desk.Number(1))
            + Desk.SheetRow(3, "P2", "<c r=\"B3\"><f>A1</f></c>", Desk.Number(2))
            + Desk.SheetRow(4, "P3", "<c r=\"B4\" t=\"str\"><f>A1</f><v></v></c>", Desk.Number(3)) + Desk.SheetRow(5, "P4", "#VALUE!", Desk.Number(4))
            + Desk.SheetRow(6, "P5", "=VLOOKUP(A2,B:C,2,0)", Desk.Number(5)) + Desk.SheetRow(7, "P6", "########", Desk.Number(6));
        var read = RegisterFile.Open(desk.WriteWorkbook(rows), Desk.Roll).Value.Rows().ToList();
        read.ShouldAllBe(row => row["name"] == null && row.Raw("name") == null);
        read.Select(row => row.Findings.Select(finding => finding.Code).FirstOrDefault())
            .ShouldBe(["registers.row.error", "registers.row.uncomputed", null,
            "registers.row.error", "registers.row.uncomputed", "registers.row.error"]);
    }

    [Fact]
    public void A_column_of_formulas_that_nobody_computed_refuses_the_list()
    {
        var rows = Header + string.Concat(Enumerable.Range(2, 6).Select(row =>
            Desk.SheetRow(row, $"P{row}", $"<c r=\"B{row}\" t=\"str\"><f>CONCAT(1)</f></c>", Desk.Number(row))));
        var refusal = RegisterFile.Assess(desk.WriteWorkbook(rows), Desk.Roll).Refusals.ShouldHaveSingleItem();
        refusal.Code.ShouldBe("registers.uncomputed");
        refusal.Args["column"].ShouldBe("姓名");
    }

    private static (string, string) Book => ("xl/workbook.xml",
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
        + "<sheets><sheet name=\"表\" r:id=\"r1\"/></sheets></workbook>");

    private static (string, string) Rels => ("xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
}
