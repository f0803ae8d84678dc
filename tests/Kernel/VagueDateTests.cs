namespace Legwork.Kernel.Tests;

public class VagueDateTests
{
    [Theory]
    [InlineData("20261031", "2026-10-31")]
    [InlineData("2026-10-31", "2026-10-31")]
    [InlineData("2026/1/3", "2026-01-03")]
    [InlineData("2026.1.3", "2026-01-03")]
    [InlineData("2026年1月3日", "2026-01-03")]
    [InlineData("２０２６/１/３", "2026-01-03")]
    [InlineData("2026-10", "2026-10")]
    [InlineData("1966", "1966")]
    [InlineData("202610", "2026-10")]
    [InlineData("2026-10-31 08:15:00", "2026-10-31")]
    public void The_notations_of_the_offices_are_read(string written, string iso)
    {
        VagueDate.TryParse(written, out var date).ShouldBeTrue();
        date.ToString().ShouldBe(iso);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("20261301")]
    [InlineData("2026-00-10")]
    [InlineData("31/10/2026")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("2026-1-2-3")]
    public void A_day_that_does_not_exist_is_refused(string written) => VagueDate.TryParse(written, out _).ShouldBeFalse();

    [Fact]
    public void A_year_agrees_with_a_day_in_it_and_not_with_another_year()
    {
        VagueDate.Parse("1966").Agrees(VagueDate.Parse("1966-05-02")).ShouldBeTrue();
        VagueDate.Parse("1967").Agrees(VagueDate.Parse("1966-05-02")).ShouldBeFalse();
        VagueDate.Parse("1966-05").Latest.ShouldBe(new DateOnly(1966, 5, 31));
    }
}
