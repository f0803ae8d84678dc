using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Holds the antigen's doses, in order, against the target doses of one series (CDSi 4.4 and 6).</summary>
internal static class DoseEvaluation
{
    public static void Evaluate(Workspace work, SeriesRun run)
    {
        var targets = run.Rules.Doses;
        for (var i = 0; i < work.OfAntigenCount; i++)
        {
            ref var finding = ref run.Findings[i];
            var dose = work.Doses[work.OfAntigen[i]];
            finding.Target = run.Target < targets.Length ? run.Target : None;
            if (Spoilt(work, dose, out var spoilt))
            {
                (finding.Status, finding.Reason) = (DoseStatus.Substandard, spoilt);
                // SELECTB-2 asks that every evaluation against the series was valid, and table 6-3 evaluates this dose as sub-standard.
                run.AllValid = false;
                continue;
            }
            while (run.Target < targets.Length && SkipEvaluation.CanSkip(work, run, targets[run.Target], forecasting: false, dose.Day, i, out _))
                run.Target++;
            if (run.Target >= targets.Length)
            {
                (finding.Status, finding.Reason, finding.Target) = (DoseStatus.Extraneous, DoseReason.SeriesComplete, None);
                continue;
            }
            finding.Target = run.Target;
            Hold(work, run, i, dose, targets[run.Target], ref finding);
            if (finding.Status != DoseStatus.Valid)
            {
                run.AllValid = false;
                continue;
            }
            run.Satisfied++;
            if (run.FirstValidDay == None) run.FirstValidDay = dose.Day;
            if (!targets[run.Target].Recurring) run.Target++;
        }
    }

    private static bool Spoilt(Workspace work, DoseDay dose, out DoseReason reason)
    {
        var given = work.Patient.Doses[dose.Original];
        reason = given.Substandard ? DoseReason.Condition : given.LotExpires is { } expires && given.On > expires
            ? DoseReason.Expired : DoseReason.None;
        return reason != DoseReason.None;
    }

    /// <summary>All sections of chapter 6 against one target dose; the first that fails names the reason, the notes name all that fail.</summary>
    private static void Hold(Workspace work, SeriesRun run, int at, DoseDay dose, DoseCode target, ref DoseFinding finding)
    {
        finding.Status = DoseStatus.Valid;
        if (target.Inadvertent.Has(dose.Vaccine))
        {
            Fail(ref finding, DoseStatus.NotValid, DoseReason.Inadvertent);
            return;
        }
        Age(work, dose, target, ref finding);
        if (finding.Status == DoseStatus.Extraneous) return;
        Intervals(work, run, at, dose, target, ref finding);
        if (Conflict(work, run, at, dose, out _, out _) != None) Fail(ref finding, DoseStatus.NotValid, DoseReason.Conflict);
        var wrong = Vaccine(work, dose, target);
        if (wrong != DoseReason.None) Fail(ref finding, DoseStatus.NotValid, wrong);
    }

    private static void Fail(ref DoseFinding finding, DoseStatus status, DoseReason reason)
    {
        if (finding.Status == DoseStatus.Valid) (finding.Status, finding.Reason) = (status, reason);
    }

    private static void Age(Workspace work, DoseDay dose, DoseCode target, ref DoseFinding finding)
    {
        if (RowAt(target, dose.Day) is not { } row) return;
        if (row.AbsoluteMin != None && dose.Day < work.AgeDay[row.AbsoluteMin] && !HasOwnAge(work, dose, target))
            Fail(ref finding, DoseStatus.NotValid, DoseReason.TooYoung);
        else if (row.Max != None && dose.Day >= work.AgeDay[row.Max]) Fail(ref finding, DoseStatus.Extraneous, DoseReason.TooOld);
        else if (row.Min != None && dose.Day < work.AgeDay[row.Min]) finding.Grace = true;
    }

    private static bool HasOwnAge(Workspace work, DoseDay dose, DoseCode target)
    {
        foreach (var allowable in target.Allowable)
            if (allowable.Source.OwnAge && allowable.Vaccine == dose.Vaccine && work.AtAge(dose.Day, allowable.BeginAge, allowable.EndAge))
                return true;
        return false;
    }

    /// <summary>The age row in effect on the day (RELEVANT-1 and -2).</summary>
    public static AgeCode? RowAt(DoseCode target, int day)
    {
        foreach (var row in target.Ages)
            if (row.Effective.Holds(day)) return row;
        return null;
    }

    private static void Intervals(Workspace work, SeriesRun run, int at, DoseDay dose, DoseCode target, ref DoseFinding finding)
    {
        if (All(work, run, at, dose, target.Intervals, out var reason, out var grace))
        {
            finding.Grace |= grace;
            return;
        }
        if (AnyHolds(target.AllowableIntervals, dose.Day) && All(work, run, at, dose, target.AllowableIntervals, out _, out _)) return;
        Fail(ref finding, DoseStatus.NotValid, reason);
    }

    private static bool AnyHolds(IntervalCode[] intervals, int day)
    {
        foreach (var interval in intervals)
            if (interval.Effective.Holds(day)) return true;
        return false;
    }

    private static bool All(Workspace work, SeriesRun run, int at, DoseDay dose, IntervalCode[] intervals, out DoseReason reason, out bool grace)
    {
        (reason, grace) = (DoseReason.None, false);
        foreach (var interval in intervals)
        {
            if (!interval.Effective.Holds(dose.Day)) continue;
            var from = Reference(work, run, interval, at);
            if (from == None) continue;
            if (interval.Source.AbsoluteMin is { } absolute && dose.Day < absolute.After(from)) reason = DoseReason.TooSoon;
            else if (interval.Source is { Max: { } max, LateInvalid: true } && dose.Day > max.After(from)) reason = DoseReason.TooLate;
            else if (interval.Source.Min is { } min && dose.Day < min.After(from)) grace = true;
            if (reason != DoseReason.None) return false;
        }
        return true;
    }

    /// <summary>The day from which an interval counts; None when there is none, and then the interval asks nothing.</summary>
    /// <param name="before">How many of the antigen's doses lie before.</param>
    public static int Reference(Workspace work, SeriesRun run, IntervalCode interval, int before)
    {
        if (interval.From == IntervalFrom.Observation) return work.ObservedOn[interval.Observation];
        var dose = ReferenceDose(work, run, interval, before);
        return dose == None ? None : work.Doses[dose].Day;
    }

    /// <summary>The dose from which an interval counts, as a place in <see cref="Workspace.Doses"/> (CALCDTINT-1,
    /// -2, -8); None without one.</summary>
    public static int ReferenceDose(Workspace work, SeriesRun run, IntervalCode interval, int before)
    {
        var at = None;
        if (interval.From == IntervalFrom.PreviousDose) at = SkipEvaluation.Previous(run, before);
        for (var i = before - 1; i >= 0 && at == None; i--)
            if (interval.From == IntervalFrom.TargetDose ? run.Findings[i].Status == DoseStatus.Valid && run.Findings[i].Target == interval.TargetDose
                : interval.From == IntervalFrom.MostRecent && interval.Vaccines.Has(work.Doses[work.OfAntigen[i]].Vaccine)
                    && run.Findings[i].Reason != DoseReason.Inadvertent) at = i;
        if (at != None) at = work.OfAntigen[at];
        return interval.From == IntervalFrom.MostRecent && interval.Outside ? LaterOutside(work, interval, before, at) : at;
    }

    /// <summary>
    /// CALCDTINT-8 asks for a vaccine type, whatever the antigen: Tdap waits for the Td before it, though Td holds nothing of pertussis. A dose of
    /// another antigen has no status here, and on the same day it is not the dose before.
    /// </summary>
    private static int LaterOutside(Workspace work, IntervalCode interval, int before, int found)
    {
        for (var i = work.DoseCount - 1; i > found; i--)
            if (interval.Vaccines.Has(work.Doses[i].Vaccine) && work.IsOutside(i, before))
                return found == None || work.Doses[i].Day > work.Doses[found].Day ? i : found;
        return found;
    }

    /// <summary>CDSi 6.7: the earlier dose, of any antigen, whose conflict ends last after this dose; None without one.</summary>
    /// <param name="free">The day from which no conflict stands.</param>
    public static int Conflict(Workspace work, SeriesRun run, int at, DoseDay dose, out ConflictCode? rule, out int free)
    {
        (rule, free) = (null, None);
        var conflicts = work.Rules.Vaccines[dose.Vaccine].Conflicts;
        var with = None;
        if (conflicts.Length == 0) return with;
        for (var k = 0; k < work.ConflictingCount && work.Conflicting[k] is var i && work.Doses[i].Day <= dose.Day; k++)
            foreach (var conflict in conflicts)
            {
                if (conflict.Previous != work.Doses[i].Vaccine || i == work.OfAntigen[at] || dose.Day < conflict.Begin.After(work.Doses[i].Day))
                    continue;
                var end = (CountsAsValid(work, run, i, at) ? conflict.MinEnd : conflict.End).After(work.Doses[i].Day);
                if (dose.Day < end && end > free) (rule, free, with) = (conflict, end, i);
            }
        return with;
    }

    /// <summary>CALCDTCONFLICT-2: valid in this series, or of another antigen and so without a status here.</summary>
    private static bool CountsAsValid(Workspace work, SeriesRun run, int dose, int before)
    {
        for (var i = 0; i < before; i++)
            if (work.OfAntigen[i] == dose) return run.Findings[i].Status == DoseStatus.Valid;
        return true;
    }

    /// <summary>CDSi 6.8 and 6.9; None when the vaccine is preferable or allowable.</summary>
    public static DoseReason Vaccine(Workspace work, DoseDay dose, DoseCode target)
    {
        var reason = DoseReason.WrongVaccine;
        foreach (var preferable in target.Preferable)
        {
            if (preferable.Vaccine != dose.Vaccine) continue;
            if (!work.AtAge(dose.Day, preferable.BeginAge, preferable.EndAge)) reason = DoseReason.WrongVaccineAge;
            else if (!IsProduct(preferable.Source, work.Patient.Doses[dose.Original])) reason = DoseReason.WrongProduct;
            else return DoseReason.None;
        }
        foreach (var allowable in target.Allowable)
        {
            if (allowable.Vaccine != dose.Vaccine) continue;
            if (work.AtAge(dose.Day, allowable.BeginAge, allowable.EndAge)) return DoseReason.None;
            reason = DoseReason.WrongVaccineAge;
        }
        return reason;
    }

    private static bool IsProduct(PreferableVaccine wanted, DoseGiven given) =>
        wanted.TradeName.Length == 0 && wanted.Maker.Length == 0
        || wanted.Maker.Length > 0 && wanted.Maker == given.Maker
        || wanted.TradeName.Length > 0 && wanted.TradeName.Equals(given.TradeName, StringComparison.OrdinalIgnoreCase);
}
