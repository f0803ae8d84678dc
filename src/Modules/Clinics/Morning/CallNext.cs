using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>A table takes whoever is next in the fair line.</summary>
internal sealed class CallNext(Store store, Clinics clinics, VisitDesk desk, TimeProvider clock)
{
    private const int Tries = 20;

    /// <returns>Null when nobody waits. Refusals: <c>clinics.unknown</c>, <c>clinics.out_of_scope</c>, <c>clinics.table</c>,
    /// <c>clinics.table_busy</c> while the table has somebody.</returns>
    public async Task<Outcome<Visit?>> Run(Actor actor, string code, string table)
    {
        if (clinics.Find(code) is not { } clinic) return Clinics.Unknown;
        if (!actor.May(ClinicsPermissions.Table, clinic.Street)) return Clinics.OutOfScope;
        if (!clinic.HasTable(table)) return Refusal.Of("clinics.table", "The clinic has no such table.");
        var today = clock.Today();
        if ((await AtTable(clinic, today, table, CancellationToken.None)).Count > 0)
            return Refusal.Of("clinics.table_busy", "Somebody is at this table. Finish with them first, or pass them.");
        for (var tried = 0; tried < Tries; tried++)
        {
            var next = await store.ReadAsync(session => VisitRows.WhereAsync(session, """
                clinic = @Code and day = @today and state = 'waiting' and passes < @PassesMax order by mark limit 1
                """, new { clinic.Code, today, PassesMax = (long)clinics.Rules.Lanes.PassesMax }), CancellationToken.None);
            if (next.Count == 0) return (Visit?)null;
            var called = await desk.Do(actor, ClinicsPermissions.Table, new ActAsked(next[0].Id, next[0].Version, table), VisitActs.Call);
            if (called.Ok) return called.Value;
            // Another table was quicker with this one; the next is looked for.
            if (called.Refusal!.Code is not ("clinics.stale" or "clinics.state")) return called.Refusal;
        }
        return VisitDesk.Stale;
    }

    public Task<List<Visit>> AtTable(Clinic clinic, DateOnly day, string table, CancellationToken cancel) => store.ReadAsync(
        session => VisitRows.WhereAsync(session, "clinic = @Code and day = @day and state = 'called' and room = @table",
            new { clinic.Code, day, table }), cancel);
}
