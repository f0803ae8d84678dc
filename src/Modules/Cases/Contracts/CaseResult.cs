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

    /// <summary>An answer or a try taken back by whoever gave it, on the same day.</summary>
    public const string TakenBack = "cases.taken_back";

    /// <summary>Verified by someone else and over: the result now holds.</summary>
    public const string Closed = "cases.closed";

    /// <summary>What the closing had done no longer holds: the case is worked on again, or its answer is to be verified again.</summary>
    public const string Reopened = "cases.reopened";
    public const string Withdrawn = "cases.withdrawn";
}

/// <summary>Where a case stands after a transition, and what it has found.</summary>
/// <param name="Answer">Code of the answer as the worker gave it, empty before.</param>
/// <param name="Result">What it means for the subject: the code of a <see cref="CaseResultKind"/>, empty before an answer.</param>
/// <param name="Details">What the answer carries besides: <c>place</c>, <c>date</c>, <c>name</c>, <c>number</c>,
/// <c>text</c>. May be personal data.</param>
/// <param name="Evidence">Kinds of evidence held, each once: <c>photo</c>, <c>signature</c>, <c>document</c>, <c>attempts</c>.</param>
/// <param name="By">Account of who made this transition; the empty id is the machine.</param>
/// <param name="AnsweredBy">Account of who answered; the empty id before.</param>
public sealed record CaseResult(CaseId CaseId, string Kind, string Subject, string Origin, string Place, string State, string Answer, string Result,
    IReadOnlyDictionary<string, string> Details, IReadOnlyList<string> Evidence, Guid By, Guid AnsweredBy, long Version, DateTimeOffset At);

/// <summary>
/// A result that answers in <c>rules/cases/*.yaml</c> may lead to, contributed by whoever hears it: the closed list is the union of these
/// records, and rules that name another result are refused at start.
/// </summary>
/// <param name="Code">As the rules and <see cref="CaseResult.Result"/> write it.</param>
/// <param name="MayEndEntitlement">Its answers must ask evidence and someone who steers such cases to verify.</param>
/// <param name="EvidenceMin">So many different kinds of evidence, and again someone who steers.</param>
public sealed record CaseResultKind(string Code, bool MayEndEntitlement = false, int EvidenceMin = 0);
