using Legwork.Clinics.Booking;
using Legwork.Clinics.Morning;
using Legwork.Clinics.Needle;
using Legwork.Clinics.Plan;
using Legwork.Clinics.Stock;
using Legwork.Immunization.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Shell;

namespace Legwork.Clinics.Pages;

internal sealed record ClinicsModel(IReadOnlyList<Clinic> Clinics, string After);

internal sealed record MorningModel(MorningView View, bool IsDoctor, string? Done);

internal sealed record ComeModel(Clinic Clinic, string Question, PersonsFound? Found, Refusal? Wrong);

/// <summary>A visit with what can be done next.</summary>
/// <param name="Consents">What parents said, by vaccine.</param>
/// <param name="Said">What was typed and refused.</param>
internal sealed record VisitModel(Visit Visit, Clinic Clinic, ClinicRules Rules, ChildDoses Child, IReadOnlyList<ActRow> Acts, CheckTold? Checked,
    IReadOnlyDictionary<string, string> Consents, IReadOnlyList<VaccineName> Vaccines, LineClock Line, DateTimeOffset Now, bool MayDecide,
    IReadOnlyDictionary<string, string> Said, FormErrors? Errors, string? Done);

/// <param name="Visit">Who is at the table; null when nobody is.</param>
internal sealed record TableModel(Clinic Clinic, string Table, LineClock Line, VisitModel? Visit,
    IReadOnlyList<(VaccineName Vaccine, Unit? Next)> Next,
    IReadOnlyList<Breach> Breaches, IReadOnlySet<string> Beyond, GivenNow? Given, DateTimeOffset Now);

/// <summary>What was given a moment ago, for the line that says so.</summary>
internal sealed record GivenNow(string Name, string Vaccine, string Lot, DateTimeOffset? Until);

internal sealed record HallModel(HallView View);

internal sealed record StockModel(Clinic Clinic, IReadOnlyList<LevelRow> Levels, IReadOnlyList<LotLine> Lots, IReadOnlyList<FridgeRow> Fridges,
    ClinicRules Rules, IReadOnlyList<VaccineName> Vaccines, bool MayChange, IReadOnlyList<(Clinic Clinic, string Fridge)> Everywhere,
    DateTimeOffset Now, DateOnly Today,
    IReadOnlyDictionary<string, string> Said, FormErrors? Errors, string? Done);

/// <summary>What a clinic has of a lot.</summary>
internal sealed record LotLine(string Product, string Lot, DateOnly Expires, string Fridge, string State, long Vials, long Doses, long Recalled);

/// <summary>A parent's bookings and children.</summary>
internal sealed record MyClinicModel(IReadOnlyList<PersonCard> Children, IReadOnlyList<MyVisit> Visits, string? Done);

/// <summary>Where a booking stands that is being made: whoever comes, where, on which day; what is not chosen yet is asked next.</summary>
internal sealed record BookModel(IReadOnlyList<PersonCard> Children, IReadOnlyList<PersonId> Chosen, IReadOnlyList<Clinic> Clinics, Clinic? Clinic,
    IReadOnlyList<(DateOnly Day, long Free)> Days, DateOnly? Day, IReadOnlyList<(int Minute, long Free)> Slots,
    IReadOnlyList<(PersonCard Child, ChildDoses Doses)> Doses, IReadOnlyList<VaccineName> Vaccines, IReadOnlySet<string> InStock, BookingRule Rule,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Said, FormErrors? Errors);
