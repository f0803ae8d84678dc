namespace Legwork.Schedules.Tests;

public class PeriodTests
{
    // The examples of CDSi 4.6, table 3-6; the last rows are our own edges.
    [Theory]
    [InlineData("2000-01-01", "3 years", "2003-01-01")]
    [InlineData("2000-01-01", "6 months", "2000-07-01")]
    [InlineData("2000-11-01", "6 months", "2001-05-01")]
    [InlineData("2000-01-01", "3 days", "2000-01-04")]
    [InlineData("2000-01-01", "3 weeks", "2000-01-22")]
    [InlineData("2000-02-01", "5 weeks", "2000-03-07")]
    [InlineData("2001-02-01", "5 weeks", "2001-03-08")]
    [InlineData("2000-03-31", "6 months", "2000-10-01")]
    [InlineData("2000-08-31", "6 months", "2001-03-01")]
    [InlineData("2000-01-31", "6 months - 4 days", "2000-07-27")]
    [InlineData("2000-02-29", "1 year", "2001-03-01")]
    [InlineData("2000-02-29", "4 years", "2004-02-29")]
    [InlineData("2000-01-31", "1 month - 4 days", "2000-02-26")]
    [InlineData("2000-01-15", "16 years - 4 months", "2015-09-15")]
    [InlineData("2000-01-15", "8 months + 1 day", "2000-09-16")]
    [InlineData("2000-01-15", "7 years + 4 weeks", "2007-02-12")]
    [InlineData("2000-01-15", "0 days", "2000-01-15")]
    public void A_period_is_added_in_years_and_months_first_and_a_day_that_is_not_real_moves_on(string start, string period, string end) =>
        Period.Parse(period).After(Made.Day(start)).ShouldBe(Made.Day(end));

    [Theory]
    [InlineData("")]
    [InlineData("months")]
    [InlineData("6")]
    [InlineData("6 fortnights")]
    [InlineData("6 months 4 days")]
    [InlineData("6 months -")]
    [InlineData("-4 days")]
    public void What_is_not_a_length_of_time_is_not_read_as_one(string text) => Period.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_period_is_written_as_it_is_read()
    {
        foreach (var text in (string[])["6 months - 4 days", "12 years", "8 months + 1 day", "7 years + 4 weeks", "0 days", "10 days"])
            Period.Parse(text).ToString().ShouldBe(text.Replace("12 months", "1 year"));
        Period.Parse("12 months - 4 days").ToString().ShouldBe("1 year - 4 days");
    }

    [Fact]
    public void A_period_does_not_leave_the_calendar()
    {
        Period.Parse("9999 years").After(new DateOnly(2020, 1, 1)).ShouldBe(DateOnly.MaxValue);
        Period.Parse("0 days - 4000 years").After(new DateOnly(2020, 1, 1)).ShouldBe(DateOnly.MinValue);
    }
}
