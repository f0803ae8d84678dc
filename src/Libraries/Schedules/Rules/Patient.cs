namespace Legwork.Schedules;

public enum Sex : byte { Unknown, Female, Male }

/// <summary>What the engine needs to know of a person. Dates are whole days; doses and observations may come in any order.</summary>
/// <param name="BirthCountry">Asked only by rules of immunity by birth date; empty is unknown.</param>
public sealed record Patient(DateOnly Born, Sex Sex, IReadOnlyList<DoseGiven> Doses,
    IReadOnlyList<ObservationMade> Observations, string BirthCountry = "");

/// <summary>One dose as it was given.</summary>
/// <param name="Vaccine">A code of the rule set; a dose of an unknown code is answered as not evaluated.</param>
/// <param name="Maker">MVX for CDC's rules; empty is unknown.</param>
/// <param name="Substandard">Misadministered, recalled or spoilt: it must be repeated (CDSi 6.1).</param>
/// <param name="LotExpires">Last day of the lot; a later dose is sub-standard.</param>
/// <param name="Volume">Millilitres; too little is noted, never a reason against the dose.</param>
public readonly record struct DoseGiven(DateOnly On, string Vaccine, string Maker = "", string TradeName = "", bool Substandard = false,
    DateOnly? LotExpires = null, decimal? Volume = null);

/// <summary>An observation, active on the days of the range; without a beginning it was always so.</summary>
public readonly record struct ObservationMade(string Code, DateOnly? From = null, DateOnly? Until = null);
