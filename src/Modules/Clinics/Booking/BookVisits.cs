using Legwork.Clinics.Morning;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Booking;

/// <param name="Products">Vaccines that the schedule allows on the day, chosen by the parent.</param>
internal sealed record ChildAsked(PersonId Person, IReadOnlyList<string> Products);

/// <param name="Minute">After midnight, of a half hour of the clinic's plan.</param>
/// <param name="Telephone">For this visit alone, where it is another than the file's; may be empty.</param>
internal sealed record BookingAsked(string Clinic, DateOnly Day, int Minute, IReadOnlyList<ChildAsked> Children, string Telephone);

/// <summary>Children are booked together or not at all: a place each, of the same half hour, with a dose promised for every vaccine.</summary>
internal sealed class BookVisits(Store store, Clinics clinics, IDoseBook doses, IMessages messages, NumberVault vault, TimeProvider clock)
{
    private const int TelephoneMax = 32;

    /// <summary>A parent books for the own children.</summary>
    /// <returns>The visits' common id. Refusals: <c>clinics.*</c>, <c>people.out_of_scope</c>, <c>people.not_found</c>.</returns>
    public async Task<Outcome<Guid>> ByParent(Actor actor, BookingAsked asked, T t, CancellationToken cancel)
    {
        if (await Counted(asked.Children, cancel) is { } counter) return counter;
        return await Book(actor, asked, child => doses.Own(actor, child, asked.Day, t, cancel), byParent: true);
    }

    /// <summary>The counter books for who has no telephone, or who was asked to come by.</summary>
    /// <returns>As <see cref="ByParent"/>, and <c>clinics.out_of_scope</c>.</returns>
    public async Task<Outcome<Guid>> ByCounter(Actor actor, BookingAsked asked, T t, CancellationToken cancel) =>
        clinics.Find(asked.Clinic) is { } clinic && !actor.May(ClinicsPermissions.Counter, clinic.Street) ? Clinics.OutOfScope
            : await Book(actor, asked,
                child => doses.Served(actor, ClinicsPermissions.Counter, ClinicsPermissions.Purpose, child, asked.Day, t, cancel), byParent: false);

    private async Task<Outcome<Guid>> Book(Actor actor, BookingAsked asked, Func<PersonId, Task<Outcome<ChildDoses>>> open, bool byParent)
    {
        var now = clock.GetUtcNow();
        if (clinics.Find(asked.Clinic) is not { } clinic) return Clinics.Unknown;
        if (Wrong(clinic, asked, Calendar.Local(now), byParent) is { } wrong) return wrong;
        var (party, visits) = (Guid.CreateVersion7(now), new List<Visit>());
        foreach (var child in asked.Children)
        {
            var opened = await open(child.Person);
            if (!opened.Ok) return opened.Refusal!;
            if (NotAllowed(opened.Value, child) is { } not) return not;
            visits.Add(new Visit(Guid.CreateVersion7(now), clinic.Code, asked.Day, asked.Minute,
                clinics.LaneOf(opened.Value.Child, asked.Day, booked: true), opened.Value.Child.Id, opened.Value.Child.IsChild,
                HallBoard.Covered(opened.Value.Child.Name), party, child.Products, VisitState.Booked, 0, "", 0, 0,
                null, null, null, null, null, now, 1));
        }
        return await store.WriteWhole(session => Keep(session, actor, clinic, visits, asked.Telephone, now));
    }

    /// <summary>The unit: places, doses, visits and the reminder, or nothing.</summary>
    internal Guid Keep(Session session, Actor actor, Clinic clinic, IReadOnlyList<Visit> visits, string telephone, DateTimeOffset now)
    {
        var first = visits[0];
        if (!PlaceRows.Take(session, clinic, first.Day, first.Minute!.Value, [.. visits.Select(visit => visit.Products)]))
            throw new RefusedException(Refusal.Of("clinics.full", "This half hour has no place left. Choose another."));
        if (LevelRow.Promise(session, clinic.Code, visits.SelectMany(visit => visit.Products)) is { } none)
            throw new RefusedException(Refusal.Of("clinics.no_stock",
                "The clinic has no dose of this vaccine left to promise. Choose another clinic or a later day.") with
            { At = none });
        var sealedNumber = telephone.Length == 0 ? null : vault.Seal(telephone);
        foreach (var visit in visits)
        {
            if (!VisitRows.Add(session, visit, sealedNumber))
                throw new RefusedException(Refusal.Of("clinics.booked_already",
                    "One of the children has a booking already. Move that one, or cancel it."));
            VisitRows.AddAct(session, visit with { Version = 0 }, new VisitStep(visit, "booked", visit.Slot), actor,
                new At("", now, clinics.Rules), null,
                now, null);
            Remind(session, clinic, visit);
        }
        return first.Party;
    }

    private void Remind(Session session, Clinic clinic, Visit visit)
    {
        var at = Calendar.StartOf(visit.Day.AddDays(-1)) + clinics.Rules.Booking.ReminderAt.ToTimeSpan();
        messages.Tell(session, new Message("clinic_reminder", PersonSubject.Of(visit.Person), VisitSubject.Of(visit.Id), clinic.Street,
            [Word.Day(visit.Day), Word.Plain(visit.Slot), Word.Called(clinic.Zh)], at, visit.At));
    }

    private Refusal? Wrong(Clinic clinic, BookingAsked asked, DateTimeOffset local, bool byParent)
    {
        var rule = clinics.Rules.Booking;
        if (asked.Children.Count == 0) return Refusal.Of("clinics.nobody", "Choose who comes.");
        if (asked.Children.Count > rule.ChildrenMax) return Refusal.Of("clinics.too_many", "So many children cannot be booked together.");
        if (asked.Children.Select(child => child.Person).Distinct().Count() != asked.Children.Count)
            return Refusal.Of("clinics.twice", "The same child is named twice.");
        if (asked.Children.Any(child => child.Products.Count == 0)) return Refusal.Of("clinics.products", "Choose what is given.");
        // The counter may still book for today: whoever stands there is not sent home to a telephone.
        var first = byParent ? rule.FirstOpen(local) : DateOnly.FromDateTime(local.DateTime);
        if (asked.Day < first || asked.Day > rule.LastOpen(local)) return Refusal.Of("clinics.day_closed", "This day is not open for booking.");
        if (!clinic.Plan.OpensOn(asked.Day) || !clinic.Plan.Slots.Contains(asked.Minute))
            return Refusal.Of("clinics.no_session", "The clinic is not open then. Choose one of its half hours.");
        if (asked.Telephone.Length > TelephoneMax || asked.Telephone.Any(letter => !char.IsAsciiDigit(letter) && letter is not ('+' or '-' or ' ')))
            return Refusal.Of("clinics.telephone", "A telephone number has digits only.");
        return null;
    }

    private static Refusal? NotAllowed(ChildDoses child, ChildAsked asked)
    {
        var allowed = child.Allowed.ToLookup(one => one.Vaccine, one => one.Dose.Programme);
        foreach (var product in asked.Products)
            if (!allowed.Contains(product))
                return Refusal.Of("clinics.not_due",
                    "The schedule does not allow this vaccine on that day. Choose another day or another vaccine.") with
                { At = product };
        // Two vaccines of one dose: one of them would be one too many.
        return asked.Products.SelectMany(product => allowed[product].Distinct()).GroupBy(programme => programme).Any(same => same.Count() > 1)
            ? Refusal.Of("clinics.same_dose", "Two of the vaccines give the same dose. Choose one of them.") : null;
    }

    /// <summary>Who did not come several times of late books at the counter for a while.</summary>
    private async Task<Refusal?> Counted(IReadOnlyList<ChildAsked> children, CancellationToken cancel)
    {
        var (rule, today) = (clinics.Rules.Booking, clock.Today());
        foreach (var child in children)
        {
            var missed = (await store.ReadAsync(session => VisitRows.WhereAsync(session, "person = @Person and state = 'no_show' and day >= @from",
                new { child.Person, from = today.AddDays(-rule.NoShowDays) }), cancel)).Select(visit => visit.Day).ToList();
            if (missed.Count >= rule.NoShows && missed.Max().AddDays(rule.CounterDays) >= today)
                return Refusal.Of("clinics.counter_only",
                    "Bookings were missed several times of late. Please book at the clinic's counter this time; nobody is turned away.");
        }
        return null;
    }
}
