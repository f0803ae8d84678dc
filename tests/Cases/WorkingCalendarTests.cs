using Legwork.Cases.Rules;

namespace Legwork.Cases.Tests;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = Office.TheCalendar;

    [Theory]
    [InlineData("2026-10-01", false)] // National Day
    [InlineData("2026-10-10", true)] // a Saturday made up for
    [InlineData("2026-10-11", false)] // a Sunday
    [InlineData("2026-10-12", true)]
    [InlineData("2026-02-24", false)] // Losar: worked elsewhere in the country, not in Lhasa
    [InlineData("2026-02-27", true)]
    [InlineData("2026-02-28", true)]
    public void Holidays_and_made_up_days_decide_what_a_working_day_is(string day, bool worked) =>
        Calendar.IsWorkingDay(DateOnly.Parse(day)).ShouldBe(worked);

    [Theory]
    [InlineData("2026-09-30 10:00", "1 working_days", "2026-10-08 18:30")] // over National Day
    [InlineData("2026-10-09 17:00", "1 working_days", "2026-10-10 18:30")] // the made-up Saturday counts
    [InlineData("2026-10-09 17:00", "2 working_days", "2026-10-12 18:30")]
    [InlineData("2026-02-13 10:00", "3 working_days", "2026-02-28 18:30")] // 14 Feb, 27 Feb, 28 Feb
    [InlineData("2026-11-02 10:00", "4 working_hours", "2026-11-02 16:30")] // over the midday break
    [InlineData("2026-11-06 17:30", "2 working_hours", "2026-11-09 10:30")] // over the weekend
    [InlineData("2026-11-06 16:30", "2 working_hours", "2026-11-06 18:30")] // to the end of duty, not to the begin of the next
    [InlineData("2026-11-02 11:00", "2 working_hours", "2026-11-02 13:00")]
    [InlineData("2026-11-07 12:00", "1 working_hours", "2026-11-09 10:30")] // begun on a Saturday
    [InlineData("2026-11-02 10:00", "7 calendar_days", "2026-11-09 18:30")]
    [InlineData("2026-09-25 10:00", "7 calendar_days", "2026-10-08 18:30")] // ends on a holiday, so on the next working day
    [InlineData("2026-11-06 23:00", "2 hours", "2026-11-07 01:00")]
    public void A_limit_runs_out_as_the_calendar_says(string from, string limit, string due)
    {
        TimeLimit.TryParse(limit, out var parsed).ShouldBeTrue();
        Calendar.Due(At(from), parsed).ShouldBe(At(due));
    }

    [Theory]
    [InlineData("0 working_days")]
    [InlineData("-1 working_days")]
    [InlineData("3 moons")]
    [InlineData("working_days")]
    [InlineData("99999 hours")]
    public void A_limit_that_is_none_is_not_read(string limit) => TimeLimit.TryParse(limit, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-11-02 10:00", "2026-11-04 09:00", "2026-11-04 17:00", "2026-11-06 18:30")] // within one day: nothing moves
    [InlineData("2026-11-02 10:00", "2026-11-03 10:00", "2026-11-04 10:00", "2026-11-09 18:30")] // one working day: one later
    [InlineData("2026-11-02 10:00", "2026-11-04 10:00", "2026-12-04 10:00", "2026-12-08 18:30")] // what was left is left again
    [InlineData("2026-11-02 10:00", "2026-11-09 10:00", "2026-12-04 10:00", "2026-11-06 18:30")] // overdue before: a pause heals nothing
    public void The_clock_stands_still_while_a_case_is_paused(string from, string paused, string resumed, string due)
    {
        var before = Calendar.Due(At(from), new TimeLimit(4, LimitUnit.WorkingDays));
        Calendar.DueAfterPause(before, At(paused), At(resumed), LimitUnit.WorkingDays).ShouldBe(At(due));
    }

    [Fact]
    public void A_due_time_is_always_on_duty_later_with_a_larger_limit_and_never_earlier_by_a_pause()
    {
        var random = new Random(540102);
        for (var i = 0; i < 3000; i++)
        {
            var from = At("2026-01-01 00:00").AddMinutes(random.Next(1, 2 * 365 * 24 * 60));
            var unit = (LimitUnit)random.Next(4);
            var (amount, more) = (random.Next(1, 40), random.Next(1, 10));
            var due = Calendar.Due(from, new TimeLimit(amount, unit));
            due.ShouldBeGreaterThan(from);
            Calendar.Due(from, new TimeLimit(amount + more, unit)).ShouldBeGreaterThanOrEqualTo(due);
            if (unit != LimitUnit.Hours) Calendar.IsWorkingDay(Calendar.DayOf(due)).ShouldBeTrue();
            if (unit == LimitUnit.WorkingDays) Calendar.WorkingDaysBetween(Calendar.DayOf(from), Calendar.DayOf(due)).ShouldBe(amount);
            if (unit == LimitUnit.WorkingHours) Calendar.DutyBetween(from, due).ShouldBe(TimeSpan.FromHours(amount));

            var paused = from + (due - from) * random.NextDouble();
            var resumed = paused.AddMinutes(random.Next(0, 60 * 24 * 60));
            var after = Calendar.DueAfterPause(due, paused, resumed, unit);
            after.ShouldBeGreaterThanOrEqualTo(due);
            if (unit == LimitUnit.WorkingHours && after > due) Calendar.DutyBetween(resumed, after).ShouldBe(Calendar.DutyBetween(paused, due));
            Calendar.DueAfterPause(due, paused, paused, unit).ShouldBe(due);
        }
    }

    [Fact]
    public void A_due_time_that_was_put_after_duty_is_not_drawn_back_by_a_pause()
    {
        var due = At("2026-11-04 22:00");
        Calendar.DueAfterPause(due, At("2026-11-02 10:00"), At("2026-11-02 11:00"), LimitUnit.WorkingDays).ShouldBe(due);
    }

    [Theory]
    [InlineData("2026-12-31", "2026-12-31", false)]
    [InlineData("2026-12-31", "2027-01-01", true)] // it may be due on the day itself
    [InlineData("2027-01-01", "2027-01-04", true)]
    [InlineData("2027-01-02", "2027-02-04", false)]
    [InlineData("2026-09-30", "2026-10-12", false)] // National Day was announced
    public void A_due_time_may_move_while_a_holiday_before_it_is_not_announced(string from, string to, bool mayMove) =>
        Calendar.IsUnsure(DateOnly.Parse(from), DateOnly.Parse(to)).ShouldBe(mayMove);

    [Theory]
    [InlineData("confidence: A", "confidence: E", "confidence")]
    [InlineData("from: 2026-01-01", "from: 2026-01-32", "from")]
    [InlineData("day: 2026-01-04", "day: 2026-01-05", "only a weekend day")]
    [InlineData("day: 2026-01-04", "day: 2026-10-04", "both off and worked")]
    [InlineData("weekend: [saturday, sunday]", "weekends: [saturday]", "weekend")]
    [InlineData("weekend: [saturday, sunday]", "weekend: [saturday, sonntag]", "sonntag")]
    public void A_wrong_calendar_is_refused_with_the_entry_named(string right, string wrong, string named)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".yaml");
        var text = File.ReadAllText(Repository.In("districts", "540102", "calendar.yaml"));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + wrong + text[(at + right.Length)..]);
        try
        {
            Should.Throw<FormatException>(() => WorkingCalendar.Load(path)).Message.ShouldContain(named);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
