using Legwork.Kernel;

namespace Legwork.Registers.Tests;

/// <summary>What a file is compared with: the one taken before it, handed in by the caller.</summary>
public sealed class ResendingTests : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void The_same_file_of_the_same_month_is_already_taken_and_no_fault()
    {
        var october = Assess(Desk.RollRows(200), Desk.October, null);
        var again = Assess(Desk.RollRows(200), Desk.October, After(october));
        again.Verdict.ShouldBe(Verdict.AlreadyTaken);
        again.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_rows_under_another_months_name_are_refused_even_when_sorted_anew()
    {
        var october = Assess(Desk.RollRows(200), Desk.October, null);
        var rows = Desk.RollRows(200);
        rows.Reverse();
        Codes(Assess(rows, Desk.November, After(october))).ShouldBe(["registers.same_content"]);
    }

    [Fact]
    public void A_corrected_list_of_a_month_that_was_taken_asks_to_undo_the_first()
    {
        var october = Assess(Desk.RollRows(200), Desk.October, null);
        Codes(Assess(Desk.RollRows(201), Desk.October, After(october))).ShouldBe(["registers.same_period"]);
    }

    [Fact]
    public void An_older_months_list_is_refused()
    {
        var november = Assess(Desk.RollRows(200), Desk.November, null);
        Codes(Assess(Desk.RollRows(201), Desk.October, After(november))).ShouldBe(["registers.older_period"]);
    }

    [Theory]
    [InlineData(20, "registers.shrunk")]
    [InlineData(159, "registers.shrunk")]
    [InlineData(161, null)]
    [InlineData(299, null)]
    [InlineData(301, "registers.swollen")]
    public void A_full_list_of_an_unusual_size_is_refused(int rows, string? code)
    {
        var october = Assess(Desk.RollRows(200), Desk.October, null);
        Codes(Assess(Desk.RollRows(rows, from: 1), Desk.November, After(october))).ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    public void A_list_dated_after_the_month_in_its_name_is_refused_and_a_late_date_or_two_are_not()
    {
        var september = VagueDate.Parse("2026-09");
        Codes(Assess(Desk.RollRows(200), september, null)).ShouldBe(["registers.period_contradicted"]);
        var rows = Desk.RollRows(200);
        rows[5] = rows[5].Replace("2026-10-", "2027-10-", StringComparison.Ordinal);
        var taken = Assess(rows, Desk.October, null);
        taken.Verdict.ShouldBe(Verdict.Take);
        taken.Findings.ShouldHaveSingleItem().ShouldBe(new RowFinding(6, "registered_on", "registers.row.after_period", ""));
    }

    [Fact]
    public void Events_may_come_late_but_not_all_from_another_month()
    {
        var delta = Desk.Roll with { List = ListKind.Delta };
        var october = Desk.RollRows(20);
        var mixed = october.Select((r, i) => i < 15 ? r.Replace("2026-10-", "2026-09-", StringComparison.Ordinal) : r).ToList();
        Assess(mixed, Desk.October, null, delta).Verdict.ShouldBe(Verdict.Take);
        Codes(Assess(october, Desk.November, null, delta)).ShouldBe(["registers.period_contradicted"]);
        Codes(Assess(october, VagueDate.Parse("2026-09"), null, delta)).ShouldBe(["registers.period_contradicted"]);
    }

    [Fact]
    public void A_delta_may_be_empty_or_short_and_come_in_any_order()
    {
        var delta = Desk.Roll with { List = ListKind.Delta };
        var october = Assess(Desk.RollRows(100), Desk.October, null, delta);
        var empty = Assess([], Desk.November, After(october), delta);
        empty.Verdict.ShouldBe(Verdict.Take);
        Assess([], VagueDate.Parse("2026-12"), After(empty), delta).Verdict.ShouldBe(Verdict.Take);
        Assess(Desk.RollRows(10, from: 500), Desk.October, After(october), delta).Verdict.ShouldBe(Verdict.Take);
        Codes(Assess(Desk.RollRows(100), Desk.November, After(october), delta)).ShouldContain("registers.same_content");
    }

    [Fact]
    public void A_list_of_the_year_grows_within_its_year_and_starts_anew_with_the_next()
    {
        var year = Desk.Roll with { List = ListKind.Year, DatedBy = [] };
        var (y2026, y2027) = (VagueDate.Parse("2026"), VagueDate.Parse("2027"));
        var first = Assess(Desk.RollRows(100), y2026, null, year);
        Assess(Desk.RollRows(400), y2026, After(first), year).Verdict.ShouldBe(Verdict.Take);
        Codes(Assess(Desk.RollRows(60), y2026, After(first), year)).ShouldBe(["registers.shrunk"]);
        Assess(Desk.RollRows(6, from: 900), y2027, After(first), year).Verdict.ShouldBe(Verdict.Take);
        Codes(Assess(Desk.RollRows(120), VagueDate.Parse("2025"), After(first), year)).ShouldBe(["registers.older_period"]);
    }

    private Assessment Assess(List<string> rows, VagueDate period, Previous? previous, Layout? layout = null) =>
        RegisterFile.Assess(desk.Write(Desk.RollText(rows)), layout ?? Desk.Roll, period, previous);

    private static Previous After(Assessment taken) => new(taken.Rows, taken.Period, [taken.AsTaken]);

    private static IEnumerable<string> Codes(Assessment assessment) => assessment.Refusals.Select(r => r.Code);
}
