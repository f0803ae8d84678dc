namespace Legwork.Schedules;

public enum SeriesType : byte
{
    /// <summary>For everybody of the sex and birth cohort.</summary>
    Standard,
    /// <summary>For those to whom an indication applies.</summary>
    Risk,
    /// <summary>Never forecast; counts when it is complete.</summary>
    EvaluationOnly,
}

/// <summary>One path to immunity against one antigen: target doses in order (CDSi 4.3, 8).</summary>
public sealed record Series
{
    public required string Name { get; init; }
    /// <summary>Code of the <see cref="VaccineGroup"/> in which its forecast appears.</summary>
    public required string VaccineGroup { get; init; }
    public SeriesType Type { get; init; }
    /// <summary>Series of one group compete; one of them is chosen. Unique within the antigen.</summary>
    public string Group { get; init; } = "1";
    /// <summary>Other groups of the antigen whose completed or risk series makes this one unnecessary (CDSi 8.8).</summary>
    public IReadOnlyList<string> EquivalentGroups { get; init; } = [];
    /// <summary>Exactly one of a group of standard series: chosen when nothing distinguishes them.</summary>
    public bool IsDefault { get; init; }
    /// <summary>The series is made of doses of one product.</summary>
    public bool ProductPath { get; init; }
    /// <summary>'A' outranks 'B' among risk series of one group.</summary>
    public char Priority { get; init; } = 'A';
    /// <summary>1 is preferred when scores tie; null is last.</summary>
    public int? Preference { get; init; }
    public Period? MinAgeToStart { get; init; }
    /// <summary>A standard series whose first valid dose lies on or after this age is no candidate (SELECTSCORE-2).</summary>
    public Period? MaxAgeToStart { get; init; }
    /// <summary>Empty is everybody. CDC lists Unknown where it means "not male".</summary>
    public IReadOnlyList<Sex> Sexes { get; init; } = [];
    /// <summary>Birth dates for which the series exists, such as girls born on or after 2011-11-10.</summary>
    public DateRange Born { get; init; } = DateRange.Always;
    /// <summary>A risk series is relevant when at least one applies.</summary>
    public IReadOnlyList<Indication> Indications { get; init; } = [];
    public IReadOnlyList<string> Guidance { get; init; } = [];
    public required IReadOnlyList<SeriesDose> Doses { get; init; }
    public Clause? Clause { get; init; }
}

/// <summary>Applies when all <paramref name="Observations"/> are active and <c>BeginAge ≤ age on the assessment
/// date &lt; EndAge</c> (CDSi 5.1).</summary>
public sealed record Indication(IReadOnlyList<string> Observations, Period? BeginAge = null, Period? EndAge = null,
    string Text = "", string Guidance = "");

/// <summary>One target dose (CDSi 6). Lists that are empty ask nothing, except that a dose must be a preferable or an allowable vaccine.</summary>
public sealed record SeriesDose
{
    /// <summary>Counted from 1 in the order of the series.</summary>
    public required int Number { get; init; }
    public IReadOnlyList<AgeRule> Ages { get; init; } = [];
    /// <summary>All must hold, or all of <see cref="AllowableIntervals"/>.</summary>
    public IReadOnlyList<Interval> Intervals { get; init; } = [];
    public IReadOnlyList<Interval> AllowableIntervals { get; init; } = [];
    public required IReadOnlyList<PreferableVaccine> Preferable { get; init; }
    public IReadOnlyList<AllowableVaccine> Allowable { get; init; } = [];
    /// <summary>Codes of vaccines that never count for this dose, and do not count as a previous dose either.</summary>
    public IReadOnlyList<string> Inadvertent { get; init; } = [];
    public IReadOnlyList<Skip> Skips { get; init; } = [];
    /// <summary>Once satisfied the same target dose is due again.</summary>
    public bool Recurring { get; init; }
    /// <summary>Recommended only in these days of this season; both ends included.</summary>
    public DateRange? Season { get; init; }
    public Clause? Clause { get; init; }
}

/// <summary>
/// Ages of a dose; <paramref name="Effective"/> is asked of the day of the dose when evaluating and of the assessment date when forecasting.
/// A dose before <paramref name="AbsoluteMin"/> does not count; from there to <paramref name="Min"/> it counts by grace; on or after
/// <paramref name="Max"/> it is extraneous and the patient has aged out. National rules without grace give both minimums the same value.
/// "Complete before 12 months" is <paramref name="LatestRecommended"/> of 12 months: the dose is overdue from the day before.
/// </summary>
public sealed record AgeRule(Period? AbsoluteMin = null, Period? Min = null, Period? EarliestRecommended = null, Period? LatestRecommended = null,
    Period? Max = null, DateRange Effective = default, Clause? Clause = null);

public enum IntervalFrom : byte
{
    /// <summary>The latest dose of the antigen before, valid or not, that is neither inadvertent nor extraneous.</summary>
    PreviousDose,
    /// <summary>The dose that satisfied <see cref="Interval.TargetDose"/>.</summary>
    TargetDose,
    /// <summary>The latest dose before of one of <see cref="Interval.Vaccines"/>, of whatever status and antigen, that is not inadvertent.</summary>
    MostRecent,
    /// <summary>The latest active observation <see cref="Interval.Observation"/>.</summary>
    Observation,
}

public sealed record Interval
{
    public IntervalFrom From { get; init; }
    public int TargetDose { get; init; }
    public IReadOnlyList<string> Vaccines { get; init; } = [];
    public string Observation { get; init; } = "";
    public Period? AbsoluteMin { get; init; }
    public Period? Min { get; init; }
    public Period? EarliestRecommended { get; init; }
    public Period? LatestRecommended { get; init; }
    /// <summary>The longest interval of a rule with both bounds ("7 to 10 days").
    /// A later dose counts, with a notice, unless <see cref="LateInvalid"/>.</summary>
    public Period? Max { get; init; }
    public bool LateInvalid { get; init; }
    /// <summary>In a vaccine group of several antigens this interval decides the earliest date alone (FORECASTPRIORITY-1).</summary>
    public bool Overrides { get; init; }
    public DateRange Effective { get; init; }
    public Clause? Clause { get; init; }
}

/// <summary>Counts at <c>BeginAge ≤ age &lt; EndAge</c>. With a maker or trade name only that product is preferable.</summary>
/// <param name="ForecastVaccine">The forecast names this vaccine.</param>
public sealed record PreferableVaccine(string Vaccine, Period? BeginAge = null, Period? EndAge = null, string TradeName = "", string Maker = "",
    decimal? Volume = null, bool ForecastVaccine = false, Clause? Clause = null);

/// <summary>Counts at <c>BeginAge ≤ age &lt; EndAge</c>, though another vaccine would have been recommended.</summary>
/// <param name="OwnAge">
/// Given at the ages of its own label: not held against the minimum ages of the dose, only against its own <paramref name="BeginAge"/>. The dose's
/// maximum age and intervals still hold.
/// </param>
public sealed record AllowableVaccine(string Vaccine, Period? BeginAge = null, Period? EndAge = null, Clause? Clause = null, bool OwnAge = false);
