using Legwork.Clinics.Morning;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Needle;

/// <param name="Scanned">The trace code.</param>
/// <param name="Site">Site and side: <c>left_arm</c>.</param>
/// <param name="ReadBack">The child's name, birth and the number's tail were read out and confirmed.</param>
internal sealed record GiveAsked(ActAsked Act, string Scanned, string Site, bool ReadBack);

/// <param name="Dose">Its number in the child's record.</param>
internal sealed record DoseGivenHere(Visit Visit, long Dose, string Product, string Lot);

/// <summary>The right vaccine into the right child: checked at the needle, then visit, record, stock and promise in one unit or nothing.</summary>
internal sealed class GiveDose(Store store, Clinics clinics, VisitDesk desk, IDoseBook doses, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Sites = ["left_arm", "right_arm", "left_thigh", "right_thigh", "mouth"];

    /// <summary>What stands against it now; the read of the child is in the log.</summary>
    /// <returns>Refusals as <see cref="Run"/>, but those of the needle itself.</returns>
    public async Task<Outcome<(IReadOnlyList<Breach> Breaches, NeedleFacts Facts, ChildDoses Child)>> Look(Actor actor, GiveAsked asked, T t)
    {
        var opened = await desk.Open(actor, ClinicsPermissions.Table, asked.Act.Visit, CancellationToken.None);
        if (!opened.Ok) return opened.Refusal!;
        var (visit, now) = (opened.Value, VisitDesk.AsOf(asked.Act.DoneAt, clock.GetUtcNow()));
        var today = Calendar.DayOf(now);
        var child = await doses.Served(actor, ClinicsPermissions.Table, ClinicsPermissions.Purpose, visit.Person, today, t, CancellationToken.None);
        if (!child.Ok) return child.Refusal!;
        var code = TraceCode.TryParse(asked.Scanned, out var read) ? read.Digits : "";
        var facts = await store.ReadAsync(async session =>
        {
            var unit = await Unit.FindAsync(session, code);
            return new NeedleFacts(visit, visit.Clinic, asked.Act.Room, asked.Scanned, unit,
                unit is null ? null : await LotRow.FindAsync(session, unit.Product, unit.Lot),
                unit is null ? null : await FridgeRow.FindAsync(session, unit.Clinic, unit.Fridge), [],
                await ConsentRows.InForce(session, child.Value.Ids), asked.ReadBack, today, now);
        }, CancellationToken.None);
        if (facts.Unit is { } known) facts = facts with { Against = doses.Against(child.Value, known.Product, t) };
        return (NeedleCheck.Of(facts, clinics.Rules), facts, child.Value);
    }

    /// <returns>Refusals: those of <see cref="VisitDesk.Do"/>, <c>clinics.site</c>,
    /// <c>clinics.needle.*</c> for every clause that is broken and that no
    /// doctor has gone beyond, <c>immunization.dose.twice</c>.</returns>
    public async Task<Outcome<DoseGivenHere>> Run(Actor actor, GiveAsked asked, T t)
    {
        if (!Sites.Contains(asked.Site)) return Refusal.Of("clinics.site", "Choose where it was given.");
        var looked = await Look(actor, asked, t);
        if (!looked.Ok) return looked.Refusal!;
        var (breaches, facts, child) = looked.Value;
        if (facts.Visit.Version != asked.Act.Version) return await Taken(asked.Act.Key) ? VisitDesk.Taken : VisitDesk.Stale;
        IReadOnlySet<string> beyond = breaches.Count == 0
            ? System.Collections.Frozen.FrozenSet<string>.Empty
            : await store.ReadAsync(session => OverrideRows.Of(session, facts.Visit.Id), CancellationToken.None);
        var standing = breaches.Where(breach => !clinics.Rules.ByDoctor.Contains(breach.Clause) || !beyond.Contains(breach.Clause)).ToList();
        // Of what was sent twice the second finds the vial empty, or the child gone on.
        if (Refusal.All(standing.Select(Said)) is { } wrong) return await Taken(asked.Act.Key) ? VisitDesk.Taken : wrong;
        var now = clock.GetUtcNow();
        var at = new At(asked.Act.Room, VisitDesk.AsOf(asked.Act.DoneAt, now), clinics.Rules);
        var left = facts.Visit.Products.Where(product => product != facts.Unit!.Product).ToList();
        var step = VisitActs.Given(facts.Visit, at, facts.Unit!.Product, last: left.Count == 0);
        if (!step.Ok) return step.Refusal!;
        var clinic = clinics.Find(facts.Visit.Clinic)!;
        return await store.WriteWhole(session =>
        {
            // The products of a visit are what is still to be given: who goes on with the second vaccine sees the first no more.
            var visit = desk.Save(session, actor, facts.Visit, step.Value with { After = step.Value.After with { Products = left } }, asked.Act, now);
            UseUnit(session, actor, facts, now);
            if (facts.Visit.Minute is not null) LevelRow.Release(session, clinic.Code, [facts.Unit.Product]);
            var dose = doses.Write(session, actor, child, new DoseHere(facts.Unit.Product, facts.Today, facts.Unit.Lot, asked.Site, clinic.Zh,
                breaches.Count == 0 ? "" : t["clinics.needle.beyond", string.Join(' ', breaches.Select(breach => breach.Clause))]));
            if (!dose.Ok) throw new RefusedException(dose.Refusal!);
            session.Execute("insert into clinics_dose (dose, visit, code) values (@dose, @Id, @Code)",
                new { dose = dose.Value, visit.Id, facts.Unit.Code });
            return new DoseGivenHere(visit, dose.Value, facts.Unit.Product, facts.Unit.Lot);
        });
    }

    public static Refusal Said(Breach breach) => Refusal.Of("clinics.needle." + breach.Clause, breach.Words) with { At = breach.Clause };

    private static void UseUnit(Session session, Actor actor, NeedleFacts facts, DateTimeOffset now)
    {
        var unit = facts.Unit!;
        var after = unit with
        {
            Doses = unit.Doses - 1,
            State = unit.Doses == 1 ? UnitState.Used : UnitState.Opened,
            OpenedAt = unit.OpenedAt ?? now,
        };
        if (!after.Change(session, unit))
            throw new RefusedException(Refusal.Of("clinics.unit_stale", "Somebody else has just taken from this vial. Scan it again."));
        new Movement(unit.Code, unit.Product, unit.Lot, unit.Clinic, unit.Fridge, Movement.Given, -1, facts.Visit.Id, "").Add(session, actor, now);
        if (unit.IsUsable) LevelRow.Change(session, unit.Clinic, unit.Product, -1);
    }

    private async Task<bool> Taken(Guid? key) =>
        key is { } sent && await store.ReadAsync(session => Task.FromResult(VisitRows.Taken(session, sent)), CancellationToken.None);
}
