using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Why a dose counts or does not: each rule that it broke, by how many days, and the day on which it would have counted.</summary>
internal static class DoseNotes
{
    public static void Add(Workspace work, SeriesRun run, int at, List<Note> notes)
    {
        var dose = work.Doses[work.OfAntigen[at]];
        var finding = run.Findings[at];
        var target = run.Rules.Doses[finding.Target];
        var clause = target.Source.Clause ?? run.Rules.Source.Clause;
        if (finding.Status == DoseStatus.Valid) notes.Add(new Note("dose.valid", dose.Original, finding.Target + 1, Clause: clause));
        if (finding.Reason == DoseReason.Inadvertent)
        {
            notes.Add(new Note("dose.inadvertent", dose.Original, finding.Target + 1,
                Subject: work.Rules.Vaccines[dose.Vaccine].Source.Code, Clause: clause));
            return;
        }
        var free = Math.Max(Age(work, dose, finding, target, clause, notes), None);
        if (finding.Status == DoseStatus.Extraneous) return;
        free = Math.Max(free, Intervals(work, run, at, dose, finding, target, clause, notes));
        free = Math.Max(free, Conflict(work, run, at, dose, finding, notes));
        if (work.Patient.Doses[dose.Original].Volume is { } given && Least(dose, target) is { } asked && given < asked)
            notes.Add(new Note("dose.low_volume", dose.Original, finding.Target + 1,
                Subject: asked.ToString(System.Globalization.CultureInfo.InvariantCulture), Clause: clause));
        var wrong = DoseEvaluation.Vaccine(work, dose, target);
        if (wrong != DoseReason.None) notes.Add(new Note(wrong switch
        {
            DoseReason.WrongVaccineAge => "dose.wrong_vaccine_age",
            DoseReason.WrongProduct => "dose.wrong_product",
            _ => "dose.wrong_vaccine",
        }, dose.Original, finding.Target + 1, Subject: Accepted(work, dose, target), Clause: clause));
        // What would have made it count: the latest of the days that its rules asked for.
        if (finding.Status == DoseStatus.NotValid && free > dose.Day)
            notes.Add(new Note("dose.would_count_from", dose.Original, finding.Target + 1,
                DateOnly.FromDayNumber(free), free - dose.Day, Clause: clause));
    }

    /// <returns>The first day that satisfies the rule; None when it is satisfied.</returns>
    private static int Age(Workspace work, DoseDay dose, DoseFinding finding, DoseCode target, Clause? clause, List<Note> notes)
    {
        if (DoseEvaluation.RowAt(target, dose.Day) is not { } row) return None;
        clause = row.Source.Clause ?? clause;
        if (row.Max != None && dose.Day >= work.AgeDay[row.Max] && finding.Reason == DoseReason.TooOld)
            notes.Add(new Note("dose.too_old", dose.Original, finding.Target + 1, DateOnly.FromDayNumber(work.AgeDay[row.Max] - 1),
                dose.Day - work.AgeDay[row.Max] + 1, row.Source.Max, Clause: clause));
        else if (finding.Reason == DoseReason.TooYoung)
        {
            var day = work.AgeDay[row.AbsoluteMin];
            notes.Add(new Note("dose.too_young", dose.Original, finding.Target + 1, DateOnly.FromDayNumber(day), day - dose.Day,
                row.Source.AbsoluteMin, Clause: clause));
            return day;
        }
        else if (row.Min != None && finding is { Grace: true, Status: DoseStatus.Valid } && dose.Day < work.AgeDay[row.Min])
            notes.Add(new Note("dose.grace_age", dose.Original, finding.Target + 1, DateOnly.FromDayNumber(work.AgeDay[row.Min]),
                work.AgeDay[row.Min] - dose.Day, row.Source.Min, Clause: clause));
        return None;
    }

    private static int Intervals(Workspace work, SeriesRun run, int at, DoseDay dose, DoseFinding finding,
        DoseCode target, Clause? clause, List<Note> notes)
    {
        var free = None;
        var byAllowable = finding.Status == DoseStatus.Valid && target.AllowableIntervals.Length > 0;
        foreach (var interval in target.Intervals)
        {
            if (!interval.Effective.Holds(dose.Day)) continue;
            var from = DoseEvaluation.Reference(work, run, interval, at);
            if (from == None) continue;
            var other = interval.From == IntervalFrom.Observation ? None : work.Doses[DoseEvaluation.ReferenceDose(work, run, interval, at)].Original;
            var note = new Note("", dose.Original, finding.Target + 1, Other: other, Subject: interval.Source.Observation,
                Clause: interval.Source.Clause ?? clause);
            if (interval.Source.AbsoluteMin is { } absolute && absolute.After(from) is var day && dose.Day < day)
            {
                notes.Add(note with
                {
                    Code = byAllowable ? "dose.allowed_interval" : "dose.too_soon",
                    Date = DateOnly.FromDayNumber(day),
                    Days = day - dose.Day,
                    Period = absolute
                });
                if (!byAllowable) free = Math.Max(free, day);
            }
            else if (interval.Source.Min is { } min && min.After(from) is var least && dose.Day < least)
                notes.Add(note with { Code = "dose.grace_interval", Date = DateOnly.FromDayNumber(least), Days = least - dose.Day, Period = min });
            if (interval.Source.Max is { } max && max.After(from) is var last && dose.Day > last)
                notes.Add(note with
                {
                    Code = interval.Source.LateInvalid ? "dose.too_late" : "dose.late",
                    Date = DateOnly.FromDayNumber(last),
                    Days = dose.Day - last,
                    Period = max
                });
        }
        return free;
    }

    private static int Conflict(Workspace work, SeriesRun run, int at, DoseDay dose, DoseFinding finding, List<Note> notes)
    {
        var with = DoseEvaluation.Conflict(work, run, at, dose, out var rule, out var free);
        if (with == None) return None;
        notes.Add(new Note("dose.conflict", dose.Original, finding.Target + 1, DateOnly.FromDayNumber(free),
            free - dose.Day, rule!.End, work.Doses[with].Original,
            work.Rules.Vaccines[rule.Previous].Source.Code, rule.Clause));
        return free;
    }

    /// <summary>The volume that the rules ask of the vaccine; too little is noted and never a reason against the dose (CDSi 6.8).</summary>
    private static decimal? Least(DoseDay dose, DoseCode target)
    {
        foreach (var preferable in target.Preferable)
            if (preferable.Vaccine == dose.Vaccine && preferable.Source.Volume is { } volume) return volume;
        return null;
    }

    private static string Accepted(Workspace work, DoseDay dose, DoseCode target) => string.Join(' ', target.Preferable
        .Where(p => work.AtAge(dose.Day, p.BeginAge, p.EndAge)).Select(p => p.Source.Vaccine)
        .Concat(target.Allowable.Where(a => work.AtAge(dose.Day, a.BeginAge, a.EndAge)).Select(a => a.Source.Vaccine)).Distinct());
}
