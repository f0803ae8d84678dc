using Legwork.Clinics.Stock;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>What a day leaves behind: who was booked and did not come is said so, and what ran out leaves the shelves. Two nodes at once do no harm:
/// each step is taken once.</summary>
internal sealed class EveningWork(Store store, Clinics clinics, VisitDesk desk, StockDesk stock, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <returns>How much was done; 0 when nothing is left.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var today = clock.Today();
        var missed = await store.ReadAsync(session => VisitRows.WhereAsync(session,
            "state = 'booked' and day < @today order by day, id limit @AtOnce", new { today, AtOnce = (long)AtOnce }), cancel);
        var done = 0;
        foreach (var visit in missed)
        {
            var now = clock.GetUtcNow();
            var step = VisitActs.Miss(visit, new At("", now, clinics.Rules));
            // A clinic that the district has no more keeps its visits as they are.
            if (!step.Ok || clinics.Find(visit.Clinic) is null) continue;
            var asked = new ActAsked(visit.Id, visit.Version, "");
            if ((await store.WriteWhole(session => desk.Save(session, Actor.System, visit, step.Value, asked, now))).Ok) done++;
        }
        return done + await stock.Expire(Actor.System, cancel);
    }
}
