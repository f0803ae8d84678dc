namespace Legwork.Schedules;

/// <summary>
/// An immunization schedule as data, the same for every source: CDC's published supporting data and our own national rule sets fill it, the engine
/// compiles it. Terms are those of the CDSi Logic Specification 4.6, which the comments cite by chapter.
/// </summary>
public sealed record RuleSet
{
    /// <summary>Stable name, such as <c>cn-2026</c> or <c>cdsi-4.64</c>.</summary>
    public required string Id { get; init; }
    public string Title { get; init; } = "";
    /// <summary>The days on which the rule set is in force; both ends included.</summary>
    public DateRange InForce { get; init; } = DateRange.Always;
    public required IReadOnlyList<Vaccine> Vaccines { get; init; }
    public required IReadOnlyList<AntigenRules> Antigens { get; init; }
    public required IReadOnlyList<VaccineGroup> Groups { get; init; }
    public IReadOnlyList<VaccineConflict> Conflicts { get; init; } = [];
    public IReadOnlyList<Observation> Observations { get; init; } = [];
    public Reading Reading { get; init; } = Reading.Cdsi;
}

/// <summary>How the engine reads a rule set where CDSi and national rules differ.</summary>
/// <param name="SimpleChoice">Of a group's series the complete one, else the one with most valid doses, else the preferred;
/// without CDSi's scores (8.5, 8.6).</param>
/// <param name="ContraindicateByDose">A series stops when every preferable vaccine of the next dose is contraindicated;
/// CDSi asks it of the whole series (table 7-7).</param>
/// <param name="RiskStands">A risk series stands for its vaccine group even when the patient has aged out of it;
/// for CDSi the group's other series then does.</param>
public sealed record Reading(bool SimpleChoice = false, bool ContraindicateByDose = false, bool RiskStands = false)
{
    public static readonly Reading Cdsi = new();
}

/// <summary>Where a rule stands and how sure it is that it stands there.</summary>
/// <param name="Id">The rule's stable name, such as <c>DTaP-2</c> or <c>G4</c>; an explanation names it.</param>
/// <param name="Confidence">Below <see cref="Schedules.Confidence.High"/> a page says that the rule awaits confirmation.</param>
/// <param name="Source">The document, or keys of documents.</param>
/// <param name="Text">The rule in the words of the source, where they are known.</param>
public sealed record Clause(string Id, Confidence Confidence = Confidence.High, string Source = "", string Text = "");

public enum Confidence : byte { High, Medium, Low }

/// <summary>Both ends included; an open end is null.</summary>
public readonly record struct DateRange(DateOnly? From, DateOnly? Until)
{
    public static readonly DateRange Always;

    public bool Holds(DateOnly day) => (From is not { } from || day >= from) && (Until is not { } until || day <= until);
}

/// <param name="Code">CVX for CDC's rules; our own vaccine codes for national ones. Unique within the rule set.</param>
/// <param name="Antigens">What the vaccine protects against; the age at the dose may decide (CDSi 4.2).</param>
public sealed record Vaccine(string Code, string Name, IReadOnlyList<AntigenAssociation> Antigens);

/// <summary>Counts for the antigen only when given at <c>BeginAge ≤ age &lt; EndAge</c>; an open end is null.</summary>
public readonly record struct AntigenAssociation(string Antigen, Period? BeginAge = null, Period? EndAge = null);

/// <summary>What a clinic gives as one: one antigen, or several that come in one vaccine (CDSi 9).</summary>
/// <param name="AdministerFullVaccineGroup">Null where the rules do not say. Decides the dose number of several
/// antigens: true takes the lowest.</param>
public sealed record VaccineGroup(string Code, string Name, IReadOnlyList<string> Antigens, bool? AdministerFullVaccineGroup = null);

/// <summary>
/// A dose of <paramref name="Current"/> given from <paramref name="Begin"/> after a dose of <paramref name="Previous"/> until the end of the conflict
/// does not count (CDSi 6.7). The shorter end holds after a valid dose; the full end after any other, and for forecasts.
/// Same-day doses do not conflict as long as <paramref name="Begin"/> is a day or more. Immunoglobulin is a "vaccine" without antigens here.
/// </summary>
public sealed record VaccineConflict(string Previous, string Current, Period Begin, Period MinEnd, Period End, Clause? Clause = null);

/// <summary>Something known of a patient that rules may ask for: a pregnancy, a condition, a laboratory result.</summary>
public sealed record Observation(string Code, string Title);

/// <summary>All that is ruled for one antigen.</summary>
public sealed record AntigenRules
{
    public required string Antigen { get; init; }
    public required IReadOnlyList<Series> Series { get; init; }
    public Immunity Immunity { get; init; } = Immunity.None;
    public IReadOnlyList<AntigenContraindication> Contraindications { get; init; } = [];
    public IReadOnlyList<VaccineContraindication> VaccineContraindications { get; init; } = [];
}

/// <summary>Evidence of immunity: an observation, or a birth before a date (CDSi 7.2).</summary>
public sealed record Immunity(IReadOnlyList<string> Observations, IReadOnlyList<BirthImmunity> Births)
{
    public static readonly Immunity None = new([], []);
}

/// <param name="Country">Where the patient must be born; empty is anywhere.</param>
/// <param name="Exclusions">Observations with which the birth date proves nothing.</param>
public sealed record BirthImmunity(DateOnly BornBefore, string Country, IReadOnlyList<string> Exclusions);

/// <summary>What a contraindication does. CDSi only prohibits; national rules also defer and ask.</summary>
public enum ContraindicationEffect : byte
{
    /// <summary>No dose while the observation is active.</summary>
    Prohibit,
    /// <summary>No dose for now; the state may clear (an exposed infant whose test is pending). Blocks as a prohibition does,
    /// and is named differently.</summary>
    Defer,
    /// <summary>Does not block; the answer carries a notice that a doctor must weigh it.</summary>
    Evaluate,
}

/// <summary>Contraindicates every series of the antigen at <c>BeginAge ≤ age on the assessment date &lt; EndAge</c> (CDSi 7.3).</summary>
public sealed record AntigenContraindication(string Observation, Period? BeginAge = null, Period? EndAge = null,
    ContraindicationEffect Effect = ContraindicationEffect.Prohibit, string Text = "", Clause? Clause = null, string Guidance = "");

/// <summary>Contraindicates single vaccines of the antigen; a series is contraindicated when every preferable vaccine of the dose is.</summary>
public sealed record VaccineContraindication(string Observation, IReadOnlyList<ContraindicatedVaccine> Vaccines,
    ContraindicationEffect Effect = ContraindicationEffect.Prohibit, string Text = "", Clause? Clause = null, string Guidance = "");

public readonly record struct ContraindicatedVaccine(string Vaccine, Period? BeginAge = null, Period? EndAge = null);
