using System.Globalization;

namespace Legwork.Kernel;

/// <summary>
/// A date known to the day, the month or only the year (elders often have a birth year alone).
/// Written ISO: <c>1949</c>, <c>1949-12</c>, <c>1949-12-03</c>; sorts as text.
/// </summary>
public readonly record struct VagueDate(short Year, byte Month = 0, byte Day = 0) : IComparable<VagueDate>
{
    public bool IsKnown => Year != 0;

    public bool IsExact => Day != 0;

    public DateOnly Earliest => new(Year, Month == 0 ? 1 : Month, Day == 0 ? 1 : Day);

    public DateOnly Latest => Day != 0 ? Earliest : Month != 0
        ? new(Year, Month, DateTime.DaysInMonth(Year, Month)) : new(Year, 12, 31);

    public static VagueDate Of(DateOnly date) => new((short)date.Year, (byte)date.Month, (byte)date.Day);

    /// <summary>True when both could be the same day.</summary>
    public bool Agrees(VagueDate other) =>
        IsKnown && other.IsKnown && Year == other.Year
        && (Month == 0 || other.Month == 0 || Month == other.Month)
        && (Day == 0 || other.Day == 0 || Day == other.Day);

    /// <summary>
    /// Reads the notations that offices use: 20261031, 2026-10-31, 2026/1/3, 2026.1.3, 2026年1月3日, 2026-10, 202610, 1966,
    /// full-width digits, and a time behind the date. Anything else, and any day that does not exist, is refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> written, out VagueDate date)
    {
        date = default;
        Span<int> part = stackalloc int[3];
        Span<int> digits = stackalloc int[3];
        var at = 0;
        written = written.Trim();
        var end = written.IndexOfAny(' ', 'T');
        if (end > 0) written = written[..end];
        foreach (var raw in written)
        {
            var c = raw is >= '０' and <= '９' ? (char)(raw - '０' + '0') : raw;
            if (c is >= '0' and <= '9')
            {
                if (at > 2 || digits[at] == 8) return false;
                part[at] = part[at] * 10 + (c - '0');
                digits[at]++;
            }
            else if (c is '-' or '/' or '.' or '年' or '月' or '－' or '／')
            {
                if (digits[Math.Min(at, 2)] == 0) return false;
                at++;
            }
            else if (c != '日') return false;
        }

        return digits[0] switch
        {
            8 when digits[1] == 0 => Make(part[0] / 10000, part[0] / 100 % 100, part[0] % 100, out date),
            6 when digits[1] == 0 => Make(part[0] / 100, part[0] % 100, 0, out date),
            4 => digits[1] <= 2 && digits[2] <= 2
                && !(digits[1] > 0 && part[1] == 0) && !(digits[2] > 0 && part[2] == 0)
                && Make(part[0], part[1], part[2], out date),
            _ => false,
        };
    }

    public static VagueDate Parse(string iso) => TryParse(iso, out var date)
        ? date : throw new FormatException($"Not a date: {iso}");

    public int CompareTo(VagueDate other) =>
        (Year, Month, Day).CompareTo((other.Year, other.Month, other.Day));

    public override string ToString() => Year == 0 ? "" : Month == 0
        ? Year.ToString("0000", CultureInfo.InvariantCulture) : Day == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}");

    private static bool Make(int year, int month, int day, out VagueDate date)
    {
        date = default;
        if (year is < 1850 or > 2200 || month is < 0 or > 12 || day < 0) return false;
        if (day > 0 && (month == 0 || day > DateTime.DaysInMonth(year, month))) return false;
        date = new VagueDate((short)year, (byte)month, (byte)day);
        return true;
    }
}
