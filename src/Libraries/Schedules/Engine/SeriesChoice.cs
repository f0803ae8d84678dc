using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Which series of a series group fits the patient (CDSi 8.1 to 8.7), and which of the chosen ones stand (8.8).</summary>
internal static class SeriesChoice
{
    /// <summary>Places in the antigen's series, one a series group; None where the group has nothing for the patient.</summary>
    public static void Prioritize(Workspace work, AntigenCode antigen, Span<int> chosen)
    {
        Span<int> scorable = stackalloc int[antigen.Series.Length];
        for (var group = 0; group < antigen.SeriesGroups.Length; group++)
        {
            var count = Scorable(work, antigen, group, scorable);
            chosen[group] = One(work, antigen, group, scorable[..count]);
        }
    }

    /// <summary>SELECTB-24 and SELECTSCORE-2.</summary>
    private static int Scorable(Workspace work, AntigenCode antigen, int group, Span<int> scorable)
    {
        var (allContraindicated, noneValid, hasDefault, best) = (true, true, false, char.MaxValue);
        foreach (var series in antigen.Series)
        {
            if (series.Group != group || !work.Runs[series.Index].Relevant) continue;
            var run = work.Runs[series.Index];
            allContraindicated &= run.Status == SeriesStatus.Contraindicated;
            noneValid &= run.Satisfied == 0;
            hasDefault |= series.Source.IsDefault;
            if (series.Source.Type == SeriesType.Risk && series.Source.Priority < best) best = series.Source.Priority;
        }
        var count = 0;
        for (var i = 0; i < antigen.Series.Length; i++)
        {
            var series = antigen.Series[i];
            var run = work.Runs[series.Index];
            if (series.Group != group || !run.Relevant || run.Status == SeriesStatus.Contraindicated && !allContraindicated) continue;
            var counts = series.Source.Type switch
            {
                SeriesType.Risk => series.Source.Priority <= best,
                SeriesType.Standard => run.Satisfied > 0 ? series.MaxAgeToStart == None || run.FirstValidDay < work.AgeDay[series.MaxAgeToStart]
                    : noneValid && !hasDefault,
                _ => run.Complete,
            };
            if (counts) scorable[count++] = i;
        }
        return count;
    }

    /// <summary>Tables 8-3 and 8-5.</summary>
    private static int One(Workspace work, AntigenCode antigen, int group, ReadOnlySpan<int> scorable)
    {
        var (complete, inProcess, valid, single) = (0, 0, 0, None);
        foreach (var i in scorable)
        {
            var run = work.Runs[antigen.Series[i].Index];
            if (run.Complete) complete++;
            else if (run.InProcess) inProcess++;
            if (run.Satisfied > 0) valid++;
        }
        if (scorable.Length == 1) return scorable[0];
        if (work.Rules.Source.Reading.SimpleChoice && valid > 0) return Simple(work, antigen, scorable, complete > 0);
        if (complete == 0 && inProcess == 0 || scorable.Length == 0)
            for (var i = 0; i < antigen.Series.Length; i++)
                if (antigen.Series[i].Group == group && antigen.Series[i].Source.IsDefault && work.Runs[antigen.Series[i].Index].Relevant) single = i;
        if (single != None || scorable.Length == 0) return single;
        Span<int> scored = stackalloc int[scorable.Length];
        Span<int> points = stackalloc int[scorable.Length];
        var count = 0;
        foreach (var i in scorable)
        {
            var run = work.Runs[antigen.Series[i].Index];
            if (complete > 0 ? run.Complete : inProcess == 0 || run.InProcess) scored[count++] = i;
        }
        if (count == 1) return scored[0];
        scored = scored[..count];
        points = points[..count];
        if (complete > 0) Score(work, antigen, scored, points, static (_, run) => run.Satisfied, 1, 0, -1);
        else if (inProcess > 0 || valid > 0) SeriesScores.InProcess(work, antigen, scored, points);
        else SeriesScores.NoValidDoses(work, antigen, scored, points);
        return Highest(antigen, scored, points);
    }

    /// <summary>Of the complete series, or of all, the one with most valid doses; among equals the preferred.</summary>
    private static int Simple(Workspace work, AntigenCode antigen, ReadOnlySpan<int> scorable, bool complete)
    {
        var best = None;
        foreach (var i in scorable)
        {
            var run = work.Runs[antigen.Series[i].Index];
            if (complete && !run.Complete) continue;
            var more = best == None ? 1 : run.Satisfied - work.Runs[antigen.Series[best].Index].Satisfied;
            if (more > 0 || more == 0 && Preference(antigen, i) < Preference(antigen, best)) best = i;
        }
        return best;
    }

    /// <summary>SELECTBEST-2.</summary>
    private static int Highest(AntigenCode antigen, ReadOnlySpan<int> scored, ReadOnlySpan<int> points)
    {
        var best = 0;
        for (var i = 1; i < scored.Length; i++)
            if (points[i] > points[best] || points[i] == points[best] && Preference(antigen, scored[i]) < Preference(antigen, scored[best])) best = i;
        return scored[best];
    }

    private static int Preference(AntigenCode antigen, int series) => antigen.Series[series].Source.Preference ?? int.MaxValue;

    /// <summary>Points for having the highest measure: alone, with others, or not.</summary>
    public static void Score(Workspace work, AntigenCode antigen, ReadOnlySpan<int> scored, Span<int> points,
        Func<Workspace, SeriesRun, int> measure, int alone, int shared, int not)
    {
        var (best, holders) = (int.MinValue, 0);
        foreach (var i in scored)
        {
            var value = measure(work, work.Runs[antigen.Series[i].Index]);
            if (value > best) (best, holders) = (value, 1);
            else if (value == best) holders++;
        }
        for (var i = 0; i < scored.Length; i++)
            points[i] += best == int.MinValue || measure(work, work.Runs[antigen.Series[scored[i]].Index]) != best ? not : holders == 1
                ? alone : shared;
    }

    /// <summary>Table 8-14: whether the prioritized series of a group is needed beside those of equivalent groups.</summary>
    public static bool IsBest(Workspace work, AntigenCode antigen, int group, ReadOnlySpan<int> chosen)
    {
        var series = antigen.Series[chosen[group]];
        if (work.Runs[series.Index].Complete) return true;
        var (complete, risk) = (false, false);
        for (var other = 0; other < chosen.Length; other++)
        {
            if (other == group || chosen[other] == None || (series.EquivalentGroups >> other & 1) == 0) continue;
            complete |= work.Runs[antigen.Series[chosen[other]].Index].Complete;
            risk |= antigen.Series[chosen[other]].Source.Type == SeriesType.Risk;
        }
        return !complete && series.Source.Type switch { SeriesType.EvaluationOnly => false, SeriesType.Risk => true, _ => !risk };
    }
}
