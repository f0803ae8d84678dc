using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Takes the chosen series of a vaccine group together (CDSi 9).</summary>
internal static class GroupForecast
{
    /// <param name="chosen">Numbers of runs, all of one vaccine group and of one series group.</param>
    public static GroupAnswer Combine(Workspace work, GroupCode group, ReadOnlySpan<int> chosen, IReadOnlyList<SeriesAnswer> answers)
    {
        var status = Status(work, group, chosen);
        var first = work.Runs[chosen[0]].Rules.Source;
        var started = false;
        foreach (var run in chosen) started |= work.Runs[run].Satisfied > 0
            || work.Runs[run].Rules.MinAgeToStart is var start && (start == None || work.Assessed >= work.AgeDay[start]);
        var (number, earliest, recommended, pastDue, latest) = (0, None, None, None, None);
        if (status == SeriesStatus.NotComplete)
        {
            number = Number(work, group, chosen);
            earliest = group.Antigens.Length > 1 ? SharedEarliest(work, group, chosen) : Least(work, chosen, static run => run.Earliest);
            recommended = Math.Max(earliest, Least(work, chosen, static run => run.Recommended));
            pastDue = Least(work, chosen, static run => run.PastDue);
            if (pastDue != None) pastDue = Math.Max(earliest, pastDue);
            latest = Least(work, chosen, static run => run.Latest);
        }
        return new GroupAnswer(group.Source, first.Group, first.Type, started, status, number, Day(earliest),
            Day(recommended), Day(pastDue), Day(latest), answers);
    }

    public static DateOnly? Day(int day) => day == None ? null : DateOnly.FromDayNumber(day);

    /// <summary>
    /// Table 9-4, which for one series is that series' status. A group that need not be given in full goes on without an antigen that is
    /// contraindicated: who must not have pertussis again still needs diphtheria and tetanus (case 2016-UC-0003 expects it;
    /// the table read alone would stop the group).
    /// </summary>
    private static SeriesStatus Status(Workspace work, GroupCode group, ReadOnlySpan<int> chosen)
    {
        var seen = 0;
        foreach (var run in chosen) seen |= 1 << (int)work.Runs[run].Status;
        if (group.Source.AdministerFullVaccineGroup == false && seen != 1 << (int)SeriesStatus.Contraindicated)
            seen &= ~(1 << (int)SeriesStatus.Contraindicated);
        foreach (var first in (ReadOnlySpan<SeriesStatus>)[SeriesStatus.Contraindicated, SeriesStatus.AgedOut,
            SeriesStatus.NotRecommended, SeriesStatus.NotComplete])
            if ((seen >> (int)first & 1) != 0) return first;
        return seen == 1 << (int)SeriesStatus.Immune ? SeriesStatus.Immune : SeriesStatus.Complete;
    }

    /// <summary>FORECASTDN-2; a series that needs nothing more has no dose number.</summary>
    private static int Number(Workspace work, GroupCode group, ReadOnlySpan<int> chosen)
    {
        var number = 0;
        foreach (var run in chosen)
        {
            if (work.Runs[run].DoseNumber is not (var one and > 0)) continue;
            number = number == 0 ? one : group.Source.AdministerFullVaccineGroup == true ? Math.Min(number, one) : Math.Max(number, one);
        }
        return number;
    }

    /// <summary>MULTIANTVG-1.</summary>
    private static int SharedEarliest(Workspace work, GroupCode group, ReadOnlySpan<int> chosen)
    {
        var (first, last, priority) = (None, None, false);
        foreach (var i in chosen)
        {
            var run = work.Runs[i];
            if (run.DoseNumber == 0) continue;
            first = first == None ? run.Earliest : Math.Min(first, run.Earliest);
            last = Math.Max(last, run.Earliest);
            priority |= run.Priority;
        }
        return priority ? Math.Max(first, LatestDose(work, group)) : last;
    }

    private static int LatestDose(Workspace work, GroupCode group)
    {
        for (var i = work.DoseCount - 1; i >= 0; i--)
            if (work.Doses[i].Vaccine != None)
                foreach (var held in work.Rules.Vaccines[work.Doses[i].Vaccine].Antigens)
                    if (Array.IndexOf(group.Antigens, held.Antigen) >= 0) return work.Doses[i].Day;
        return None;
    }

    private static int Least(Workspace work, ReadOnlySpan<int> chosen, Func<SeriesRun, int> date)
    {
        var least = None;
        foreach (var run in chosen)
            if (work.Runs[run].DoseNumber > 0 && date(work.Runs[run]) is var day and not None && (least == None || day < least)) least = day;
        return least;
    }
}
