using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Access;

namespace Legwork.People.Files;

/// <summary>Someone named on another's file.</summary>
internal sealed record PersonLine(PersonId Id, string Name, Sex Sex, PersonAge? Age);

/// <summary>Who answers for a child or an elder: from a register's row, or from a link made at the counter.</summary>
/// <param name="Link">The link's number; 0 when a register names the guardian.</param>
internal sealed record GuardianLine(string Kind, string Name, string Phone, string Source, PersonId? Person,
    long Link, DateOnly? From, DateOnly? Until);

/// <param name="Place">Province for insurance elsewhere; empty here.</param>
/// <param name="Row">Null for a period of an older system.</param>
internal sealed record InsurancePeriod(string Scheme, string Status, string Place, string Unit, VagueDate From, VagueDate Until,
    RowVersion? Row = null);

internal sealed record FindingLine(Guid Id, string Kind, string Args, string Source, long Row, string State,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>By which day it was promised to be put right; unknown where nobody promised.</summary>
    public VagueDate PromisedBy { get; init; }
}

/// <summary>One step of a file's history.</summary>
/// <param name="What">Ends the key of its text: <c>people.history.…</c>.</param>
/// <param name="Words">What the text names, in its order.</param>
/// <param name="Act">An act that can be undone, else 0.</param>
/// <param name="Statement">A statement that can be withdrawn, else 0.</param>
internal sealed record HistoryLine(DateTimeOffset At, string What, IReadOnlyList<object?> Words, string By,
    string Detail = "", long Act = 0, long Statement = 0);

/// <summary>A file as one reader may see it for one purpose, as known at one moment and as true on one day.</summary>
/// <param name="AsNow">Neither date was chosen.</param>
/// <param name="Number">Masked, or empty.</param>
internal sealed record FileView(FileRow File, Purpose Purpose, DateTimeOffset KnownOn, DateOnly TrueOn, bool AsNow,
    IReadOnlyList<InForce> Values, string Number, PersonAge? Age, bool IsChild, Presence Presence, IReadOnlyList<PersonLine> Household,
    IReadOnlyList<PersonLine> Dwelling, IReadOnlyList<GuardianLine> Guardians,
    IReadOnlyList<PersonLine> Wards, IReadOnlyList<InsurancePeriod> Insurance, IReadOnlyList<FindingLine> Findings, IReadOnlyList<CaseLine> Cases,
    IReadOnlyList<HistoryLine> History, IReadOnlyList<RowVersion> Rows, bool HoldsHidden)
{
    public IEnumerable<PersonId> ShownTo =>
        [File.Id, .. Household.Select(person => person.Id), .. Dwelling.Select(person => person.Id), .. Wards.Select(person => person.Id),
            .. Guardians.Where(line => line.Person is not null).Select(line => line.Person!.Value)];
}
