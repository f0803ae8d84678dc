namespace Legwork.Schedules;

public enum SkipContext : byte { Evaluation, Forecast, Both }

/// <summary>When a target dose need not be given (CDSi 6.2). <paramref name="AllSets"/>: every set must be met, else one is enough.</summary>
public sealed record Skip(SkipContext Context, bool AllSets, IReadOnlyList<SkipSet> Sets);

/// <param name="AllConditions">Every condition must be met, else one is enough.</param>
public sealed record SkipSet(string Text, bool AllConditions, IReadOnlyList<SkipCondition> Conditions,
    DateRange Effective = default, Clause? Clause = null);

/// <summary>
/// One of the closed set of conditions below. The reference date is the day of the dose when evaluating, the assessment date when forecasting, and
/// the forecast's earliest date when the forecast is validated (CONDSKIP-2).
/// </summary>
public abstract record SkipCondition;

/// <summary><c>BeginAge ≤ age on the reference date &lt; EndAge</c>.</summary>
public sealed record SkipByAge(Period? BeginAge, Period? EndAge) : SkipCondition;

/// <summary>The reference date lies at least <paramref name="Since"/> after the dose before, whatever became of that one (CALCDTSKIP-5).</summary>
public sealed record SkipByInterval(Period Since) : SkipCondition;

/// <summary>A relevant series of one of these groups of the antigen is complete.</summary>
public sealed record SkipByCompletedSeries(IReadOnlyList<string> Groups) : SkipCondition;

/// <summary>
/// Compares a count of doses. An empty list of vaccines counts every dose of the antigen; a list counts its vaccines also where they hold nothing of
/// the antigen, which have no status and so are never "valid".
/// </summary>
/// <param name="ValidOnly">Only doses found valid in this series, else every dose given.</param>
/// <param name="From">First day counted.</param>
/// <param name="Before">First day no longer counted.</param>
public sealed record SkipByCount(IReadOnlyList<string> Vaccines, bool ValidOnly, CountComparison Comparison, int Count,
    Period? BeginAge = null, Period? EndAge = null, DateOnly? From = null, DateOnly? Before = null) : SkipCondition;

public enum CountComparison : byte { Equal, GreaterThan, LessThan }
