namespace Legwork.Registers.Tests;

public sealed class WorkbookTests : IDisposable
{
    private const string Header = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" t=\"s\"><v>2</v></c><c "
        + "r=\"D3\" t=\"s\"><v>3</v></c><c r=\"E3\" t=\"s\"><v>4</v></c><c r=\"F3\" t=\"s\"><v>5</v></c><c r=\"G3\" t=\"s\"><v>6</v></c></row>";
    private const string Strings = "<si><t>编号</t></si><si><t>姓名</t></si><si><t>证件号码</t></si><si><t>性别</t></si><si><t>出生日期</t></si><si><t>状态</t></si>"
        + "<si><t>登记日期</t></si><si><r><t>扎</t></r><r><t>西</t></r><rPh sb=\"0\" eb=\"1\"><t>zhaxi</t></rPh></si>";
    private const string Styles = "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts>"
        + "<cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/></cellXfs>";

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Shared_strings_dates_in_cells_and_long_numbers_are_read_as_an_official_sees_them()
    {
        var path = desk.WriteWorkbook(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>名册</t></is></c></row>" + Header
            + "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" t=\"s\"><v>7</v></c><c r=\"C4\"><v>999999199003070012</v></c><c r=\"D4\"><v>1</v></c>"
            + "<c r=\"E4\" s=\"1\"><v>32939</v></c><c r=\"F4\" t=\"str\"><f>1+0</f><v>1</v></c><c r=\"G4\" s=\"2\"><v>46300.5</v></c></row>"
            + "<row r=\"6\"><c r=\"B6\" t=\"inlineStr\"><is><t>央金</t></is></c></row>", Strings, Styles);
        var rows = RegisterFile.Open(path, Desk.Roll).Value.Rows().ToList();
        rows.Select(r => r.Number).ShouldBe([1, 3]);
        Desk.Roll.Columns.Select(c => rows[0][c.Field])
            .ShouldBe(["7", "扎西", "999999199003070012", "male", "1990-03-07", "active", "2026-10-05", null]);
        rows[1]["name"].ShouldBe("央金");
        rows[0].Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<row r=\"4\"><c r=\"ZZZZZZZ4\"><v>1</v></c></row>", "registers.workbook")]
    [InlineData("<row r=\"4\"><c r=\"A4\" t=\"s\"><v>99</v></c></row>", "registers.workbook")]
    [InlineData("<row r=\"4\"><c r=\"A4\"><v>1</v></row>", "registers.workbook")]
    public void A_hostile_or_broken_sheet_is_refused(string row, string code) =>
        RegisterFile.Assess(desk.WriteWorkbook(Header + row, Strings, Styles), Desk.Roll).Refusals.ShouldContain(r => r.Code == code);

    [Fact]
    public void A_workbook_that_unzips_without_end_is_refused()
    {
        var layout = Desk.Roll with { Limits = new Limits { MaxUnzippedBytes = 100_000 } };
        var bomb = desk.WriteWorkbook(Header + new string(' ', 1_000_000), Strings, Styles);
        new FileInfo(bomb).Length.ShouldBeLessThan(10_000);
        RegisterFile.Assess(bomb, layout).Refusals.ShouldHaveSingleItem().Code.ShouldBe("registers.workbook_too_big");
    }

    [Fact]
    public void A_cell_that_is_no_cell_is_refused()
    {
        var path = desk.WriteWorkbook(
            Header + $"<row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>{new string('长', 3_000)}</t></is></c></row>", Strings, Styles);
        RegisterFile.Assess(path, Desk.Roll).Refusals.ShouldContain(r => r.Code == "registers.field_too_long");
    }

    [Fact]
    public void A_workbook_cut_in_half_is_refused()
    {
        var bytes = File.ReadAllBytes(desk.WriteWorkbook(Header, Strings, Styles));
        RegisterFile.Assess(desk.Write(bytes[..(bytes.Length / 2)], "名册_202610.xlsx"),
            Desk.Roll).Refusals.ShouldHaveSingleItem().Code.ShouldBe("registers.workbook");
    }
}
