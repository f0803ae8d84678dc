using System.Text;

namespace Legwork.Registers.Tests;

/// <summary>Marks that print nothing, rows that are nobody, days that moved on their way.</summary>
public sealed class OfficeTextTests : IDisposable
{
    private static readonly ListClock Lhasa = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), new DateOnly(2026, 11, 30));

    private static readonly Layout Roll = Desk.Roll with { Clock = Lhasa };

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    public static TheoryData<string> Marks =>
    [
        "\u200e", "\u202a", "\u202e", "\u2066", "\u2069", "\u200c", "\u200d", "\u00ad", "\ufe0f", "\u180e", "\u3164", "\u061c", "\u034f", "\u115f",
        "\uffa0",
        "\u2061", "\ufeff", "\u200b", "\U000e0020", "\U000e0100", "\U0001d173",
    ];

    [Theory]
    [MemberData(nameof(Marks))]
    public void What_prints_nothing_is_passed_over_in_every_value_and_header(string mark)
    {
        var header = mark + Desk.RollHeader.Replace(",", $"{mark},{mark}", StringComparison.Ordinal);
        var row = string.Join(',', new[] { "P1", "央金", Desk.Number(3), "女", "1990-03-07", "1", "2026-10-05", "城关区样板路10号" }
            .Select(cell => mark + cell[..1] + mark + cell[1..] + mark));
        var read = RegisterFile.Open(desk.Write($"{header}\n{row}\n"), Roll).Value.Rows().ShouldHaveSingleItem();
        Roll.Columns.Select(column => read[column.Field])
            .ShouldBe(["P1", "央金", Desk.Number(3), "female", "1990-03-07", "active", "2026-10-05", "城关区样板路10号"]);
        read.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_joiner_stays_where_it_shapes_a_word()
    {
        var path = desk.Write(Desk.RollText(["P1,\u200dनर\u094d\u200dयात\u200c,,女,1990,1,2026-10-05,"]));
        RegisterFile.Open(path, Roll).Value.Rows().ShouldHaveSingleItem()["name"].ShouldBe("नर\u094d\u200dयात");
    }

    [Theory]
    [InlineData(",共 6 人,,,,,,")]
    [InlineData("合计,6,,,,,,")]
    [InlineData("合  计,,6,,,,,")]
    [InlineData("小计,,,,,,,")]
    [InlineData("本页小计：6户,,,,,,,")]
    [InlineData("截至2026年10月31日,,,,,,,")]
    [InlineData(",2026-10-31打印,,,,,,")]
    [InlineData("数据来源：市局,,,,,,,")]
    [InlineData("第 1 页,,,,,,,")]
    [InlineData("制表人：,某甲,审核人：,某乙,日期：,2026-10-31,,")]
    [InlineData("Total 6 rows,,,,,,,")]
    [InlineData("\"共计6条记录，\u200e打印于2026年\",,,,,,,")]
    public void A_row_that_closes_a_list_or_a_page_is_nobody(string closing)
    {
        var rows = Desk.RollRows(6);
        var assessment = RegisterFile.Assess(desk.Write(Desk.RollText([.. rows.Take(3), closing, .. rows.Skip(3), closing])), Roll, Desk.October);
        assessment.Refusals.ShouldBeEmpty();
        assessment.Rows.ShouldBe(6);
        assessment.Notes.ShouldContain(note => note.Code == "registers.note.blank_rows" && note.RowCount == 2);
    }

    [Fact]
    public void What_is_no_value_of_its_column_closes_a_list_at_its_end_and_refuses_it_in_the_middle()
    {
        var rows = Desk.RollRows(6);
        RegisterFile.Assess(desk.Write(Desk.RollText([.. rows, "数据来源 市公安局,,,,,,,", "仅供内部使用,,,,,,,"])), Roll, Desk.October).Rows.ShouldBe(6);
        var middle = RegisterFile.Assess(desk.Write(Desk.RollText([.. rows.Take(3), "数据来源 市公安局,,,,,,,", .. rows.Skip(3)])), Roll, Desk.October);
        middle.Refusals.ShouldContain(fault => fault.Code == "registers.missing_required" && fault.Rows.Contains(4));
        middle.Rows.ShouldBe(7);
    }

    [Theory]
    [InlineData("P9,,,,,,,")]
    [InlineData("P9,,,男,,,,")]
    public void A_row_that_lost_its_person_still_refuses_the_list(string row) =>
        RegisterFile.Assess(desk.Write(Desk.RollText([.. Desk.RollRows(6), row])), Roll, Desk.October)
            .Refusals.ShouldContain(fault => fault.Code == "registers.missing_required");

    [Theory]
    [InlineData("1990-03-06T16:00:00.000Z", "1990-03-07")]
    [InlineData("1990-03-06T16:00:00Z", "1990-03-07")]
    [InlineData("1990-03-06 16:00:00+00", "1990-03-07")]
    [InlineData("1990-03-06T16:00:00+0000", "1990-03-07")]
    [InlineData("1990/3/6 17:00:00 +01:00", "1990-03-07")]
    [InlineData("1990-03-07T00:00:00+08:00", "1990-03-07")]
    [InlineData("1990-03-06T16:00:00Z[UTC]", "1990-03-07")]
    [InlineData("1988-06-30T15:00:00Z", "1988-07-01")]
    [InlineData("1990-03-07 00:00:00.000", "1990-03-07")]
    [InlineData("1990-03-07 23:59", "1990-03-07")]
    [InlineData("1990-03-07T23:59:59", "1990-03-07")]
    [InlineData("1990-03-07T23:59:17", null)]
    [InlineData("1990-03-06T15:59:17Z", null)]
    [InlineData("1990-03-07T08:00:00+99:00", null)]
    public void An_instant_is_brought_to_the_districts_clock_before_its_day_is_taken(string written, string? day)
    {
        var read = RegisterFile.Open(desk.Write(Desk.RollText([$"P1,央金,,女,{written},1,2026-10-05,"])), Roll).Value.Rows().ShouldHaveSingleItem();
        read["birth"].ShouldBe(day);
        read.Findings.Select(finding => finding.Code).ShouldBe(day is null ? ["registers.row.instant"] : []);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 0)]
    [InlineData(-1_462, 0)]
    [InlineData(0, 100)]
    [InlineData(0, -1)]
    public void Births_moved_away_from_their_numbers_refuse_the_list_and_a_few_are_noted(int days, int years)
    {
        string Moved(string row) => string.Join(',', row.Split(',').Select((cell, i) =>
            i == 4 ? DateOnly.ParseExact(cell, "yyyy-MM-dd").AddYears(years).AddDays(days).ToString("yyyy-MM-dd") : cell));
        var rows = Desk.RollRows(60);
        var layout = Desk.Roll;
        RegisterFile.Assess(desk.Write(Desk.RollText(rows.Select(Moved))), layout, Desk.October).Refusals
            .ShouldContain(fault => fault.Code == "registers.dates_moved");
        var few = RegisterFile.Assess(desk.Write(Desk.RollText([.. rows.Take(6).Select(Moved), .. rows.Skip(6)])), layout, Desk.October);
        few.Refusals.ShouldBeEmpty();
        few.Notes.ShouldContain(note => note.Code == "registers.note.dates_moved" && note.RowCount >= 5 && note.Rows[0] >= 1);
        RegisterFile.Assess(desk.Write(Desk.RollText(rows)), layout, Desk.October).Notes
            .ShouldNotContain(note => note.Code == "registers.note.dates_moved");
    }

    [Fact]
    public void What_has_not_come_yet_is_no_date_and_what_may_lie_ahead_has_a_bound()
    {
        var layout = Roll with { Columns = [.. Roll.Columns.Select(column => column with { Ahead = column.Field == "registered_on" })] };
        var path = desk.Write(Desk.RollText(["P1,甲,,男,2062-01-10,1,2027-01-01,", "P2,乙,,男,2026-11-30,1,2099-01-01,"]));
        var rows = RegisterFile.Open(path, layout).Value.Rows().ToList();
        (rows[0]["birth"], rows[0]["registered_on"], rows[1]["birth"], rows[1]["registered_on"]).ShouldBe((null, "2027-01-01", "2026-11-30", null));
        rows.SelectMany(row => row.Findings).Select(finding => finding.Code).ShouldBe(["registers.row.future", "registers.row.future"]);
        rows[0].Raw("birth").ShouldBeNull("a day that has not come is kept nowhere as if it were a birth");
    }

    [Fact]
    public void A_header_alone_is_nobody_this_month_where_the_layout_says_so_and_only_there()
    {
        var path = desk.Write(Desk.RollText([]));
        RegisterFile.Assess(path, Roll, Desk.October).Refusals.ShouldHaveSingleItem().Code.ShouldBe("registers.empty");
        var allowed = RegisterFile.Assess(path, Roll with { MayBeEmpty = true }, Desk.October);
        (allowed.Verdict, allowed.Rows).ShouldBe((Verdict.Take, 0));
        allowed.Notes.ShouldContain(note => note.Code == "registers.note.nobody");
        RegisterFile.Assess(path, Roll with { MayBeEmpty = true }, Desk.November, new Previous(200, Desk.October, [])).Refusals
            .ShouldHaveSingleItem().Code.ShouldBe("registers.shrunk");
    }

    [Fact]
    public void Utf_32_and_half_destroyed_texts_are_told()
    {
        var text = Desk.RollText(Desk.RollRows(3));
        RegisterFile.Open(desk.Write(text, Encoding.UTF32), Roll).Value.Rows().Count().ShouldBe(3);
        foreach (var lost in new[] { "锟斤拷", "\ue863", "央\ufffd" })
            RegisterFile.Open(desk.Write(Desk.RollText([$"P1,{lost},,女,1990,1,2026-10-05,"])), Roll).Value.Rows().Single().Findings
                .ShouldHaveSingleItem().Code.ShouldBe("registers.row.lost_character");
    }
}
