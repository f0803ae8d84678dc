using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Points by which series in one group compete (CDSi 8.5 and 8.6).</summary>
internal static class SeriesScores
{
    public static void InProcess(Workspace work, AntigenCode antigen, ReadOnlySpan<int> scored, Span<int> points)
    {
        for (var i = 0; i < scored.Length; i++)
        {
            var series = antigen.Series[scored[i]];
            var run = work.Runs[series.Index];
            points[i] += series.Source.ProductPath && run.AllValid ? 2 : -2;
            points[i] += Completable(work, run) ? 3 : -3;
        }
        SeriesChoice.Score(work, antigen, scored, points, static (_, run) => run.Satisfied, 2, 0, -2);
        SeriesChoice.Score(work, antigen, scored, points, static (_, run) => -Remaining(run), 2, 0, -2);
        SeriesChoice.Score(work, antigen, scored, points,
            static (work, run) => Completable(work, run) ? -FinishDay(work, run) : int.MinValue, 1, 0, -1);
    }

    public static void NoValidDoses(Workspace work, AntigenCode antigen, ReadOnlySpan<int> scored, Span<int> points)
    {
        SeriesChoice.Score(work, antigen, scored, points, static (_, run) => run.Start == None ? int.MinValue : -run.Start, 1, 0, -1);
        for (var i = 0; i < scored.Length; i++)
        {
            var series = antigen.Series[scored[i]];
            points[i] += Completable(work, work.Runs[series.Index]) ? 1 : -1;
            points[i] += series.Source.ProductPath ? -1 : 1;
        }
    }

    private static int Remaining(SeriesRun run) => run.Rules.Doses.Length - run.Target;

    /// <summary>SELECTB-3.</summary>
    private static bool Completable(Workspace work, SeriesRun run)
    {
        if (run.Status != SeriesStatus.NotComplete) return false;
        var max = DoseEvaluation.RowAt(run.Rules.Doses[^1], work.Assessed) is { } row ? work.Age(row.Max) : None;
        return max == None || FinishDay(work, run) < max;
    }

    /// <summary>SELECTB-12: the earliest date plus the longest minimum interval that the remaining doses ask for.</summary>
    private static int FinishDay(Workspace work, SeriesRun run)
    {
        var start = run.Earliest == None ? work.Assessed : run.Earliest;
        var finish = start;
        for (var i = run.Target + 1; i < run.Rules.Doses.Length; i++)
            foreach (var interval in run.Rules.Doses[i].Intervals)
                if (interval.Source.Min is { } min && interval.Effective.Holds(work.Assessed)) finish = Math.Max(finish, min.After(start));
        return finish;
    }
}
