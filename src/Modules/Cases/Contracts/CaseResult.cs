using Legwork.Kernel;

namespace Legwork.Cases.Contracts;

/// <summary>
/// Kinds of events in the outbox, each with a <see cref="CaseResult"/> as its body and written in the unit of the transition.
/// The owner of a subject changes its file on <see cref="Closed"/> only: an answer alone is not yet verified.
/// </summary>
public static class CaseEvents
{
    public const string Opened = "cases.opened";
    public const string Assigned = "cases.assigned";
    public const string Called = "cases.called";
    public const string Visited = "cases.visited";
    public const string Answered = "cases.answered";
    public const string Noted = "cases.noted";
    public const string EvidenceAdded = "cases.evidence_added";
    public const string Paused = "cases.paused";
    public const string Resumed = "cases.resumed";
    public const string HandedOver = "cases.handed_over";
    public const string Returned = "cases.returned";
    public const string Extended = "cases.extended";
    public const string Verified = "cases.verified";
    public const string SentBack = "cases.sent_back";

    /// <summary>Verified by someone else and over: the result now holds.</summary>
    public const string Closed = "cases.closed";

    public const string Reopened = "cases.reopened";
    public const string Withdrawn = "cases.withdrawn";
}

/// <summary>Where a case stands after a transition, and what it has found.</summary>
/// <param name="Answer">Code of the answer as the worker gave it, empty before.</param>
/// <param name="Result">What it means for the subject: a code of <see cref="CaseResults"/>, empty before an answer.</param>
/// <param name="Details">What the answer carries besides: <c>place</c>, <c>date</c>, <c>name</c>, <c>number</c>, <c>text</c>. May be personal data.</param>
/// <param name="Evidence">Kinds of evidence held, each once: <c>photo</c>, <c>signature</c>, <c>document</c>, <c>attempts</c>.</param>
/// <param name="By">Account of who made this transition; the empty id is the machine.</param>
/// <param name="AnsweredBy">Account of who answered; the empty id before.</param>
public sealed record CaseResult(CaseId CaseId, string Kind, string Subject, string Origin, string Place, string State, string Answer, string Result,
    IReadOnlyDictionary<string, string> Details, IReadOnlyList<string> Evidence, Guid By, Guid AnsweredBy, long Version, DateTimeOffset At);

/// <summary>
/// The closed list of results that answers in <c>rules/cases/people.yaml</c> lead to. Those marked * may end an entitlement:
/// the rules file must ask evidence and a supervisor for them, or it is refused at start.
/// </summary>
public static class CaseResults
{
    /// <summary>Lives at the dwelling asked about; detail <c>date</c>: since when, if known.</summary>
    public const string LivesHere = "lives_here";

    /// <summary>Left the district; detail <c>text</c>: where to.</summary>
    public const string MovedAway = "moved_away";

    /// <summary>Does not live at this dwelling, and nobody there knows where.</summary>
    public const string NotHere = "not_here";

    /// <summary>* Died; detail <c>date</c>.</summary>
    public const string Dead = "dead";

    /// <summary>Alive: the notice of death is wrong or is someone else's.</summary>
    public const string Alive = "alive";

    /// <summary>Away for a reason in law (service, settled abroad, other); the reason itself is not told.</summary>
    public const string AwayLawfully = "away_lawfully";

    /// <summary>空挂户 confirmed: registered, nobody lives there, no contact. Never ends insurance.</summary>
    public const string EmptyConfirmed = "empty_confirmed";

    public const string NoContact = "no_contact";
    public const string Refused = "refused";
    public const string Unknown = "unknown";

    /// <summary>The two files are one person.</summary>
    public const string OnePerson = "one_person";

    public const string TwoPersons = "two_persons";

    /// <summary>* Of two insurance records the first stays, and the other ends.</summary>
    public const string KeepFirst = "keep_first";

    /// <summary>* Of two insurance records the second stays, and the first ends.</summary>
    public const string KeepSecond = "keep_second";

    /// <summary>Stays insured here; the record elsewhere is to be ended there.</summary>
    public const string KeepHere = "keep_here";

    /// <summary>* Is insured elsewhere and leaves the insurance here; detail <c>place</c> or <c>text</c>: where.</summary>
    public const string KeepThere = "keep_there";

    /// <summary>Is not insured at the other place (any more).</summary>
    public const string NotInsuredThere = "not_insured_there";

    /// <summary>Is insured at another place already; detail <c>text</c>: where.</summary>
    public const string InsuredThere = "insured_there";

    /// <summary>Will be registered for insurance here; detail <c>date</c>: by when.</summary>
    public const string WillInsure = "will_insure";

    /// <summary>Cannot pay: refer to aid.</summary>
    public const string Hardship = "hardship";

    public const string Unwilling = "unwilling";

    /// <summary>The number in question is this person's, seen on the card.</summary>
    public const string NumberConfirmed = "number_confirmed";

    /// <summary>The right number is another; detail <c>number</c>.</summary>
    public const string NumberCorrected = "number_corrected";

    /// <summary>The birth date in force is right.</summary>
    public const string BirthConfirmed = "birth_confirmed";

    /// <summary>Another birth date is right; detail <c>date</c>.</summary>
    public const string BirthCorrected = "birth_corrected";

    /// <summary>A citizen's correction is accepted.</summary>
    public const string CorrectionAccepted = "correction_accepted";

    /// <summary>A citizen's correction is refused; detail <c>text</c>: the reason owed to the citizen (PIPL art. 50).</summary>
    public const string CorrectionRefused = "correction_refused";

    public static readonly IReadOnlySet<string> MayEndEntitlement = new HashSet<string>(StringComparer.Ordinal) { Dead, KeepFirst, KeepSecond, KeepThere };

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        LivesHere, MovedAway, NotHere, Dead, Alive, AwayLawfully, EmptyConfirmed, NoContact, Refused, Unknown, OnePerson, TwoPersons, KeepFirst,
        KeepSecond, KeepHere, KeepThere, NotInsuredThere, InsuredThere, WillInsure, Hardship, Unwilling, NumberConfirmed, NumberCorrected,
        BirthConfirmed, BirthCorrected, CorrectionAccepted, CorrectionRefused,
    };
}
