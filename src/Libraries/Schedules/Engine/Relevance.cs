using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Which series are for the patient at all (CDSi 5), and whether immunity or a contraindication stands
/// against the antigen (7.2, 7.3).</summary>
internal static class Relevance
{
    /// <summary>
    /// Marks the antigen's series that are for the patient. Where none is, yet an observation will indicate one at a later age, the one that begins
    /// soonest is taken: someone of eight with proof of dengue is told "at nine", not nothing (case 2022-UC-0005 expects it;
    /// table 5-4 read alone would say nothing).
    /// </summary>
    public static void Mark(Workspace work, AntigenCode antigen)
    {
        var any = false;
        foreach (var series in antigen.Series) any |= work.Runs[series.Index].Relevant = IsRelevant(work, series);
        if (any || !work.AnyActive) return;
        var soonest = int.MaxValue;
        foreach (var series in antigen.Series)
            if (BeginsOn(work, series) is var day && day < soonest) soonest = day;
        if (soonest == int.MaxValue) return;
        foreach (var series in antigen.Series) work.Runs[series.Index].Relevant = BeginsOn(work, series) == soonest;
    }

    private static bool IsRelevant(Workspace work, SeriesCode series)
    {
        if (series.Source.Type == SeriesType.Risk && !work.AnyActive || !IsForPerson(work, series)) return false;
        if (series.Source.Type != SeriesType.Risk) return true;
        foreach (var indication in series.Indications)
            if (AllActive(work, indication.Observations) && work.AtAge(work.Assessed, indication.BeginAge, indication.EndAge)) return true;
        return false;
    }

    private static bool IsForPerson(Workspace work, SeriesCode series) =>
        (series.Sexes == 0 || (series.Sexes >> (int)work.Patient.Sex & 1) != 0) && series.Source.Born.Holds(work.Patient.Born);

    /// <summary>The day ahead on which an indication of a risk series will begin to apply; the largest number when none will.</summary>
    private static int BeginsOn(Workspace work, SeriesCode series)
    {
        var soonest = int.MaxValue;
        if (series.Source.Type != SeriesType.Risk || !IsForPerson(work, series)) return soonest;
        foreach (var indication in series.Indications)
            if (indication.BeginAge != None && work.AgeDay[indication.BeginAge] is var day && day > work.Assessed && day < soonest
                && AllActive(work, indication.Observations))
                soonest = day;
        return soonest;
    }

    public static bool AllActive(Workspace work, int[] observations)
    {
        foreach (var observation in observations)
            if (!work.Active[observation]) return false;
        return observations.Length > 0;
    }

    private static bool AnyActive(Workspace work, int[] observations)
    {
        foreach (var observation in observations)
            if (work.Active[observation]) return true;
        return false;
    }

    /// <summary>Table 7-3.</summary>
    public static bool Immune(Workspace work, AntigenCode antigen)
    {
        if (AnyActive(work, antigen.ImmunityObservations)) return true;
        foreach (var birth in antigen.Births)
            if (ImmuneByBirth(work, birth)) return true;
        return false;
    }

    public static bool ImmuneByBirth(Workspace work, BirthCode birth) =>
        work.Born < birth.BornBefore && !AnyActive(work, birth.Exclusions) && SameCountry(birth.Country, work.Patient.BirthCountry);

    private static bool SameCountry(string asked, string born) => asked.Length == 0 || asked.Equals(born, StringComparison.OrdinalIgnoreCase);

    /// <summary>Table 7-5.</summary>
    public static bool Contraindicated(Workspace work, AntigenCode antigen)
    {
        if (!work.AnyActive) return false;
        foreach (var rule in antigen.Contraindications)
            if (rule.Source.Effect != ContraindicationEffect.Evaluate && Applies(work, rule)) return true;
        return false;
    }

    public static bool Applies(Workspace work, ContraCode rule) =>
        work.Active[rule.Observation] && work.AtAge(work.Assessed, rule.BeginAge, rule.EndAge);
}
