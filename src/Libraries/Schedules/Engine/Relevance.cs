using static Legwork.Schedules.Engine.CompiledRules;

namespace Legwork.Schedules.Engine;

/// <summary>Which series are for the patient at all (CDSi 5), and whether immunity or a contraindication stands against the antigen (7.2, 7.3).</summary>
internal static class Relevance
{
    public static bool IsRelevant(Workspace work, SeriesCode series)
    {
        if (series.Sexes != 0 && (series.Sexes >> (int)work.Patient.Sex & 1) == 0) return false;
        if (!series.Source.Born.Holds(work.Patient.Born)) return false;
        if (series.Source.Type != SeriesType.Risk) return true;
        foreach (var indication in series.Indications)
            if (AllActive(work, indication.Observations) && work.AtAge(work.Assessed, indication.BeginAge, indication.EndAge)) return true;
        return false;
    }

    private static bool AllActive(Workspace work, int[] observations)
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
            if (work.Born < birth.BornBefore && !AnyActive(work, birth.Exclusions) && SameCountry(birth.Country, work.Patient.BirthCountry)) return true;
        return false;
    }

    private static bool SameCountry(string asked, string born) => asked.Length == 0 || asked.Equals(born, StringComparison.OrdinalIgnoreCase);

    /// <summary>Table 7-5.</summary>
    public static bool Contraindicated(Workspace work, AntigenCode antigen)
    {
        foreach (var rule in antigen.Contraindications)
            if (work.Active[rule.Observation] && rule.Source.Effect != ContraindicationEffect.Evaluate && work.AtAge(work.Assessed, rule.BeginAge, rule.EndAge)) return true;
        return false;
    }
}
