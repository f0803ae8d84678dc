using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;

namespace Legwork.Clinics.Needle;

/// <param name="Words">Fill the clause's sentence; empty where it needs none.</param>
internal sealed record Breach(string Clause, string Words = "");

/// <summary>Everything that is known at the moment of the needle; nothing is read from anywhere else.</summary>
/// <param name="Scanned">As the scanner or a hand wrote it.</param>
/// <param name="Unit">Of that code; null when the clinic knows none such.</param>
/// <param name="Lot">Of the unit.</param>
/// <param name="Fridge">In which it lay; null when nothing was ever heard of that fridge.</param>
/// <param name="Against">What the schedule and states of health have against the unit's vaccine today.</param>
/// <param name="Consented">Vaccines of this child with a consent in force.</param>
/// <param name="ReadBack">Name, birth and the number's tail were read out and confirmed.</param>
internal sealed record NeedleFacts(Visit Visit, string Clinic, string Table, string Scanned, Unit? Unit, LotRow? Lot, FridgeRow? Fridge,
    IReadOnlyList<DoseAgainst> Against, IReadOnlySet<string> Consented, bool ReadBack, DateOnly Today, DateTimeOffset Now);

/// <summary>
/// The interlock at the needle (三查七对一验证): every clause is asked,
/// and each that is broken is named. Pure, so that what is true of it can be tried
/// for all breaches, alone and in pairs.
/// </summary>
internal static class NeedleCheck
{
    public static IReadOnlyList<Breach> Of(NeedleFacts facts, ClinicRules rules)
    {
        var breaches = new List<Breach>();
        if (facts.Visit.State != VisitState.Called || facts.Visit.Room != facts.Table) breaches.Add(new Breach(NeedleClause.NotCalled));
        if (!facts.ReadBack) breaches.Add(new Breach(NeedleClause.Child));
        if (!TraceCode.TryParse(facts.Scanned, out _)) breaches.Add(new Breach(NeedleClause.Code));
        else if (facts.Unit is not { } unit) breaches.Add(new Breach(NeedleClause.Unknown));
        else breaches.AddRange(OfUnit(facts, unit, rules));
        return breaches;
    }

    private static IEnumerable<Breach> OfUnit(NeedleFacts facts, Unit unit, ClinicRules rules)
    {
        if (unit.Clinic != facts.Clinic || unit.State == UnitState.Away) yield return new Breach(NeedleClause.Elsewhere);
        if (unit.State is UnitState.Used or UnitState.Wasted || unit.Doses <= 0) yield return new Breach(NeedleClause.Empty);
        if (!facts.Visit.Products.Contains(unit.Product)) yield return new Breach(NeedleClause.Product, unit.Product);
        if (facts.Lot is { } lot)
        {
            // Good until the end of the day that is printed.
            if (lot.Expires < facts.Today) yield return new Breach(NeedleClause.Expired, lot.Lot);
            if (lot.RecalledAt is not null) yield return new Breach(NeedleClause.Recalled, lot.Lot);
        }
        if (unit.State == UnitState.Quarantine) yield return new Breach(NeedleClause.Quarantine);
        // What is quarantined is so because of its fridge; it is said once.
        else if (FridgeRow.IsOut(facts.Fridge, rules.Fridge, facts.Now)) yield return new Breach(NeedleClause.Fridge, unit.Fridge);
        if (unit.OpenedAt is { } opened && rules.OpenedMinutes.TryGetValue(unit.Product, out var minutes) && facts.Now > opened.AddMinutes(minutes))
            yield return new Breach(NeedleClause.Opened, unit.Product);
        if (!facts.Consented.Contains(unit.Product)) yield return new Breach(NeedleClause.Consent, unit.Product);
        foreach (var against in facts.Against) yield return new Breach(against.Kind, against.Sentence);
    }
}
