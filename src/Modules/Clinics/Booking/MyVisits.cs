using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Booking;

/// <summary>A parent's own bookings: what is to come and today's, how the line goes, and giving a place back.</summary>
internal sealed class MyVisits(Store store, Clinics clinics, IPersonCards persons, Reading reading,
    MorningBook morning, VisitDesk desk, TimeProvider clock)
{
    /// <returns>Who is in the reader's care with their visits; refusal <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<(IReadOnlyList<PersonCard> Children, IReadOnlyList<MyVisit> Visits)>> Of(Actor actor, CancellationToken cancel)
    {
        var mine = await persons.InCare(actor, cancel);
        if (mine.Count == 0) return (Array.Empty<PersonCard>(), Array.Empty<MyVisit>());
        var own = await reading.Of(actor, ClinicsPermissions.Book, "own_file", [mine[0].Id], ["clinic_visit"]);
        if (!own.Ok) return own.Refusal!;
        if (mine.Count > 1)
        {
            var wards = await reading.Of(actor, ClinicsPermissions.Book, "guardianship", [.. mine.Skip(1).Select(one => one.Id)], ["clinic_visit"]);
            if (!wards.Ok) return wards.Refusal!;
        }
        var today = clock.Today();
        var shown = new List<MyVisit>();
        foreach (var card in mine)
            foreach (var visit in await store.ReadAsync(session => VisitRows.WhereAsync(session,
                "person = @Id and day >= @today and state not in ('cancelled') order by day, minute", new { card.Id, today }), cancel))
                if (clinics.Find(visit.Clinic) is { } clinic)
                {
                    var line = visit.State == VisitState.Waiting ? await morning.Clock(clinic, visit.Day, cancel) : null;
                    var ahead = line?.Ahead(visit);
                    shown.Add(new MyVisit(visit, clinic, card.Name, ahead, ahead is { } count ? line!.Minutes(count) : 0));
                }
        return (mine, shown);
    }

    /// <summary>Gives the place back: of one child or of all who were booked together.</summary>
    /// <returns>Refusals: <c>clinics.visit_unknown</c> (also of a child that is not the reader's), those of <see cref="VisitActs.Cancel"/>.</returns>
    public async Task<Outcome<Visit>> Cancel(Actor actor, Guid id, string reason)
    {
        var visit = await store.ReadAsync(session => VisitRows.FindAsync(session, id), CancellationToken.None);
        if (visit is null || !(await persons.InCare(actor, CancellationToken.None)).Any(card => card.Id == visit.Person)) return VisitDesk.NotFound;
        var step = VisitActs.Cancel(visit, new At("", clock.GetUtcNow(), clinics.Rules), reason);
        if (!step.Ok) return step.Refusal!;
        return await store.WriteWhole(session =>
            desk.Save(session, actor, visit, step.Value, new ActAsked(id, visit.Version, ""), clock.GetUtcNow()));
    }
}

/// <param name="Ahead">Null while it does not wait for a table.</param>
internal sealed record MyVisit(Visit Visit, Clinic Clinic, string Name, int? Ahead, int Minutes);
