using Legwork.Kernel;

namespace Legwork.People.Files;

/// <summary>Whole years of age, and months where years would say nothing.</summary>
internal static class Ages
{
    private const int MonthsUntilYears = 2;

    /// <summary>"3 months" of a child under two whose day of birth is known, else whole years.</summary>
    public static string Say(Platform.Shell.T t, VagueDate birth, DateOnly today)
    {
        var years = On(birth, today);
        if (years >= MonthsUntilYears || !birth.IsExact || birth.Latest > today) return t["people.age", years];
        var born = birth.Latest;
        var months = (today.Year - born.Year) * 12 + today.Month - born.Month;
        return t["people.age.months", born.AddMonths(months) > today ? months - 1 : months];
    }

    /// <summary>A date known only to the year or month counts from its latest day.</summary>
    public static int On(VagueDate birth, DateOnly today)
    {
        var born = birth.Latest;
        var years = today.Year - born.Year;
        return born.AddYears(years) > today ? Math.Max(0, years - 1) : Math.Max(0, years);
    }
}
