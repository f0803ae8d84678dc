using System.Globalization;

namespace Legwork.Cases.Rules;

internal enum LimitUnit
{
    WorkingDays,
    WorkingHours,
    CalendarDays,
    Hours,
}

/// <summary>A time limit as rules write it: <c>10 working_days</c>, <c>4 working_hours</c>, <c>7 calendar_days</c>, <c>24 hours</c>.</summary>
internal readonly record struct TimeLimit(int Amount, LimitUnit Unit)
{
    public static bool TryParse(string text, out TimeLimit limit)
    {
        limit = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is 0 or > 3660)
            return false;
        if (!Enum.TryParse<LimitUnit>(words[1].Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var unit)) return false;
        limit = new TimeLimit(amount, unit);
        return true;
    }
}
