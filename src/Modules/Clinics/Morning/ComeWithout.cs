using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Morning;

/// <summary>A child who comes without a booking, or on another day than the own: draws a number at once.</summary>
internal sealed class ComeWithout(Store store, Clinics clinics, IDoseBook doses, TimeProvider clock)
{
    /// <returns>The visit. Refusals: <c>clinics.unknown</c>, <c>clinics.out_of_scope</c>, <c>clinics.here_already</c>, <c>clinics.shut</c>,
    /// <c>people.not_found</c>.</returns>
    public async Task<Outcome<Visit>> Run(Actor actor, string code, PersonId person, T t, CancellationToken cancel)
    {
        if (clinics.Find(code) is not { } clinic) return Clinics.Unknown;
        if (!actor.May(ClinicsPermissions.Counter, clinic.Street)) return Clinics.OutOfScope;
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var child = await doses.Served(actor, ClinicsPermissions.Counter, ClinicsPermissions.Purpose, person, today, t, cancel);
        if (!child.Ok) return child.Refusal!;
        var card = child.Value.Child;
        return await store.WriteWhole(session =>
        {
            var day = DayRow.Hold(session, clinic.Code, today);
            if (VisitRows.Where(session, "person = @Id and clinic = @Code and day = @today", new { card.Id, clinic.Code, today })
                .Find(visit => visit.IsInside || visit.State == VisitState.Booked) is { } here)
                throw new RefusedException(here.IsInside
                    ? Refusal.Of("clinics.here_already", "The child has a number today already.") with { At = here.Id.ToString() }
                    : Refusal.Of("clinics.has_booking", "The child is booked for today: let it draw its number there.") with
                    { At = here.Id.ToString() });
            var visit = new Visit(Guid.CreateVersion7(now), clinic.Code, today, null, clinics.LaneOf(card, today, booked: false),
                card.Id, card.IsChild,
                HallBoard.Covered(card.Name), Guid.CreateVersion7(now), [], VisitState.Arrived, day.DrawNumber(session), "", 0, 0,
                null, null, null, null, null, now, 1);
            VisitRows.Add(session, visit, null);
            VisitRows.AddAct(session, visit with { Version = 0 }, new VisitStep(visit, "came"), actor, new At(At.Counter, now, clinics.Rules),
                null, now, null);
            return visit;
        });
    }
}
