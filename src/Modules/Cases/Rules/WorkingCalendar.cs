using System.Globalization;
using Legwork.Platform.Districts;
using Legwork.Yaml;

namespace Legwork.Cases.Rules;

/// <summary>
/// When the district works: weekends, holidays, make-up days (调休) and duty hours, all data (<c>districts/*/calendar.yaml</c>).
/// Periods are counted as the Civil Code does: the day a period begins does not count (art. 201), and a period of calendar days
/// that ends on a day off ends on the next working day (art. 203).
/// </summary>
internal sealed class WorkingCalendar
{
    private readonly HashSet<DateOnly> off;
    private readonly HashSet<DateOnly> worked;
    private readonly HashSet<DateOnly> unsure;
    private readonly HashSet<DayOfWeek> weekend;
    private readonly IReadOnlyList<(TimeOnly From, TimeOnly To)> duty;

    private WorkingCalendar(HashSet<DateOnly> off, HashSet<DateOnly> worked, HashSet<DateOnly> unsure, HashSet<DayOfWeek> weekend,
        IReadOnlyList<(TimeOnly From, TimeOnly To)> duty)
    {
        this.off = off;
        this.worked = worked;
        this.unsure = unsure;
        this.weekend = weekend;
        this.duty = duty;
    }

    /// <summary>The clock of the district against UTC.</summary>
    public TimeSpan Offset { get; } = Platform.Calendar.Offset;

    /// <exception cref="FormatException">The file is wrong; the message names file, line and entry.</exception>
    public static WorkingCalendar Load(string path) => Of(YamlNode.Load(path));

    /// <summary>Reads the calendar of a district's folder, and whether it is this district's.</summary>
    /// <exception cref="FormatException">As <see cref="Load"/>, or it is another district's.</exception>
    internal static void Check(DistrictFacts facts, string folder)
    {
        var path = Path.Combine(folder, "calendar.yaml");
        if (!File.Exists(path)) throw new FormatException($"{path}:1: the file is missing.");
        var root = YamlNode.Load(path);
        Of(root);
        if (root.Text("district") is var other && other != facts.Code)
            throw root.Wrong("district", $"this is the calendar of {other} and not of {facts.Code}");
    }

    private static WorkingCalendar Of(YamlNode root)
    {
        root.Text("district");
        var weekend = root.List("weekend").Select(day => day.Enum<DayOfWeek>()).ToHashSet();
        if (weekend.Count == 7) throw root.Wrong("weekend", "a week needs a working day");
        HashSet<DateOnly> off = [], worked = [], unsure = [];
        foreach (var entry in root.List("off"))
        {
            Wording.Of(entry);
            var (from, to, confidence) = (entry.Day("from"), entry.Day("to"), CaseRulesFile.Source(entry));
            if (to < from || to.DayNumber - from.DayNumber > 31) throw entry.Wrong("to", "a holiday ends after it begins and within a month");
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                off.Add(day);
                if (confidence == 'D') unsure.Add(day);
            }
        }
        foreach (var entry in root.List("work"))
        {
            var day = entry.Day("day");
            CaseRulesFile.Source(entry);
            if (off.Contains(day)) throw entry.Wrong("day", "this day is both off and worked");
            if (!weekend.Contains(day.DayOfWeek)) throw entry.Wrong("day", "only a weekend day is made up for");
            worked.Add(day);
        }
        var duty = Duty(root["duty"]);
        root.Done();
        return new WorkingCalendar(off, worked, unsure, weekend, duty);
    }

    public bool IsWorkingDay(DateOnly day) => worked.Contains(day) || (!off.Contains(day) && !weekend.Contains(day.DayOfWeek));

    /// <summary>Whether a holiday in the period is not announced yet, so that the due time may still move.</summary>
    public bool IsUnsure(DateOnly from, DateOnly to) => unsure.Any(day => day >= from && day <= to);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>When the last duty hour of a day ends.</summary>
    public DateTimeOffset CloseOf(DateOnly day) => At(day, duty[^1].To);

    /// <summary>The instant at which a limit that began at <paramref name="from"/> has run out.</summary>
    public DateTimeOffset Due(DateTimeOffset from, TimeLimit limit) => limit.Unit switch
    {
        LimitUnit.WorkingDays => CloseOf(AddWorkingDays(DayOf(from), limit.Amount)),
        LimitUnit.CalendarDays => CloseOf(WorkingDayFrom(DayOf(from).AddDays(limit.Amount))),
        LimitUnit.WorkingHours => AddDuty(from, TimeSpan.FromHours(limit.Amount)),
        _ => from.AddHours(limit.Amount),
    };

    /// <summary>
    /// The due time after the clock stood still between two instants: what was left at <paramref name="pausedAt"/> is left again
    /// at <paramref name="resumedAt"/>. A pause does not heal what was overdue when it began.
    /// </summary>
    public DateTimeOffset DueAfterPause(DateTimeOffset due, DateTimeOffset pausedAt, DateTimeOffset resumedAt, LimitUnit unit)
    {
        if (pausedAt >= due || resumedAt <= pausedAt) return due;
        var moved = unit switch
        {
            LimitUnit.WorkingDays => CloseOf(AddWorkingDays(DayOf(resumedAt), WorkingDaysBetween(DayOf(pausedAt), DayOf(due)))),
            LimitUnit.CalendarDays => CloseOf(WorkingDayFrom(DayOf(resumedAt).AddDays(DayOf(due).DayNumber - DayOf(pausedAt).DayNumber))),
            LimitUnit.WorkingHours => AddDuty(resumedAt, DutyBetween(pausedAt, due)),
            _ => resumedAt + (due - pausedAt),
        };
        return moved > due ? moved : due;
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when it lies before.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkingDaysBetween(to, from);
        var days = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            if (IsWorkingDay(day)) days++;
        return days;
    }

    /// <summary>The n-th working day after a day; with none to add, the day itself or the first working day after it.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int days)
    {
        if (days == 0) return WorkingDayFrom(day);
        while (days > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) days--;
        }
        return day;
    }

    /// <summary>Time on duty between two instants.</summary>
    public TimeSpan DutyBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var time = TimeSpan.Zero;
        for (var day = DayOf(from); day <= DayOf(to); day = day.AddDays(1))
        {
            if (!IsWorkingDay(day)) continue;
            foreach (var hours in duty)
            {
                var begin = Later(At(day, hours.From), from);
                var end = Earlier(At(day, hours.To), to);
                if (end > begin) time += end - begin;
            }
        }
        return time;
    }

    private DateTimeOffset AddDuty(DateTimeOffset from, TimeSpan left)
    {
        for (var day = DayOf(from); ; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day)) continue;
            foreach (var hours in duty)
            {
                var begin = Later(At(day, hours.From), from);
                var there = At(day, hours.To) - begin;
                if (there <= TimeSpan.Zero) continue;
                if (left <= there) return begin + left;
                left -= there;
            }
        }
    }

    private DateOnly WorkingDayFrom(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    private DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static IReadOnlyList<(TimeOnly From, TimeOnly To)> Duty(YamlNode entry)
    {
        CaseRulesFile.Source(entry);
        List<(TimeOnly From, TimeOnly To)> hours = [];
        foreach (var span in entry.List("hours"))
        {
            var (from, to) = (Time(span, "from"), Time(span, "to"));
            if (to <= from || (hours.Count > 0 && from < hours[^1].To)) throw span.Wrong("to", "duty hours follow one another in a day");
            hours.Add((from, to));
        }
        if (hours.Count == 0) throw entry.Wrong("hours", "a working day needs duty hours");
        return hours;
    }

    private static TimeOnly Time(YamlNode entry, string key) =>
        TimeOnly.TryParseExact(entry.Text(key), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time : throw entry.Wrong(key, "a time such as 09:30 belongs here");
}
