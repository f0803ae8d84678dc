using Legwork.Cases.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Outbox;

namespace Legwork.People.Cases;

/// <summary>Whom a case concerns, for receivers outside whose purpose opens it; Cases itself knows no person.</summary>
internal static class CasesOfPeopleOut
{
    public static readonly IReadOnlyList<EventOut> All =
    [
        Of("case.opened", CaseEvents.Opened), Of("case.answered", CaseEvents.Answered), Of("case.closed", CaseEvents.Closed),
        Of("case.reopened", CaseEvents.Reopened), Of("case.withdrawn", CaseEvents.Withdrawn),
    ];

    private static EventOut Of(string name, string kind) => new(name, kind, PersonsOut.Fields("cases"))
    {
        Person = row => PersonSubject.TryParse(row.Read<CaseResult>().Subject, out var person) ? person : (PersonId?)null,
        Personal = PersonsOut.Tell("cases"),
    };
}
