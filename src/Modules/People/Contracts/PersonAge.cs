using Legwork.Kernel;
using Legwork.Platform.Shell;

namespace Legwork.People.Contracts;

/// <summary>Whole years of age, and months or days where years would say nothing: the one way in which pages write an age.</summary>
/// <param name="Months">Of a child under two whose day of birth is known; null else.</param>
/// <param name="Days">Of a child under a month.</param>
public readonly record struct PersonAge(int Years, int? Months = null, int? Days = null)
{
    private const int MonthsUntilYears = 2;

    /// <summary>A date known only to the year or month counts from its latest day.</summary>
    public static PersonAge Of(VagueDate birth, DateOnly today)
    {
        var born = birth.Latest;
        var years = today.Year - born.Year;
        years = Math.Max(0, born.AddYears(years) > today ? years - 1 : years);
        if (years >= MonthsUntilYears || !birth.IsExact || born > today) return new(years);
        var months = (today.Year - born.Year) * 12 + today.Month - born.Month;
        if (born.AddMonths(months) > today) months--;
        return new(years, months, months == 0 ? today.DayNumber - born.DayNumber : null);
    }

    /// <summary>"12 days", "3 months", "34 years".</summary>
    public string In(T texts) => Days is { } days ? texts["people.age.days", days] : Months is { } months ? texts["people.age.months", months]
        : texts["people.age", Years];
}
