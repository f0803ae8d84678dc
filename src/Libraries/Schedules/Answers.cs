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
    None, Inadvertent, TooYoung, TooOld, TooSoon, TooLate, Conflict, WrongVaccine, WrongVaccineAge, WrongProduct, SeriesComplete, Expired, Condition, UnknownVaccine,
}

/// <summary>Where a series, or a vaccine group, stands (CDSi table 3-3).</summary>
public enum SeriesStatus : byte { NotComplete, Complete, Immune, Contraindicated, AgedOut, NotRecommended }

/// <summary>One dose as its chosen series sees it.</summary>
/// <param name="Dose">Place in <see cref="Patient.Doses"/>, from 0.</param>
/// <param name="TargetDose">The target dose it satisfied or was held against, from 1; 0 for none.</param>
/// <param name="Grace">Valid only by the days of grace before a minimum.</param>
public readonly record struct DoseAnswer(int Dose, DoseStatus Status, DoseReason Reason, int TargetDose, bool Grace);

/// <summary>What one chosen series says.</summary>
/// <param name="DoseNumber">The next dose, from 1; 0 when none is due.</param>
/// <param name="Doses">The antigen's doses in order of date.</param>
/// <param name="Notes">Why, when asked for; else empty.</param>
public sealed record SeriesAnswer(string Antigen, Series Series, SeriesStatus Status, int DoseNumber, DateOnly? Earliest, DateOnly? Recommended,
    DateOnly? PastDue, DateOnly? Latest, IReadOnlyList<DoseAnswer> Doses, IReadOnlyList<string> RecommendedVaccines, IReadOnlyList<Note> Notes);

/// <summary>What a vaccine group says: the chosen series of its antigens that are of one type, taken together (CDSi 9).</summary>
/// <param name="Type">Standard and risk series are not blended, so a group may answer twice.</param>
public sealed record GroupAnswer(VaccineGroup Group, SeriesType Type, SeriesStatus Status, int DoseNumber, DateOnly? Earliest, DateOnly? Recommended,
    DateOnly? PastDue, DateOnly? Latest, IReadOnlyList<SeriesAnswer> Series)
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
        DoseStatus.NotValid => 4, DoseStatus.Substandard => 3, DoseStatus.Valid => 2, DoseStatus.Extraneous => 1, _ => 0,
    };
}

/// <summary>The whole answer for one person on one day: one or two answers a vaccine group for which a series was relevant.</summary>
public sealed record PatientForecast(DateOnly Assessed, IReadOnlyList<GroupAnswer> Groups);

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
