using System.Globalization;
using System.Text.RegularExpressions;
using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>
/// A day written with a time. With Z or an offset it is an instant, whose day is the one on the district's clock at that time: a program east
/// of Greenwich writes the midnight of 10 January as the ninth, 16:00Z.
/// </summary>
internal static class Instant
{
    // In time that grows with the text alone: what stands here was written by someone else.
    private static readonly Regex Written = new("""
        ^(?<date>[^T\s]+)[T\s]\s*(?<h>[0-9]{1,2}):(?<m>[0-5][0-9])(:(?<s>[0-5][0-9])([.,][0-9]+)?)?
        \s*(?<zone>Z|((UTC|GMT)?[+-][0-9]{2}(:?[0-9]{2})?)|UTC|GMT)?\s*(\[[^\]]*\]|\([^)]*\))?$
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
        | RegexOptions.NonBacktracking);

    /// <summary>False when the cell is no day with a time; then it is read as a day alone.</summary>
    /// <param name="date">Unknown when it cannot be told which day is meant.</param>
    public static bool TryRead(ReadOnlySpan<char> cell, ListClock? clock, out VagueDate date)
    {
        date = default;
        if (cell.Length > 80 || !cell.Contains(':')) return false;
        var match = Written.Match(cell.ToString());
        if (!match.Success || !VagueDate.TryParse(match.Groups["date"].Value, out var day) || !day.IsExact) return false;
        var time = new TimeSpan(Part("h"), Part("m"), Part("s"));
        if (time >= TimeSpan.FromDays(1)) return false;
        var at = day.Earliest.ToDateTime(TimeOnly.FromTimeSpan(time));
        if (match.Groups["zone"] is { Success: true, Value: var zone })
        {
            if (clock is null || Offset(zone) is not { } offset || at < DateTime.MinValue.AddDays(2)) return true;
            at = TimeZoneInfo.ConvertTime(new DateTimeOffset(at, offset), clock.Zone).DateTime;
        }
        // Half a minute before midnight is no time that an office writes down: a program took the offset of a day before 1901 (8:05:43).
        if (at is { Hour: 23, Minute: 59, Second: > 0 and < 59 }) return true;
        date = VagueDate.Of(DateOnly.FromDateTime(at));
        return true;

        int Part(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static TimeSpan? Offset(string zone)
    {
        zone = zone.TrimStart('U', 'u', 'T', 't', 'C', 'c', 'G', 'g', 'M', 'm', 'Z', 'z');
        if (zone.Length == 0) return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var (hours, minutes) = (int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture));
        return hours > 14 || minutes > 59 || (hours == 14 && minutes > 0) ? null : new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
    }
}
