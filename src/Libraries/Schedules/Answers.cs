namespace Legwork.Schedules;

/// <summary>What became of a dose (CDSi table 3-1).</summary>
public enum DoseStatus : byte
{
    /// <summary>The rule set does not know the vaccine, or the vaccine holds nothing of the antigen at that age, or no series was relevant.</summary>
    NotEvaluated,
    Valid,
    /// <summary>Must be repeated.</summary>
    NotValid,
    /// <summary>Not as recommended, yet nothing to repeat: too old, or after the series was complete.</summary>
    Extraneous,
    /// <summary>Spoilt, expired or misadministered; must be repeated.</summary>
    Substandard,
}

public enum DoseReason : byte
{
    None, Inadvertent, TooYoung, TooOld, TooSoon, TooLate, Conflict, WrongVaccine, WrongVaccineAge, WrongProduct,
    SeriesComplete, Expired, Condition, UnknownVaccine,
}

/// <summary>Where a series, or a vaccine group, stands (CDSi table 3-3).</summary>
public enum SeriesStatus : byte { NotComplete, Complete, Immune, Contraindicated, AgedOut, NotRecommended }

/// <summary>One dose as its chosen series sees it.</summary>
/// <param name="Dose">Place in <see cref="Patient.Doses"/>, from 0.</param>
/// <param name="TargetDose">The target dose it satisfied or was held against, from 1; 0 for none.</param>
/// <param name="Grace">Valid only by the days of grace before a minimum.</param>
/// <param name="Clause">The clause of that target dose, where the rules name one.</param>
public readonly record struct DoseAnswer(int Dose, DoseStatus Status, DoseReason Reason, int TargetDose, bool Grace, Clause? Clause = null);

/// <summary>What one chosen series says.</summary>
/// <param name="DoseNumber">The next dose, from 1; 0 when none is due.</param>
/// <param name="TargetDose">Which of the series' doses is due, from 1; 0 when none is. Differs from the number where doses were skipped.</param>
/// <param name="Clause">The clause of the dose that is due; null when none is, or the rules name none.</param>
/// <param name="Doses">The antigen's doses in order of date.</param>
/// <param name="Notes">Why, when asked for; else empty.</param>
public sealed record SeriesAnswer(string Antigen, Series Series, SeriesStatus Status, int DoseNumber,
    int TargetDose, Clause? Clause, DateOnly? Earliest, DateOnly? Recommended, DateOnly? PastDue, DateOnly? Latest, IReadOnlyList<DoseAnswer> Doses,
    IReadOnlyList<string> RecommendedVaccines, IReadOnlyList<Note> Notes)
{
    /// <summary>What the rules tell the clinician beyond dates (FORECASTGUIDANCE-1), in their own words;
    /// empty unless an explanation was asked for.</summary>
    public IReadOnlyList<string> Guidance { get; init; } = [];
}

/// <summary>What a vaccine group says: the chosen series of its antigens that belong to one series group, taken together (CDSi 9).</summary>
/// <param name="SeriesGroup">Series groups are not blended, so a vaccine group may answer more than once:
/// for the risk and for later life, say.</param>
/// <param name="Type">Of the series it is made of.</param>
/// <param name="Started">False when the patient is younger than the age at which each of its series begins and no dose has counted for them.</param>
public sealed record GroupAnswer(VaccineGroup Group, string SeriesGroup, SeriesType Type, bool Started,
    SeriesStatus Status, int DoseNumber, DateOnly? Earliest, DateOnly? Recommended, DateOnly? PastDue,
    DateOnly? Latest, IReadOnlyList<SeriesAnswer> Series)
{
    /// <summary>The status of a dose over the antigens of the group: the worst of them counts.</summary>
    public DoseAnswer Dose(int dose)
    {
        var answer = new DoseAnswer(dose, DoseStatus.NotEvaluated, DoseReason.None, 0, false);
        foreach (var series in Series)
            foreach (var one in series.Doses)
                if (one.Dose == dose && Rank(one.Status) > Rank(answer.Status)) answer = one;
        return answer;
    }

    private static int Rank(DoseStatus status) => status switch
    {
        DoseStatus.NotValid => 4,
        DoseStatus.Substandard => 3,
        DoseStatus.Valid => 2,
        DoseStatus.Extraneous => 1,
        _ => 0,
    };
}

/// <summary>The whole answer for one person on one day: an answer a series group of each vaccine group for which a series was relevant.</summary>
public sealed record PatientForecast(DateOnly Assessed, IReadOnlyList<GroupAnswer> Groups)
{
    /// <summary>Codes of vaccines that were given by the day and that the rule set does not know:
    /// nothing in the answer rests on those doses.</summary>
    public IReadOnlyCollection<string> UnknownVaccines { get; init; } = [];

    /// <summary>Codes of observations that the rule set does not know: nothing in the answer rests on them.</summary>
    public IReadOnlyCollection<string> UnknownObservations { get; init; } = [];

    /// <summary>Whether something was told that the rules do not know.</summary>
    public bool HasUnknown => UnknownVaccines.Count > 0 || UnknownObservations.Count > 0;

    /// <summary>
    /// The one answer to act on for a vaccine group: of a series that has begun, if possible one that is not aged out, and there of a risk before a
    /// standard series (<see cref="Reading.RiskStands"/> puts the risk first). Who has aged out of the infants' series is told so, and not of a dose
    /// in old age. Null when no series of the group is for this person.
    /// </summary>
    public GroupAnswer? For(string group)
    {
        GroupAnswer? best = null;
        foreach (var answer in Groups)
            if (answer.Group.Code == group && (best is null || Rank(answer) < Rank(best))) best = answer;
        return best;
    }

    private int Rank(GroupAnswer answer) =>
        (answer.Started ? 0 : 4) + (answer.Status == SeriesStatus.AgedOut ? 2 : 0) + (answer.Type != SeriesType.Standard ? 0 : RiskStands ? 8 : 1);

    /// <summary>As <see cref="Reading.RiskStands"/> of the rules that answered.</summary>
    internal bool RiskStands { get; init; }

    /// <summary>
    /// What became of a dose in a vaccine group. A dose that counted in any chosen series of the group counts, whichever of them goes on; a dose that
    /// holds nothing of the group is answered by its own groups.
    /// </summary>
    public DoseAnswer Dose(string group, int dose) => Dose(For(group), group, dose);

    internal DoseAnswer Dose(GroupAnswer? main, string group, int dose)
    {
        var answer = main?.Dose(dose) ?? default;
        if (answer.Status != DoseStatus.Valid)
            foreach (var other in Groups)
                if (other.Group.Code == group && !ReferenceEquals(other, main) && other.Dose(dose) is var one
                    && (one.Status == DoseStatus.Valid || answer.Status == DoseStatus.NotEvaluated)) answer = one;
        if (answer.Status == DoseStatus.NotEvaluated)
            foreach (var other in Groups)
                if (other.Dose(dose) is var one && one.Status != DoseStatus.NotEvaluated
                    && (answer.Status == DoseStatus.NotEvaluated || one.Status == DoseStatus.Valid)) answer = one;
        return answer with { Dose = dose };
    }

    /// <summary>The number of the next dose in a vaccine group, counting doses that counted in another of its chosen
    /// series; 0 when none is due.</summary>
    public int DoseNumber(string group) => For(group) is { } answer ? DoseNumber(answer) : 0;

    internal int DoseNumber(GroupAnswer main)
    {
        var number = main.DoseNumber;
        if (number == 0) return 0;
        foreach (var dose in main.Series[0].Doses)
            if (dose.Status != DoseStatus.Valid && Dose(main, main.Group.Code, dose.Dose).Status == DoseStatus.Valid) number++;
        return number;
    }
}

/// <summary>One reason, as a stable code with its parameters; texts in three languages are made from it where it is shown.</summary>
/// <param name="Code">Such as <c>dose.too_soon</c> or <c>earliest.min_interval</c>; docs/how-to/forecast.md lists them.</param>
/// <param name="Dose">Place of the dose that is spoken of in <see cref="Patient.Doses"/>; -1 when the note is about the forecast.</param>
/// <param name="Target">Target dose, from 1; 0 for none.</param>
/// <param name="Date">The date that the rule asks for.</param>
/// <param name="Days">How many days the dose is short of it, or over it.</param>
/// <param name="Period">The length of time that the rule names.</param>
/// <param name="Other">The other dose that the rule counts from; -1 for none.</param>
/// <param name="Subject">Codes of vaccines, or an observation, or a series.</param>
public sealed record Note(string Code, int Dose = -1, int Target = 0, DateOnly? Date = null, int Days = 0, Period? Period = null, int Other = -1,
    string Subject = "", Clause? Clause = null);
