namespace Legwork.Schedules.Engine;

/// <summary>
/// The rule set as the engine walks it: codes are numbers, ages are places in <see cref="Ages"/>, sets of vaccines are bits, days are day numbers.
/// Built once, never changed, shared by all threads.
/// </summary>
internal sealed class CompiledRules
{
    /// <summary>"No such age", "no such date".</summary>
    public const int None = -1;

    public required RuleSet Source { get; init; }
    /// <summary>Every age that a rule names, once; each patient's dates are worked out once for all of them.</summary>
    public required Period[] Ages { get; init; }
    public required VaccineCode[] Vaccines { get; init; }
    public required Dictionary<string, int> VaccineByCode { get; init; }
    public required string[] Observations { get; init; }
    public required Dictionary<string, int> ObservationByCode { get; init; }
    public required AntigenCode[] Antigens { get; init; }
    public required GroupCode[] Groups { get; init; }
    public required int SeriesCount { get; init; }
    public required int GroupNames { get; init; }
}

internal sealed class VaccineCode
{
    public required Vaccine Source { get; init; }
    public required AntigenAt[] Antigens { get; init; }
    /// <summary>Conflicts in which this vaccine is the later one.</summary>
    public required ConflictCode[] Conflicts { get; init; }
    /// <summary>Whether it is the earlier one of any conflict.</summary>
    public required bool ConflictsLater { get; init; }
}

/// <param name="BeginAge">Place in <see cref="CompiledRules.Ages"/>, or None.</param>
internal readonly record struct AntigenAt(int Antigen, int BeginAge, int EndAge);

internal sealed record ConflictCode(int Previous, int Current, Period Begin, Period MinEnd, Period End, Clause? Clause);

/// <summary>A set of vaccines; an empty one may mean "any", as the rule that holds it says.</summary>
internal readonly struct VaccineBits(ulong[] words)
{
    public bool IsEmpty => words.Length == 0;

    public bool Has(int vaccine) => (uint)vaccine >> 6 < (uint)words.Length && (words[vaccine >> 6] >> (vaccine & 63) & 1) != 0;

    public static VaccineBits Of(IEnumerable<int> vaccines)
    {
        var all = vaccines.Where(v => v >= 0).ToList();
        if (all.Count == 0) return new VaccineBits([]);
        var words = new ulong[all.Max() / 64 + 1];
        foreach (var vaccine in all) words[vaccine >> 6] |= 1ul << (vaccine & 63);
        return new VaccineBits(words);
    }
}

internal sealed class AntigenCode
{
    public required int Index { get; init; }
    public required AntigenRules Source { get; init; }
    /// <summary>Those whose skips ask for a completed series stand after all others.</summary>
    public required SeriesCode[] Series { get; init; }
    public required string[] SeriesGroups { get; init; }
    public required int[] ImmunityObservations { get; init; }
    public required BirthCode[] Births { get; init; }
    public required ContraCode[] Contraindications { get; init; }
    public required VaccineContraCode[] VaccineContraindications { get; init; }
}

internal sealed record BirthCode(int BornBefore, string Country, int[] Exclusions);

internal sealed record ContraCode(int Observation, int BeginAge, int EndAge, AntigenContraindication Source);

internal sealed record VaccineContraCode(int Observation, (int Vaccine, int BeginAge, int EndAge)[] Vaccines, VaccineContraindication Source);

internal sealed class SeriesCode
{
    /// <summary>Place among all series of the rule set.</summary>
    public required int Index { get; init; }
    public required Series Source { get; init; }
    public required int Antigen { get; init; }
    public required int Group { get; init; }
    public required int VaccineGroup { get; init; }
    /// <summary>Place of the series group's name among all names of the rule set: series groups of one name belong
    /// together across antigens.</summary>
    public required int GroupName { get; init; }
    /// <summary>Bits of the antigen's series groups.</summary>
    public required uint EquivalentGroups { get; init; }
    public required int MinAgeToStart { get; init; }
    public required int MaxAgeToStart { get; init; }
    /// <summary>Bits by <see cref="Sex"/>; zero is everybody.</summary>
    public required int Sexes { get; init; }
    public required IndicationCode[] Indications { get; init; }
    public required DoseCode[] Doses { get; init; }
}

internal sealed record IndicationCode(int[] Observations, int BeginAge, int EndAge, Indication Source);

internal sealed class DoseCode
{
    public required SeriesDose Source { get; init; }
    public required AgeCode[] Ages { get; init; }
    public required IntervalCode[] Intervals { get; init; }
    public required IntervalCode[] AllowableIntervals { get; init; }
    public required PreferableCode[] Preferable { get; init; }
    public required AllowableCode[] Allowable { get; init; }
    public required VaccineBits Inadvertent { get; init; }
    public required SkipCode[] Skips { get; init; }
    /// <summary>Conflicts of its preferable vaccines, for the forecast.</summary>
    public required ConflictCode[] Conflicts { get; init; }
    public required bool Recurring { get; init; }
    public required int SeasonStart { get; init; }
    public required int SeasonEnd { get; init; }
}

internal readonly record struct Days(int From, int Until)
{
    public bool Holds(int day) => day >= From && day <= Until;
}

internal sealed record AgeCode(int AbsoluteMin, int Min, int EarliestRecommended, int LatestRecommended, int Max, Days Effective, AgeRule Source);

internal sealed class IntervalCode
{
    public required Interval Source { get; init; }
    public required IntervalFrom From { get; init; }
    public required int TargetDose { get; init; }
    public required VaccineBits Vaccines { get; init; }
    /// <summary>Whether some of the vaccines hold nothing of the antigen, or not at every age.</summary>
    public required bool Outside { get; init; }
    public required int Observation { get; init; }
    public required Days Effective { get; init; }
}

internal sealed record PreferableCode(int Vaccine, int BeginAge, int EndAge, PreferableVaccine Source);

internal sealed record AllowableCode(int Vaccine, int BeginAge, int EndAge, AllowableVaccine Source);

internal sealed record SkipCode(bool InEvaluation, bool InForecast, bool AllSets, SkipSetCode[] Sets);

internal sealed record SkipSetCode(bool AllConditions, Days Effective, ConditionCode[] Conditions, SkipSet Source);

internal enum ConditionKind : byte { Age, Interval, CompletedSeries, Count }

internal sealed class ConditionCode
{
    public required ConditionKind Kind { get; init; }
    public int BeginAge { get; init; } = CompiledRules.None;
    public int EndAge { get; init; } = CompiledRules.None;
    public Period Since { get; init; }
    /// <summary>Bits of the antigen's series groups.</summary>
    public uint Groups { get; init; }
    public VaccineBits Vaccines { get; init; }
    /// <summary>Whether doses that hold nothing of the antigen count too.</summary>
    public bool Outside { get; init; }
    public bool ValidOnly { get; init; }
    public CountComparison Comparison { get; init; }
    public int Count { get; init; }
    public Days Dates { get; init; }
    public required SkipCondition Source { get; init; }
}

internal sealed record GroupCode(VaccineGroup Source, int[] Antigens);
