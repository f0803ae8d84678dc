using System.Text;

namespace Legwork.Registers.Tests;

public sealed class RefusalTests : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void A_sound_list_is_taken_whatever_few_errors_its_rows_have()
    {
        var rows = Desk.RollRows(500);
        foreach (var i in new[] { 3, 90, 200 }) rows[i] = WrongNumber(rows[i]);
        var assessment = Assess(rows);
        assessment.Verdict.ShouldBe(Verdict.Take);
        assessment.Findings.Select(f => (f.Row, f.Code))
            .ShouldBe([(4, "registers.row.number"), (91, "registers.row.number"), (201, "registers.row.number")]);
        assessment.Notes.ShouldContain(n => n.Code == "registers.note.no_previous");
    }

    [Fact]
    public void A_single_row_without_name_and_number_refuses_a_full_list()
    {
        var rows = Desk.RollRows(500);
        var cells = rows[41].Split(',');
        (cells[1], cells[2]) = ("", " ");
        rows[41] = string.Join(',', cells);
        Refused(Assess(rows), "registers.missing_required").Rows.ShouldBe([42]);
        var patient = Desk.Roll with { Limits = new Limits { MissingShare = 0.01 } };
        RegisterFile.Assess(desk.Write(Desk.RollText(rows)), patient).Verdict.ShouldBe(Verdict.Take);
    }

    [Fact]
    public void Many_wrong_numbers_refuse_the_list_and_name_the_first_rows()
    {
        var rows = Desk.RollRows(500);
        for (var i = 0; i < 500; i += 5) rows[i] = WrongNumber(rows[i]);
        var fault = Refused(Assess(rows), "registers.wrong_numbers");
        fault.RowCount.ShouldBe(100);
        fault.Rows.ShouldBe(Enumerable.Range(0, 20).Select(i => i * 5 + 1));
        fault.Sentence("en").ShouldContain("20.0 %");
        fault.Sentence("zh-CN").ShouldContain("共 100 行");
    }

    [Theory]
    [InlineData(",多", "registers.too_many_fields")]
    [InlineData(",,, ", null)]
    public void Cells_beyond_the_header_refuse_the_list_unless_they_are_blank(string more, string? code)
    {
        var rows = Desk.RollRows(100);
        rows[9] += more;
        Assess(rows).Refusals.Select(r => (r.Code, r.Rows[0])).ShouldBe(code is null ? [] : [(code, 10)]);
    }

    [Fact]
    public void A_row_with_too_few_cells_refuses_the_list()
    {
        var rows = Desk.RollRows(100);
        rows[9] = rows[9][..rows[9].LastIndexOf(",2026", StringComparison.Ordinal)];
        Refused(Assess(rows), "registers.too_few_fields").Rows.ShouldBe([10]);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(38)]
    public void A_file_that_ends_within_a_row_was_cut_off(int bytesOfLastRow)
    {
        var text = Encoding.UTF8.GetBytes(Desk.RollText(Desk.RollRows(99)));
        var last = Encoding.UTF8.GetBytes(Desk.RollRows(1, from: 99)[0])[..bytesOfLastRow];
        Refused(RegisterFile.Assess(desk.Write([.. text, .. last]), Desk.Roll), "registers.cut_off").Rows.ShouldBe([100]);
        RegisterFile.Assess(desk.Write([.. text[..^1]]), Desk.Roll).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void An_open_quote_is_refused_where_it_opens()
    {
        var rows = Desk.RollRows(300);
        rows[59] = rows[59].Replace("P", "\"P", StringComparison.Ordinal);
        Refused(Assess(rows), "registers.open_quote").Rows.ShouldBe([60]);
    }

    [Fact]
    public void A_file_that_changes_its_encoding_is_refused_at_the_row_where_it_turns()
    {
        var utf8 = Encoding.UTF8.GetBytes(Desk.RollText(Desk.RollRows(70)));
        var gb = Desk.Gb18030.GetBytes(string.Concat(Desk.RollRows(30, from: 70).Select(r => r + "\n")));
        var fault = Refused(RegisterFile.Assess(desk.Write([.. utf8, .. gb]), Desk.Roll), "registers.mixed_encoding");
        fault.Rows.ShouldBe([71]);
        (fault.Args["first"], fault.Args["second"]).ShouldBe(("UTF-8", "GB18030"));
        var header = Desk.Gb18030.GetBytes(Desk.RollHeader + "\n");
        var other = Refused(RegisterFile.Assess(desk.Write([.. header, .. gb, .. utf8[(Encoding.UTF8.GetByteCount(Desk.RollHeader) + 1)..]]),
            Desk.Roll), "registers.mixed_encoding");
        other.Rows.ShouldBe([31]);
    }

    [Theory]
    [InlineData((byte)0, "registers.nul")]
    [InlineData((byte)0xFF, "registers.encoding")]
    public void A_damaged_byte_is_refused_with_its_row(byte damage, string code)
    {
        var bytes = Encoding.UTF8.GetBytes(Desk.RollText(Desk.RollRows(50)));
        bytes[Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 10] = damage;
        Refused(RegisterFile.Assess(desk.Write(bytes), Desk.Roll), code).Rows.ShouldBe([50]);
    }

    public static TheoryData<byte[], string> NoTables => new()
    {
        { [], "registers.empty" },
        { Encoding.UTF8.GetBytes(Desk.RollHeader + "\n"), "registers.empty" },
        { "<!DOCTYPE html><table><tr><td>编号</td></tr></table>"u8.ToArray(), "registers.not_a_table" },
        { "%PDF-1.7"u8.ToArray(), "registers.not_a_table" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "registers.old_workbook" },
        { "PK\u0003\u0004 no zip"u8.ToArray(), "registers.workbook" },
        { "一段话，没有表。\n第二行。\n"u8.ToArray(), "registers.header" },
        { "编号,姓名,性别\n1,甲,男\n"u8.ToArray(), "registers.missing_column" },
        { Encoding.UTF8.GetBytes(Desk.RollHeader + ",姓名\n"), "registers.doubled_column" },
        { Encoding.UTF8.GetBytes(Desk.RollHeader + "\n1," + new string('长', 5_000) + "\n"), "registers.field_too_long" },
        { Encoding.UTF8.GetBytes(Desk.RollHeader + "\n" + new string(',', 5_000) + "\n"), "registers.too_many_columns" },
    };

    [Theory]
    [MemberData(nameof(NoTables))]
    public void What_is_no_table_of_this_list_is_refused_by_name(byte[] bytes, string code) =>
        Refused(RegisterFile.Assess(desk.Write(bytes), Desk.Roll), code).Sentence("en").ShouldNotContain("{");

    [Fact]
    public void A_list_pasted_twice_is_refused()
    {
        var rows = Desk.RollRows(100);
        Refused(Assess([.. rows, .. rows]), "registers.repeated_rows").Rows[0].ShouldBe(101);
        Assess([.. rows, rows[0]]).Verdict.ShouldBe(Verdict.Take);
    }

    [Fact]
    public void A_column_whose_codes_changed_is_refused()
    {
        var rows = Desk.RollRows(100).ConvertAll(r => r.Replace(",1,2026", ",在册,2026", StringComparison.Ordinal));
        Refused(Assess(rows), "registers.unreadable").Args["column"].ShouldBe("状态");
    }

    [Fact]
    public void Too_many_rows_or_bytes_are_refused()
    {
        var path = desk.Write(Desk.RollText(Desk.RollRows(11)));
        Refused(RegisterFile.Assess(path, Desk.Roll with { Limits = new Limits { MaxRows = 10 } }), "registers.too_many_rows");
        Refused(RegisterFile.Assess(path, Desk.Roll with { Limits = new Limits { MaxBytes = 10 } }), "registers.too_big");
    }

    [Fact]
    public void What_cannot_be_opened_is_a_refusal_and_what_cannot_be_found_an_IO_error()
    {
        RegisterFile.Open(desk.Write("只有一行\n"), Desk.Roll).Refusal.ShouldNotBeNull().Code.ShouldBe("registers.header");
        Should.Throw<IOException>(() => RegisterFile.Open(desk.Write("") + ".gone", Desk.Roll));
    }

    private Assessment Assess(List<string> rows) => RegisterFile.Assess(desk.Write(Desk.RollText(rows)), Desk.Roll, Desk.October);

    private static Fault Refused(Assessment assessment, string code)
    {
        assessment.Verdict.ShouldBe(Verdict.Refuse);
        var fault = assessment.Refusals.ShouldHaveSingleItem();
        fault.Code.ShouldBe(code);
        return fault;
    }

    private static string WrongNumber(string row)
    {
        var cells = row.Split(',');
        cells[2] = cells[2][..17] + (cells[2][17] == '7' ? '8' : '7');
        return string.Join(',', cells);
    }
}
