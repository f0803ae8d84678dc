using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Which bound set each date of a forecast.</summary>
internal static class DateNotes
{
    public static void Add(Workspace work, SeriesRun run, List<Note> notes)
    {
        var dose = run.Rules.Doses[run.Target];
        var row = DoseEvaluation.RowAt(dose, work.Assessed);
        notes.Add(Earliest(work, run, dose, row));
        notes.Add(Recommended(work, run, dose, row));
        if (run.PastDue != None) notes.Add(PastDue(work, run, dose, row));
        if (run.Latest != None) notes.Add(Bound(run, "latest.max_age", run.Latest, row!.Source.Max, clause: row.Source.Clause));
    }

    /// <summary>The first of the bounds, in the order of FORECASTDTCAN-1, that lies on the earliest date.</summary>
    private static Note Earliest(Workspace work, SeriesRun run, DoseCode dose, AgeCode? row)
    {
        var day = run.Earliest;
        if (row is not null && work.Age(row.Min) == day) return Bound(run, "earliest.min_age", day, row.Source.Min, clause: row.Source.Clause);
        foreach (var interval in dose.Intervals)
            if (interval.Effective.Holds(work.Assessed) && interval.Source.Min is { } min && At(work, run, interval, min) == day)
                return Bound(run, "earliest.min_interval", day, min, From(work, run, interval), interval.Source.Observation, interval.Source.Clause);
        foreach (var conflict in dose.Conflicts)
            for (var i = 0; i < work.DoseCount; i++)
                if (work.Doses[i].Vaccine == conflict.Previous && conflict.End.After(work.Doses[i].Day) == day)
                    return Bound(run, "earliest.conflict", day, conflict.End, work.Doses[i].Original,
                        work.Rules.Vaccines[conflict.Previous].Source.Code, conflict.Clause);
        if (dose.SeasonStart == day) return Bound(run, "earliest.season", day);
        return work.OfAntigenCount > 0 && work.Doses[work.OfAntigen[work.OfAntigenCount - 1]].Day == day
            ? Bound(run, "earliest.last_dose", day, other: work.Doses[work.OfAntigen[work.OfAntigenCount - 1]].Original)
            : Bound(run, "earliest.birth", day);
    }

    private static Note Recommended(Workspace work, SeriesRun run, DoseCode dose, AgeCode? row)
    {
        if (run.Recommended > run.UnadjustedRecommended || run.UnadjustedRecommended == run.Earliest)
            return Bound(run, "recommended.earliest", run.Recommended);
        if (row is not null && work.Age(row.EarliestRecommended) == run.Recommended)
            return Bound(run, "recommended.age", run.Recommended, row.Source.EarliestRecommended, clause: row.Source.Clause);
        foreach (var interval in dose.Intervals)
            if (interval.Effective.Holds(work.Assessed) && interval.Source.EarliestRecommended is { } length
                && At(work, run, interval, length) == run.Recommended)
                return Bound(run, "recommended.interval", run.Recommended, length, From(work, run, interval),
                    interval.Source.Observation, interval.Source.Clause);
        return Bound(run, "recommended.earliest", run.Recommended);
    }

    private static Note PastDue(Workspace work, SeriesRun run, DoseCode dose, AgeCode? row)
    {
        if (run.PastDue > run.UnadjustedPastDue) return Bound(run, "past_due.earliest", run.PastDue);
        if (row is not null && row.LatestRecommended != None)
            return Bound(run, "past_due.age", run.PastDue, row.Source.LatestRecommended, clause: row.Source.Clause);
        foreach (var interval in dose.Intervals)
            if (interval.Effective.Holds(work.Assessed) && interval.Source.LatestRecommended is { } length
                && At(work, run, interval, length) - 1 == run.PastDue)
                return Bound(run, "past_due.interval", run.PastDue, length, From(work, run, interval),
                    interval.Source.Observation, interval.Source.Clause);
        return Bound(run, "past_due.earliest", run.PastDue);
    }

    private static int At(Workspace work, SeriesRun run, IntervalCode interval, Period length) =>
        DoseEvaluation.Reference(work, run, interval, work.OfAntigenCount) is var from and not None ? length.After(from) : None;

    private static int From(Workspace work, SeriesRun run, IntervalCode interval) =>
        DoseEvaluation.ReferenceDose(work, run, interval, work.OfAntigenCount) is var dose and not None ? work.Doses[dose].Original : None;

    private static Note Bound(SeriesRun run, string code, int day, Period? period = null, int other = None,
        string subject = "", Clause? clause = null) =>
        new(code, Target: run.Target + 1, Date: DateOnly.FromDayNumber(day), Period: period, Other: other, Subject: subject,
            Clause: clause ?? run.Rules.Doses[run.Target].Source.Clause);
}
