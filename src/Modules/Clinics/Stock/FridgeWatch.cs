using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Stock;

/// <summary>
/// Readings of fridges, whatever brings them. Out of range for longer than the rule lets pass, everything in the fridge is quarantined, and stays so
/// until somebody decides what becomes of it.
/// </summary>
internal sealed class FridgeWatch(Store store, Clinics clinics, TimeProvider clock)
{
    private const double Coldest = -100, Hottest = 60;
    private static readonly TimeSpan FutureMax = TimeSpan.FromMinutes(5);

    /// <param name="at">When it was measured.</param>
    /// <returns>Whether the fridge is quarantined now. Refusals: <c>clinics.unknown</c>, <c>clinics.fridge</c>, <c>clinics.reading</c>.</returns>
    public async Task<Outcome<bool>> Take(string code, string fridge, double celsius, DateTimeOffset at)
    {
        if (clinics.Find(code) is not { } clinic) return Clinics.Unknown;
        if (!clinic.Fridges.Contains(fridge)) return StockDesk.NoFridge;
        if (!double.IsFinite(celsius) || celsius is < Coldest or > Hottest || at > clock.GetUtcNow() + FutureMax)
            return Refusal.Of("clinics.reading", "This is no reading of a fridge.");
        var rule = clinics.Rules.Fridge;
        return await store.Write(session =>
        {
            if (session.Execute("""
                insert into clinics_reading (clinic, fridge, at, celsius) values (@code, @fridge, @at, @celsius) on conflict do nothing
                """, new { code, fridge, at, celsius }) == 0) return FridgeRow.Find(session, code, fridge)?.State == FridgeState.Quarantined;
            var before = FridgeRow.Find(session, code, fridge);
            // A reading that was delayed on its way says nothing of now.
            if (before is not null && before.At >= at) return before.State == FridgeState.Quarantined;
            var isOut = celsius < rule.From || celsius > rule.Until;
            var row = new FridgeRow(code, fridge, celsius, at, isOut ? before?.OutSince ?? at : null, before?.State ?? FridgeState.Fine);
            if (isOut && at - row.OutSince >= TimeSpan.FromMinutes(rule.Minutes) && row.State == FridgeState.Fine)
            {
                row = row with { State = FridgeState.Quarantined };
                Quarantine(session, clinic, fridge);
            }
            Keep(session, row);
            return row.State == FridgeState.Quarantined;
        });
    }

    /// <summary>A pharmacist lets what lay in the fridge be used again, or takes it away.</summary>
    /// <returns>How many vials. Refusals: <c>clinics.unknown</c>, <c>.out_of_scope</c>, <c>.reason</c>, <c>.not_quarantined</c>,
    /// <c>.still_out</c>.</returns>
    public async Task<Outcome<int>> Decide(Actor actor, string code, string fridge, bool release, string reason)
    {
        if (clinics.Find(code) is not { } clinic) return Clinics.Unknown;
        if (!actor.May(ClinicsPermissions.Stock, clinic.Street)) return Clinics.OutOfScope;
        if (Reasons.Missing(reason) is { } none) return none;
        var now = clock.GetUtcNow();
        return await store.WriteWhole(session =>
        {
            if (FridgeRow.Find(session, code, fridge) is not { State: FridgeState.Quarantined } row)
                throw new RefusedException(Refusal.Of("clinics.not_quarantined", "Nothing of this fridge waits for a decision."));
            if (release && row.OutSince is not null)
                throw new RefusedException(Refusal.Of("clinics.still_out", "The fridge is out of range still. Move the vials to another one first."));
            var units = Session.AtHand(Unit.WhereAsync(session, """
                clinic = @code and fridge = @fridge and state = 'quarantine' and exists (
                    select 1 from clinics_lot l where l.product = clinics_unit.product and l.lot = clinics_unit.lot and l.recalled_at is null)
                """, new { code, fridge }));
            foreach (var unit in units)
            {
                var after = release ? unit with { State = unit.OpenedAt is null ? UnitState.Stock : UnitState.Opened }
                    : unit with { State = UnitState.Wasted, Doses = 0 };
                after.Change(session, unit);
                if (release) LevelRow.Change(session, code, unit.Product, unit.Doses);
                else new Movement(unit.Code, unit.Product, unit.Lot, code, fridge, Movement.Wasted, -unit.Doses, null, reason.Trim())
                    .Add(session, actor, now);
            }
            Keep(session, row with { State = FridgeState.Fine });
            session.Execute("""
                insert into clinics_decision (clinic, fridge, release, reason, account, actor, at)
                values (@code, @fridge, @let, @reason, @Account, @Name, @now)
                """, new { code, fridge, let = release ? 1L : 0L, reason = reason.Trim(), actor.Account, actor.Name, now });
            return units.Count;
        });
    }

    private static void Quarantine(Session session, Clinic clinic, string fridge)
    {
        foreach (var unit in Session.AtHand(Unit.WhereAsync(session, "clinic = @Code and fridge = @fridge and state in ('stock', 'opened')",
            new { clinic.Code, fridge })))
        {
            (unit with { State = UnitState.Quarantine }).Change(session, unit);
            LevelRow.Change(session, clinic.Code, unit.Product, -unit.Doses);
        }
    }

    private static void Keep(Session session, FridgeRow row) => session.Execute("""
        insert into clinics_fridge (clinic, fridge, celsius, at, out_since, state) values (@Clinic, @Fridge, @Celsius, @At, @OutSince, @State)
        on conflict (clinic, fridge) do update set celsius = excluded.celsius, at = excluded.at,
            out_since = excluded.out_since, state = excluded.state
        """, new { row.Clinic, row.Fridge, row.Celsius, row.At, row.OutSince, row.State });
}
