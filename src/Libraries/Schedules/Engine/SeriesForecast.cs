using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>What is due next in one series, and when (CDSi 7).</summary>
internal static class SeriesForecast
{
    public static void Forecast(Workspace work, SeriesRun run, bool immune, bool contraindicated)
    {
        SkipAll(work, run, work.Assessed);
        while (true)
        {
            if (run.Target >= run.Rules.Doses.Length)
            {
                run.Status = run.Satisfied > 0 ? SeriesStatus.Complete : SeriesStatus.NotRecommended;
                return;
            }
            if (immune || contraindicated)
            {
                run.Status = immune ? SeriesStatus.Immune : SeriesStatus.Contraindicated;
                return;
            }
            var target = run.Rules.Doses[run.Target];
            if (EveryVaccineContraindicated(work, run.Rules, target))
            {
                run.Status = SeriesStatus.Contraindicated;
                return;
            }
            if (target.SeasonEnd != None && work.Assessed > target.SeasonEnd)
            {
                run.Status = SeriesStatus.NotRecommended;
                return;
            }
            var row = DoseEvaluation.RowAt(target, work.Assessed);
            var max = row is null ? None : work.Age(row.Max);
            run.Start = CandidateEarliest(work, run, target, row);
            run.Earliest = Math.Max(work.Born, run.Start);
            if (max != None && (work.Assessed >= max || run.Earliest >= max))
            {
                (run.Status, run.Start) = (SeriesStatus.AgedOut, None);
                return;
            }
            // 7.6: the dose may prove unnecessary on the day on which it could first be given.
            if (SkipEvaluation.CanSkip(work, run, target, forecasting: true, run.Earliest, work.OfAntigenCount, out _))
            {
                run.Target++;
                SkipAll(work, run, work.Assessed);
                continue;
            }
            Dates(work, run, target, row, max);
            return;
        }
    }

    private static void SkipAll(Workspace work, SeriesRun run, int reference)
    {
        while (run.Target < run.Rules.Doses.Length
            && SkipEvaluation.CanSkip(work, run, run.Rules.Doses[run.Target], forecasting: true, reference, work.OfAntigenCount, out _)) run.Target++;
    }

    /// <summary>FORECASTDTCAN-1; None when no rule bounds it.</summary>
    private static int CandidateEarliest(Workspace work, SeriesRun run, DoseCode target, AgeCode? row)
    {
        var earliest = row is null ? None : work.Age(row.Min);
        foreach (var interval in target.Intervals)
        {
            if (!interval.Effective.Holds(work.Assessed) || interval.Source.Min is not { } min) continue;
            var from = DoseEvaluation.Reference(work, run, interval, work.OfAntigenCount);
            if (from != None) earliest = Math.Max(earliest, min.After(from));
        }
        for (var i = 0; i < work.ConflictingCount && target.Conflicts.Length > 0; i++)
        {
            var dose = work.Doses[work.Conflicting[i]];
            foreach (var conflict in target.Conflicts)
                if (conflict.Previous == dose.Vaccine) earliest = Math.Max(earliest, conflict.End.After(dose.Day));
        }
        earliest = Math.Max(earliest, target.SeasonStart);
        if (work.OfAntigenCount > 0) earliest = Math.Max(earliest, work.Doses[work.OfAntigen[work.OfAntigenCount - 1]].Day);
        return earliest;
    }

    /// <summary>FORECASTDT-1 to -6.</summary>
    private static void Dates(Workspace work, SeriesRun run, DoseCode target, AgeCode? row, int max)
    {
        var (recommendedInterval, latestInterval) = (None, None);
        var (preferable, overriding) = (0, 0);
        foreach (var interval in target.Intervals)
        {
            if (!interval.Effective.Holds(work.Assessed)) continue;
            preferable++;
            if (interval.Source.Overrides) overriding++;
            var from = DoseEvaluation.Reference(work, run, interval, work.OfAntigenCount);
            if (from == None) continue;
            if (interval.Source.EarliestRecommended is { } recommended) recommendedInterval = Math.Max(recommendedInterval, recommended.After(from));
            if (interval.Source.LatestRecommended is { } latest) latestInterval = Math.Max(latestInterval, latest.After(from));
        }
        run.Priority = preferable > 0 && overriding == preferable;
        var recommendedAge = row is null ? None : work.Age(row.EarliestRecommended);
        var latestAge = row is null ? None : work.Age(row.LatestRecommended);
        run.UnadjustedRecommended = recommendedAge != None ? recommendedAge : recommendedInterval != None ? recommendedInterval : run.Earliest;
        run.Recommended = Math.Max(run.Earliest, run.UnadjustedRecommended);
        run.UnadjustedPastDue = latestAge != None ? latestAge - 1 : latestInterval != None ? latestInterval - 1 : None;
        run.PastDue = run.UnadjustedPastDue == None ? None : Math.Max(run.Earliest, run.UnadjustedPastDue);
        run.Latest = max == None ? None : max - 1;
        run.DoseNumber = 1 + Counted(work, run, target);
    }

    /// <summary>FORECASTDN-1: in a season only the doses of this season count.</summary>
    private static int Counted(Workspace work, SeriesRun run, DoseCode target)
    {
        if (target.SeasonStart == None) return run.Satisfied;
        var count = 0;
        for (var i = 0; i < work.OfAntigenCount; i++)
            if (run.Findings[i].Status == DoseStatus.Valid && work.Doses[work.OfAntigen[i]].Day >= target.SeasonStart) count++;
        return count;
    }

    /// <summary>Tables 7-6 and 7-7, which speak of the preferable vaccines of the whole series; a rule set may ask it of the next dose.</summary>
    public static bool EveryVaccineContraindicated(Workspace work, SeriesCode series, DoseCode next)
    {
        var rules = work.Rules.Antigens[series.Antigen].VaccineContraindications;
        if (!work.AnyActive || !AnyActive(work, rules)) return false;
        var any = false;
        foreach (var dose in work.Rules.Source.Reading.ContraindicateByDose ? new ReadOnlySpan<DoseCode>(in next) : series.Doses)
            foreach (var preferable in dose.Preferable)
            {
                if (!IsContraindicated(work, rules, preferable.Vaccine)) return false;
                any = true;
            }
        return any;
    }

    private static bool AnyActive(Workspace work, VaccineContraCode[] rules)
    {
        foreach (var rule in rules)
            if (work.Active[rule.Observation]) return true;
        return false;
    }

    public static bool IsContraindicated(Workspace work, VaccineContraCode[] rules, int vaccine)
    {
        foreach (var rule in rules)
        {
            if (!work.Active[rule.Observation] || rule.Source.Effect == ContraindicationEffect.Evaluate) continue;
            foreach (var (named, begin, end) in rule.Vaccines)
                if (named == vaccine && work.AtAge(work.Assessed, begin, end)) return true;
        }
        return false;
    }
}
