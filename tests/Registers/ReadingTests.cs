using System.Text;
using Legwork.Kernel;

namespace Legwork.Registers.Tests;

public sealed class ReadingTests : IDisposable
{
    private const string Row = "A1,扎西,999999199003070012,男,1990-3-7,1,2026/10/05,";

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8", "UTF-8" }, { "utf-16", "UTF-16LE" }, { "utf-16BE", "UTF-16BE" }, { "gb18030", "GB18030" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_of_the_offices_keeps_rare_and_Tibetan_characters(string encoding, string name)
    {
        // 𬭊 lies outside GBK and outside the basic plane; the tsheg between syllables must stay.
        var text = Desk.RollText([Row.Replace("扎西", "𬭊扎西", StringComparison.Ordinal) + "བཀྲ་ཤིས་"]);
        var path = desk.Write(text, encoding == "gb18030" ? Desk.Gb18030 : Encoding.GetEncoding(encoding));
        var file = RegisterFile.Open(path, Desk.Roll).Value;
        file.Encoding.ShouldBe(name);
        var row = file.Rows().ShouldHaveSingleItem();
        row["name"].ShouldBe("𬭊扎西");
        row["note"].ShouldBe("བཀྲ་ཤིས་");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UTF_16_and_UTF_8_are_told_without_a_mark(bool wide)
    {
        var text = Desk.RollText(Desk.RollRows(40));
        var file = RegisterFile.Open(desk.Write((wide ? Encoding.Unicode : Encoding.UTF8).GetBytes(text)), Desk.Roll).Value;
        file.Encoding.ShouldBe(wide ? "UTF-16LE" : "UTF-8");
        file.Rows().Count().ShouldBe(40);
    }

    [Fact]
    public void A_long_file_whose_lines_end_with_CR_alone_is_read() =>
        RegisterFile.Open(desk.Write(Desk.RollText(Desk.RollRows(6_000)).Replace('\n', '\r'), Desk.Gb18030), Desk.Roll).Value.Rows()
            .Count().ShouldBe(6_000);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Delimiter_title_lines_and_line_ends_are_found_by_the_header(string delimiter)
    {
        var table = Desk.RollText([Row, Row]).Replace(",", delimiter, StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var file = RegisterFile.Open(desk.Write("城关区名册\r\n单位：测试, 第一版\r\n\r\n" + table, Desk.Gb18030), Desk.Roll).Value;
        file.Delimiter.ShouldBe(delimiter[0]);
        file.Rows().Select(r => r.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_quoted_cell_may_hold_delimiters_quotes_and_line_breaks()
    {
        var path = desk.Write(Desk.RollHeader + "\n" + Row + "\"一,二\"\"三\"\"\n四\"\n\n" + Row + "\"尾\"\n");
        var rows = RegisterFile.Open(path, Desk.Roll).Value.Rows().ToList();
        rows.Select(r => r["note"]).ShouldBe(["一,二\"三\" 四", "尾"]);
        rows[1].Number.ShouldBe(2);
    }

    [Theory]
    [InlineData("registered_on", "２０２６年1月3日", "2026-01-03")]
    [InlineData("registered_on", "46025", "2026-01-03")]
    [InlineData("birth", "19660000", "1966")]
    [InlineData("sex", "２", "female")]
    [InlineData("sex", "男性", "male")]
    [InlineData("status", "２", "ended")]
    [InlineData("number", " ９９９９９９１９９００３０７０５9x ", "99999919900307059X")]
    [InlineData("number", "=\"999999199003070012\"", "999999199003070012")]
    [InlineData("number", "110105491231002", "11010519491231002X")]
    [InlineData("person_no", "Ａ－０１ ", "A-01")]
    [InlineData("name", "　张·达瓦 ", "张·达瓦")]
    [InlineData("name", "扎西\u200b", "扎西")]
    [InlineData("note", "无", null)]
    [InlineData("note", "NULL", null)]
    public void A_cell_is_read_in_the_notation_of_its_kind(string field, string written, string? value) => One(field, written)[field].ShouldBe(value);

    [Theory]
    [InlineData("registered_on", "2026-02-30", "registers.row.date")]
    [InlineData("sex", "雄", "registers.row.sex")]
    [InlineData("status", "7", "registers.row.code")]
    public void A_cell_that_cannot_be_read_says_nothing_but_stays_to_be_seen(string field, string written, string code)
    {
        var row = One(field, written);
        row[field].ShouldBeNull();
        row.Raw(field).ShouldBe(written);
        row.Findings.ShouldHaveSingleItem().ShouldBe(new RowFinding(1, field, code, written));
    }

    [Fact]
    public void A_cell_that_cannot_be_read_is_not_a_missing_one()
    {
        var layout = Desk.Roll with { Required = [["registered_on"]] };
        var path = desk.Write(Desk.RollText([Row.Replace("2026/10/05", "2026/13/05", StringComparison.Ordinal),
            Row.Replace("2026/10/05", "", StringComparison.Ordinal)]));
        RegisterFile.Assess(path, layout).Refusals.ShouldHaveSingleItem().Rows.ShouldBe([2]);
    }

    [Theory]
    [InlineData("999999199003070011", "registers.row.number", "999999********0011")]
    [InlineData("5.40102E+17", "registers.row.number", "5.4010*E+17")]
    [InlineData("E12345678", "registers.row.other_document", "E123*5678")]
    public void A_number_that_fails_its_check_stays_and_is_shown_masked(string written, string code, string shown)
    {
        var row = One("number", written);
        row["number"].ShouldBe(written);
        row.Findings.ShouldHaveSingleItem().ShouldBe(new RowFinding(1, "number", code, shown));
    }

    [Theory]
    [InlineData("138 0000 0000", "13800000000")]
    [InlineData("+86 13800000000", "13800000000")]
    [InlineData("１３８０００００００0", "13800000000")]
    [InlineData("0891-6812345", "08916812345")]
    [InlineData("13800000000/13900000000", "13800000000")]
    [InlineData("13800000000 13900000000", "13800000000")]
    [InlineData("没有电话", null)]
    public void A_phone_number_is_its_digits(string written, string? digits)
    {
        var layout = LayoutBook.Parse(
            "source: 电话\nlist: delta\nfiles: 电话\ncolumns:\n  姓名: {field: name}\n  电话: {field: phone, type: phone}\n", "p.yaml").Value;
        RegisterFile.Open(desk.Write($"姓名,电话\n甲,{written}\n"), layout).Value.Rows().Single()["phone"].ShouldBe(digits);
    }

    [Fact]
    public void A_column_that_must_not_be_held_never_leaves_the_reader()
    {
        var path = desk.Write("民族成份,编号,姓名,证件号码,性别,出生日期,状态,登记日期,宗教信仰,体重\n汉族," + Row.TrimEnd(',') + ",秘密,60\n");
        var row = RegisterFile.Open(path, Desk.Roll).Value.Rows().Single();
        Desk.Roll.Columns.Select(c => row[c.Field]).ShouldNotContain(v => v == "汉族" || v == "秘密" || v == "60");
        var notes = RegisterFile.Assess(path, Desk.Roll).Notes;
        notes.Single(n => n.Code == "registers.note.dropped_columns").Args["columns"].ShouldBe("民族成份, 宗教信仰");
        notes.Single(n => n.Code == "registers.note.unknown_columns").Args["columns"].ShouldBe("体重");
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_carry_another_agreed_name_or_a_hint()
    {
        var path = desk.Write("姓 名,＊身份证号（18位）,编号,出生日期(YYYYMMDD),登记日期,状态,性别\n扎西,999999199003070012,A1,19900307,20261005,1,1\n");
        var row = RegisterFile.Open(path, Desk.Roll).Value.Rows().Single();
        (row["name"], row["number"], row["person_no"],
            row.Date(Desk.Roll.IndexOf("birth"))).ShouldBe(("扎西", "999999199003070012", "A1", VagueDate.Parse("1990-03-07")));
        row.Identity().ShouldBe("person_no=A1");
    }

    [Fact]
    public void Blank_rows_repeated_headers_and_closing_remarks_are_no_people()
    {
        var path = desk.Write(Desk.RollText([Row, ",,,,,,,", Desk.RollHeader,
            Row.Replace("A1", "A2", StringComparison.Ordinal), "合计,2,,,,,,", "制表人：某某"]));
        RegisterFile.Open(path, Desk.Roll).Value.Rows().Select(r => (r.Number, r["person_no"])).ShouldBe([(1, "A1"), (4, "A2")]);
        RegisterFile.Assess(path, Desk.Roll).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_rows_have_the_same_digest_in_another_order_encoding_and_notation()
    {
        var rows = Desk.RollRows(50);
        var first = RegisterFile.Assess(desk.Write(Desk.RollText(rows)), Desk.Roll);
        rows.Reverse();
        var text = Desk.RollText(rows.Select(r => r.Replace("2026-10-", "2026/10/", StringComparison.Ordinal))).Replace(',', ';');
        var second = RegisterFile.Assess(desk.Write(text, Desk.Gb18030), Desk.Roll);
        second.RowsDigest.ShouldBe(first.RowsDigest);
        second.ContentDigest.ShouldNotBe(first.ContentDigest);
        rows[7] = rows[7].Replace(",女,", ",男,", StringComparison.Ordinal).Replace("P", "Q", StringComparison.Ordinal);
        RegisterFile.Assess(desk.Write(Desk.RollText(rows)), Desk.Roll).RowsDigest.ShouldNotBe(first.RowsDigest);
    }

    private RegisterRow One(string field, string written)
    {
        var cells = Row.Split(',');
        cells[Desk.Roll.IndexOf(field)] = "\"" + written.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        return RegisterFile.Open(desk.Write(Desk.RollHeader + "\n" + string.Join(',', cells) + "\n"), Desk.Roll).Value.Rows().Single();
    }
}
