using Legwork.Kernel;

namespace Legwork.People.Files;

/// <summary>Whole years of age.</summary>
internal static class Ages
{
    /// <summary>A date known only to the year or month counts from its latest day.</summary>
    public static int On(VagueDate birth, DateOnly today)
    {
        var born = birth.Latest;
        var years = today.Year - born.Year;
        return born.AddYears(years) > today ? Math.Max(0, years - 1) : Math.Max(0, years);
    }
}
