using Legwork.Clinics.Plan;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Stock;

/// <summary>What is scanned on receipt.</summary>
/// <param name="Codes">Trace codes of vials or filled syringes, as scanned.</param>
/// <param name="Doses">In each of them.</param>
internal sealed record ReceiptAsked(string Clinic, string Fridge, string Product, string Lot, DateOnly? Expires, string Maker, int Doses,
    IReadOnlyList<string> Codes);

/// <summary>
/// Vaccines come, move, are wasted, run out or are recalled: each a movement that stays,
/// so that a lot's balance is the sum of its movements. What can no
/// longer be given leaves a clinic's level in the same unit.
/// </summary>
internal sealed class StockDesk(Store store, Clinics clinics, IDoseBook doses, TimeProvider clock)
{
    private const int CodesMax = 500;
    private const int DosesMax = 20;
    private const int TextMax = 60;

    public static readonly Refusal UnitUnknown = Refusal.Of("clinics.unit_unknown",
        "No vial of this code is here. Scan it again, or receive it first.");

    private static readonly Refusal UnitStale = Refusal.Of("clinics.unit_stale", "Somebody else has just moved this vial. Scan it again.");

    /// <returns>How many came. Refusals: <c>clinics.unknown</c>, <c>.out_of_scope</c>, <c>.fridge</c>, <c>.product_unknown</c>,
    /// <c>.lot</c>, <c>.expires</c>,
    /// <c>.doses</c>, <c>.codes</c>, <c>.code_twice</c>, <c>.lot_differs</c>, <c>.recalled</c>.</returns>
    public async Task<Outcome<int>> Receive(Actor actor, ReceiptAsked asked)
    {
        if (clinics.Find(asked.Clinic) is not { } clinic) return Clinics.Unknown;
        if (!actor.May(ClinicsPermissions.Stock, clinic.Street)) return Clinics.OutOfScope;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var codes = new List<string>();
        if (Refusal.All(Faults(clinic, asked, today, codes)) is { } wrong) return wrong;
        return await store.WriteWhole(session =>
        {
            session.Execute("""
                insert into clinics_lot (product, lot, expires, maker, recalled_at, recall_note) values (@Product, @Lot, @Expires, @Maker, null, '')
                on conflict do nothing
                """, new { asked.Product, asked.Lot, asked.Expires, asked.Maker });
            var lot = Session.AtHand(LotRow.FindAsync(session, asked.Product, asked.Lot))!;
            if (lot.Expires != asked.Expires) throw new RefusedException(Refusal.Of("clinics.lot_differs",
                "This lot is known with another expiry date. Look at the pack again.") with
            { At = "expires" });
            if (lot.RecalledAt is not null)
                throw new RefusedException(
                    Refusal.Of("clinics.recalled", "This lot was recalled. Put it aside and send it back.") with { At = "lot" });
            foreach (var code in codes)
            {
                if (session.Execute("""
                    insert into clinics_unit (code, product, lot, clinic, fridge, state, doses, opened_at, version)
                    values (@code, @Product, @Lot, @Clinic, @Fridge, 'stock', @doses, null, 1) on conflict do nothing
                    """, new { code, asked.Product, asked.Lot, asked.Clinic, asked.Fridge, doses = (long)asked.Doses }) == 0)
                    throw new RefusedException(Refusal.Of("clinics.code_known", "A vial of this code was received before.") with { At = "codes" });
                new Movement(code, asked.Product, asked.Lot, asked.Clinic, asked.Fridge, Movement.Received, asked.Doses, null, "")
                    .Add(session, actor, now);
            }
            LevelRow.Change(session, asked.Clinic, asked.Product, (long)asked.Doses * codes.Count);
            return codes.Count;
        });
    }

    /// <summary>Damaged, spilt, opened too long: it leaves the stock at once, with a reason.</summary>
    /// <returns>Refusals: <c>clinics.unit_unknown</c>, <c>.out_of_scope</c>, <c>.reason</c>, <c>.unit_gone</c>, <c>.unit_stale</c>.</returns>
    public Task<Outcome<Unit>> Waste(Actor actor, string code, string reason) =>
        Refusal.All([TraceCode.TryParse(code, out _) ? null : NoCode, Reasons.Missing(reason)]) is { } wrong
            ? Task.FromResult<Outcome<Unit>>(wrong)
            : Change(actor, ClinicsPermissions.LookAtStock, code,
                (session, unit, now) => Remove(session, actor, unit, Movement.Wasted, reason.Trim(), now));

    /// <summary>To another fridge of the same clinic, or on its way to another clinic, where it is received by scan.</summary>
    public Task<Outcome<Unit>> Move(Actor actor, string code, string toClinic, string toFridge) =>
        Change(actor, ClinicsPermissions.Stock, code, (session, unit, now) =>
        {
            if (!unit.IsUsable && unit.State != UnitState.Quarantine) throw new RefusedException(Gone);
            if (clinics.Find(toClinic) is not { } clinic || !clinic.Fridges.Contains(toFridge)) throw new RefusedException(NoFridge);
            if (unit.State == UnitState.Opened && toClinic != unit.Clinic) throw new RefusedException(
                Refusal.Of("clinics.opened_stays", "An opened vial goes to no other clinic."));
            var within = toClinic == unit.Clinic;
            var after = unit with
            {
                Clinic = toClinic,
                Fridge = toFridge,
                State = within ? unit.State : unit.State == UnitState.Quarantine ? unit.State : UnitState.Away
            };
            if (!after.Change(session, unit)) throw new RefusedException(UnitStale);
            var what = within ? Movement.Shifted : Movement.Sent;
            new Movement(unit.Code, unit.Product, unit.Lot, unit.Clinic, unit.Fridge, what, -unit.Doses, null, "").Add(session, actor, now);
            new Movement(unit.Code, unit.Product, unit.Lot, toClinic, toFridge, what, unit.Doses, null, "").Add(session, actor, now);
            if (!within && unit.IsUsable) LevelRow.Change(session, unit.Clinic, unit.Product, -unit.Doses);
            return after;
        });

    /// <summary>What was sent is scanned where it came.</summary>
    public Task<Outcome<Unit>> Arrive(Actor actor, string code) => Change(actor, ClinicsPermissions.Stock, code, (session, unit, _) =>
    {
        if (unit.State != UnitState.Away) throw new RefusedException(Refusal.Of("clinics.not_away", "This vial is not on its way."));
        // What was recalled on its way is put aside where it comes.
        var isRecalled = Session.AtHand(LotRow.FindAsync(session, unit.Product, unit.Lot))?.RecalledAt is not null;
        var after = unit with { State = isRecalled ? UnitState.Quarantine : UnitState.Stock };
        if (!after.Change(session, unit)) throw new RefusedException(UnitStale);
        if (!isRecalled) LevelRow.Change(session, unit.Clinic, unit.Product, unit.Doses);
        return after;
    });

    /// <summary>Takes everything that ran out off every clinic's level.</summary>
    /// <returns>How many vials.</returns>
    public async Task<int> Expire(Actor actor, CancellationToken cancel)
    {
        var today = clock.Today();
        var old = await store.ReadAsync(session => Unit.WhereAsync(session, """
            state in ('stock', 'opened', 'quarantine', 'away') and exists (
                select 1 from clinics_lot l where l.product = clinics_unit.product and l.lot = clinics_unit.lot and l.expires < @today)
            order by code limit 500
            """, new { today }), cancel);
        foreach (var unit in old)
            await store.WriteWhole(session => Remove(session, actor, unit, Movement.Expired, "", clock.GetUtcNow()));
        return old.Count;
    }

    /// <summary>Whom a lot reached: each dose with its visit.</summary>
    public Task<List<ReachedRow>> Reached(string product, string lot, CancellationToken cancel) => store.ReadAsync(
        session => session.QueryAsync<ReachedRow>("""
        select d.dose, d.visit, v.person, v.clinic, v.day from clinics_dose d join clinics_unit u on u.code = d.code
            join clinics_visit v on v.id = d.visit
        where u.product = @product and u.lot = @lot order by d.dose
        """, new { product, lot }), cancel);

    /// <summary>Nothing of the lot is given any more, wherever it lies.</summary>
    /// <returns>Refusals: <c>clinics.lot_unknown</c>, <c>clinics.reason</c>, <c>clinics.out_of_scope</c>.</returns>
    public async Task<Outcome<LotRow>> Recall(Actor actor, string district, string product, string lot, string note)
    {
        if (!actor.May(ClinicsPermissions.Stock, district)) return Clinics.OutOfScope;
        if (Reasons.Missing(note) is { } none) return none;
        var now = clock.GetUtcNow();
        return await store.Write<Outcome<LotRow>>(session =>
        {
            if (session.Execute(
                "update clinics_lot set recalled_at = @now, recall_note = @note where product = @product and lot = @lot and recalled_at is null",
                new { product, lot, now, note = note.Trim() }) == 0 && Session.AtHand(LotRow.FindAsync(session, product, lot)) is null)
                return Refusal.Of("clinics.lot_unknown", "No clinic ever received such a lot.");
            foreach (var unit in Session.AtHand(Unit.WhereAsync(session,
                "product = @product and lot = @lot and state in ('stock', 'opened')", new { product, lot })))
            {
                (unit with { State = UnitState.Quarantine }).Change(session, unit);
                LevelRow.Change(session, unit.Clinic, unit.Product, -unit.Doses);
            }
            return Session.AtHand(LotRow.FindAsync(session, product, lot))!;
        });
    }

    /// <summary>Which vial to take next: an opened one, then of the lot that runs out first.</summary>
    public Task<Unit?> Next(string clinic, string product, CancellationToken cancel) => store.ReadAsync(session => session.FirstAsync<Unit>("""
        select u.code, u.product, u.lot, u.clinic, u.fridge, u.state, u.doses, u.opened_at, u.version from clinics_unit u
        join clinics_lot l on l.product = u.product and l.lot = u.lot
        where u.clinic = @clinic and u.product = @product and u.state in ('stock', 'opened') and l.recalled_at is null
        order by case u.state when 'opened' then 0 else 1 end, l.expires, u.code limit 1
        """, new { clinic, product }), cancel);

    internal static Refusal NoFridge => Refusal.Of("clinics.fridge", "The clinic has no such fridge.");

    private static Refusal NoCode => Refusal.Of("clinics.code", "A trace code has twenty digits.");

    private static Refusal Gone => Refusal.Of("clinics.unit_gone", "This vial is used up or gone already.");

    private async Task<Outcome<Unit>> Change(Actor actor, Permission permission, string text, Func<Session, Unit, DateTimeOffset, Unit> change)
    {
        if (!TraceCode.TryParse(text, out var code)) return NoCode;
        var now = clock.GetUtcNow();
        return await store.WriteWhole(session =>
        {
            if (Unit.Find(session, code.Digits) is not { } unit) throw new RefusedException(UnitUnknown);
            if (clinics.Find(unit.Clinic) is not { } clinic || !actor.May(permission, clinic.Street)) throw new RefusedException(Clinics.OutOfScope);
            return change(session, unit, now);
        });
    }

    private static Unit Remove(Session session, Actor actor, Unit unit, string what, string reason, DateTimeOffset now)
    {
        if (unit.State is UnitState.Used or UnitState.Wasted) throw new RefusedException(Gone);
        var after = unit with { State = UnitState.Wasted, Doses = 0 };
        if (!after.Change(session, unit)) throw new RefusedException(UnitStale);
        new Movement(unit.Code, unit.Product, unit.Lot, unit.Clinic, unit.Fridge, what, -unit.Doses, null, reason).Add(session, actor, now);
        if (unit.IsUsable) LevelRow.Change(session, unit.Clinic, unit.Product, -unit.Doses);
        return after;
    }

    private IEnumerable<Refusal> Faults(Clinic clinic, ReceiptAsked asked, DateOnly today, List<string> codes)
    {
        if (!clinic.Fridges.Contains(asked.Fridge)) yield return NoFridge;
        if (doses.Vaccines(today).All(vaccine => vaccine.Code != asked.Product))
            yield return Refusal.Of("clinics.product_unknown", "Choose the vaccine.");
        if (asked.Lot.Length is 0 or > TextMax) yield return Refusal.Of("clinics.lot", "Write the lot number as it stands on the pack.");
        if (asked.Expires is not { } expires) yield return Refusal.Of("clinics.expires", "Write the expiry date.");
        else if (expires < today)
            yield return Refusal.Of("clinics.expires_past", "This lot has run out: it is not received.") with { At = "expires" };
        if (asked.Doses is < 1 or > DosesMax) yield return Refusal.Of("clinics.doses", "A vial holds between one and twenty doses.");
        if (asked.Codes.Count is 0 or > CodesMax) yield return Refusal.Of("clinics.codes", "Scan the codes of what came, 500 at most at once.");
        foreach (var text in asked.Codes.Take(CodesMax))
            if (TraceCode.TryParse(text, out var code)) codes.Add(code.Digits);
            else yield return Refusal.Of("clinics.code_wrong", "One of the lines is no trace code of twenty digits.") with { At = "codes" };
        if (codes.Distinct().Count() != codes.Count)
            yield return Refusal.Of("clinics.code_twice", "One of the codes stands there twice.") with { At = "codes" };
    }
}

internal sealed record ReachedRow(long Dose, Guid Visit, PersonId Person, string Clinic, DateOnly Day);
