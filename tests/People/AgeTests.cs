using Legwork.Kernel;
using Legwork.People.Contracts;

namespace Legwork.People.Tests;

public class AgeTests
{
    [Theory]
    [InlineData("2026-11-18", 0, 0, 12)]
    [InlineData("2026-10-30", 0, 1, null)]
    [InlineData("2026-11-01", 0, 0, 29)]
    [InlineData("2026-10-31", 0, 1, null)]
    [InlineData("2026-08-30", 0, 3, null)]
    [InlineData("2024-12-01", 1, 23, null)]
    [InlineData("2024-11-30", 2, null, null)]
    [InlineData("2026-08", 0, null, null)]
    [InlineData("1949", 76, null, null)]
    [InlineData("2027-01-01", 0, null, null)]
    public void A_child_under_two_has_an_age_in_months_or_days_and_everybody_else_in_years(string birth, int years, int? months, int? days) =>
        PersonAge.Of(VagueDate.Parse(birth), new DateOnly(2026, 11, 30)).ShouldBe(new PersonAge(years, months, days));
}
