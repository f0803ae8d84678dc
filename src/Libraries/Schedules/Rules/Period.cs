using System.Globalization;

namespace Legwork.Schedules;

/// <summary>
/// A length of time as schedules write it: "6 weeks", "12 months - 4 days", "7 years + 4 weeks". Years are twelve months and weeks seven days;
/// months and days do not add up to each other, because a month has no fixed length.
/// </summary>
/// <param name="Months">Calendar months, negative when subtracted.</param>
/// <param name="Days">Days, negative when subtracted.</param>
public readonly record struct Period(int Months, int Days) : IComparable<Period>
{
    public static Period OfDays(int days) => new(0, days);

    /// <summary>
    /// The date that lies this long after <paramref name="start"/>: first years and months, then weeks and days. A day that the month does not have
    /// moves to the first of the next month (CDSi 4.6, CALCDT-1 to CALCDT-6): 31 March + 6 months is 1 October. Ends at 31 December 9999.
    /// </summary>
    public DateOnly After(DateOnly start) => DateOnly.FromDayNumber(After(start.DayNumber));

    internal int After(int startDay)
    {
        if (Months != 0)
        {
            var start = DateOnly.FromDayNumber(startDay);
            var month = start.Year * 12 + start.Month - 1 + Months;
            var year = month / 12;
            if (year > 9999) return DateOnly.MaxValue.DayNumber;
            if (year < 1) return 0;
            month = month % 12 + 1;
            var last = DateTime.DaysInMonth(year, month);
            startDay = new DateOnly(year, month, Math.Min(start.Day, last)).DayNumber + (start.Day > last ? 1 : 0);
        }
        return Math.Clamp(startDay + Days, 0, DateOnly.MaxValue.DayNumber);
    }

    /// <summary>Reads "6 months", "16 years - 4 months", "8 months + 1 day"; units are day, week, month and year, singular or plural.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Period period)
    {
        period = default;
        var sign = 1;
        text = text.Trim();
        if (text.IsEmpty) return false;
        while (true)
        {
            var digits = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
            if (digits is 0 or > 6) return false;
            var count = sign * int.Parse(text[..digits], CultureInfo.InvariantCulture);
            text = text[digits..].TrimStart();
            var letters = 0;
            while (letters < text.Length && char.IsAsciiLetter(text[letters])) letters++;
            if (Unit(text[..letters]) is not { } unit) return false;
            period = new Period(period.Months + count * unit.Months, period.Days + count * unit.Days);
            text = text[letters..].TrimStart();
            if (text.IsEmpty) return true;
            if (text[0] is not ('+' or '-')) return false;
            sign = text[0] == '-' ? -1 : 1;
            text = text[1..].TrimStart();
        }
    }

    public static Period Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var period) ? period : throw new FormatException($"'{text}' is not a length of time such as '6 months - 4 days'.");

    private static Period? Unit(ReadOnlySpan<char> word)
    {
        if (word.Length > 1 && word[^1] is 's' or 'S') word = word[..^1];
        return word.Equals("day", StringComparison.OrdinalIgnoreCase) ? new Period(0, 1)
            : word.Equals("week", StringComparison.OrdinalIgnoreCase) ? new Period(0, 7)
            : word.Equals("month", StringComparison.OrdinalIgnoreCase) ? new Period(1, 0)
            : word.Equals("year", StringComparison.OrdinalIgnoreCase) ? new Period(12, 0) : null;
    }

    /// <summary>Roughly by length, a month taken as 30.4 days; enough to say which of two bounds of a rule is the longer.</summary>
    public int CompareTo(Period other) => (Months * 304 + Days * 10).CompareTo(other.Months * 304 + other.Days * 10);

    public override string ToString()
    {
        var (months, days) = (Months, Days);
        var first = months == 0 ? "" : months % 12 == 0 ? Count(months / 12, "year") : Count(months, "month");
        if (days == 0) return first.Length > 0 ? first : "0 days";
        var size = Math.Abs(days) % 7 == 0 ? Count(Math.Abs(days) / 7, "week") : Count(Math.Abs(days), "day");
        return first.Length == 0 ? (days < 0 ? "-" : "") + size : $"{first} {(days < 0 ? '-' : '+')} {size}";
    }

    private static string Count(int number, string unit) => FormattableString.Invariant($"{number} {unit}{(Math.Abs(number) == 1 ? "" : "s")}");
}
