using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Immunization.Contracts;

/// <summary>
/// What the schedule says of a child on a day, for modules that vaccinate: which doses it allows and why, what stands against one, and the writing
/// down of a dose inside the module's own unit.
/// </summary>
public interface IDoseBook
{
    /// <summary>The reader's own, or of a child in the reader's care. The look is in the log before it is answered.</summary>
    /// <param name="child">Null is the reader's own.</param>
    /// <returns>Refusals: <c>people.not_found</c>, <c>people.out_of_scope</c>, <c>access.purpose.denied</c>.</returns>
    Task<Outcome<ChildDoses>> Own(Actor actor, PersonId? child, DateOnly on, T t, CancellationToken cancel);

    /// <summary>Of a child that a clinic has before it: wherever the child lives,
    /// since the clinic has a ground of its own (a booking, a number).</summary>
    /// <param name="permission">Under which the module lets the actor act there.</param>
    /// <param name="purpose">The module's own, for the log of reads.</param>
    /// <returns>Refusals: <c>people.not_found</c>, <c>access.purpose.denied</c>.</returns>
    Task<Outcome<ChildDoses>> Served(Actor actor, Permission permission, string purpose, PersonId child, DateOnly on, T t,
        CancellationToken cancel);

    /// <summary>What stands against this dose today; nothing where it counts and no state of health speaks against it.</summary>
    IReadOnlyList<DoseAgainst> Against(ChildDoses child, string vaccine, T t);

    /// <summary>Codes of the vaccines of the rules in force on a day, in their order, with their names.</summary>
    IReadOnlyList<VaccineName> Vaccines(DateOnly on);

    /// <summary>Writes a dose given here and tells whoever listens. Refused when the child has it of that day already.</summary>
    /// <returns>Its number; refusal <c>immunization.dose.twice</c>.</returns>
    Outcome<long> Write(Session session, Actor actor, ChildDoses child, DoseHere dose);
}

/// <param name="Site">A code of the sites: <c>left_arm</c>.</param>
/// <param name="Clinic">As records name it, in Chinese.</param>
/// <param name="Note">What a record says besides: in spite of which clause, say.</param>
public sealed record DoseHere(string Vaccine, DateOnly On, string Lot, string Site, string Clinic, string Note);

/// <param name="Paid">Outside the programme: parents pay for it.</param>
public sealed record VaccineName(string Code, string Zh, string Bo, string En, bool Paid)
{
    public string In(Language language) => language == Language.Tibetan ? Bo : language == Language.English ? En : Zh;
}

/// <summary>What stands against a dose.</summary>
/// <param name="Kind"><c>not_due</c> (the programme would not count it), <c>interval</c> (too close to another live vaccine),
/// <c>state</c> (a state of
/// health), <c>doctor</c> (wants a doctor's word first) or <c>no_birth</c> (nobody can weigh it).</param>
/// <param name="Clause">Of the rules; empty where none is named.</param>
public sealed record DoseAgainst(string Kind, string Clause, string Sentence);

/// <summary>A dose that the schedule waits for on the day asked about.</summary>
/// <param name="Programme">Such as <c>hepb</c>.</param>
/// <param name="Vaccines">Any of which gives it; the usual one first.</param>
/// <param name="Allowed">It may be given on the day that was asked about.</param>
/// <param name="Late">It is overdue on that day.</param>
public sealed record DueDose(string Programme, string Name, int Dose, IReadOnlyList<string> Vaccines,
    DateOnly? From, DateOnly? By, bool Allowed, bool Late);

/// <param name="Counts">What it counts as, in words, or why it does not.</param>
public sealed record GivenBefore(long Id, DateOnly On, string Vaccine, string Name, string Lot,
    string Clinic, string Province, bool Valid, string Counts);

/// <summary>A child's doses as they stand, and what is due on a day. What it says rests on what the reader may know.</summary>
public sealed record ChildDoses
{
    public required PersonCard Child { get; init; }

    /// <summary>Every id that the child's file ever had.</summary>
    public required IReadOnlyList<PersonId> Ids { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>False where only the year or month of birth is known: nothing is due then, and nothing is weighed.</summary>
    public required bool KnowsBirth { get; init; }

    public required IReadOnlyList<GivenBefore> Given { get; init; }

    public required IReadOnlyList<DueDose> Due { get; init; }

    internal RecordView View { get; init; } = null!;

    /// <summary>The vaccines that may be given on the day, each with the dose that it gives.</summary>
    public IEnumerable<(string Vaccine, DueDose Dose)> Allowed =>
        Due.Where(dose => dose.Allowed).SelectMany(dose => dose.Vaccines.Select(vaccine => (vaccine, dose)));
}
