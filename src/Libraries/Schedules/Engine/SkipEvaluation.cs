using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Whether a target dose may be skipped (CDSi 6.2, 7.1, 7.6).</summary>
internal static class SkipEvaluation
{
    /// <param name="reference">Day of the dose, the assessment date or the forecast's earliest date (CONDSKIP-2).</param>
    /// <param name="before">How many of the antigen's doses lie before the one at hand; all of them in a forecast.</param>
    /// <param name="met">The set by which it is skipped.</param>
    public static bool CanSkip(Workspace work, SeriesRun run, DoseCode dose, bool forecasting, int reference, int before, out SkipSetCode? met)
    {
        met = null;
        foreach (var skip in dose.Skips)
        {
            if (!(forecasting ? skip.InForecast : skip.InEvaluation)) continue;
            var (sets, holding) = (0, 0);
            foreach (var set in skip.Sets)
            {
                if (!set.Effective.Holds(forecasting ? work.Assessed : reference)) continue;
                sets++;
                if (!Met(work, run, set, reference, before)) continue;
                holding++;
                met = set;
                if (!skip.AllSets) return true;
            }
            if (sets > 0 && holding == sets) return true;
        }
        met = null;
        return false;
    }

    private static bool Met(Workspace work, SeriesRun run, SkipSetCode set, int reference, int before)
    {
        foreach (var condition in set.Conditions)
            if (Met(work, run, condition, reference, before) != set.AllConditions) return !set.AllConditions;
        return set.AllConditions && set.Conditions.Length > 0;
    }

    private static bool Met(Workspace work, SeriesRun run, ConditionCode condition, int reference, int before) => condition.Kind switch
    {
        ConditionKind.Age => work.AtAge(reference, condition.BeginAge, condition.EndAge),
        // CALCDTSKIP-5 asks for the dose before, whatever became of it; only the intervals of a dose pass over some (CALCDTINT-1).
        ConditionKind.Interval => before > 0 && reference >= condition.Since.After(work.Doses[work.OfAntigen[before - 1]].Day),
        ConditionKind.CompletedSeries => AnyComplete(work, run.Rules.Antigen, condition.Groups),
        _ => Compare(Count(work, run, condition, before), condition),
    };

    private static bool Compare(int count, ConditionCode condition) => condition.Comparison switch
    {
        CountComparison.GreaterThan => count > condition.Count,
        CountComparison.LessThan => count < condition.Count,
        _ => count == condition.Count,
    };

    private static int Count(Workspace work, SeriesRun run, ConditionCode condition, int before)
    {
        var count = 0;
        for (var i = 0; i < before; i++)
        {
            var dose = work.Doses[work.OfAntigen[i]];
            if (condition.ValidOnly && run.Findings[i].Status != DoseStatus.Valid) continue;
            if (!condition.Vaccines.IsEmpty && !condition.Vaccines.Has(dose.Vaccine)) continue;
            if (work.AtAge(dose.Day, condition.BeginAge, condition.EndAge) && condition.Dates.Holds(dose.Day)) count++;
        }
        // CONDSKIP-1 asks for vaccine types, whatever the antigen: a Td makes a Tdap unnecessary. Without a status here such a dose is never "valid".
        for (var i = 0; condition.Outside && i < work.DoseCount; i++)
            if (condition.Vaccines.Has(work.Doses[i].Vaccine) && work.IsOutside(i, before)
                && work.AtAge(work.Doses[i].Day, condition.BeginAge, condition.EndAge) && condition.Dates.Holds(work.Doses[i].Day)) count++;
        return count;
    }

    private static bool AnyComplete(Workspace work, int antigen, uint groups)
    {
        foreach (var series in work.Rules.Antigens[antigen].Series)
            if ((groups >> series.Group & 1) != 0 && work.Runs[series.Index] is { Relevant: true, Complete: true }) return true;
        return false;
    }

    /// <summary>The latest dose before that was valid or not valid and not inadvertent (CALCDTINT-1); None without one.</summary>
    public static int Previous(SeriesRun run, int before)
    {
        for (var i = before - 1; i >= 0; i--)
            if (run.Findings[i].Status is DoseStatus.Valid or DoseStatus.NotValid && run.Findings[i].Reason != DoseReason.Inadvertent) return i;
        return None;
    }
}
