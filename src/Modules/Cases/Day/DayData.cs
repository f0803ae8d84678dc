using Legwork.Platform.Access;

namespace Legwork.Cases.Day;

/// <summary>
/// A worker's day as the page keeps it for the hours without network: everything that may be asked at a door, already masked, and
/// nothing else. Embedded in <c>/day</c> as JSON by <c>OfflineDay</c> (names in camelCase).
/// </summary>
/// <param name="Worker">
/// Stable id of the worker, behind a slash that of whoever is stood in for: answers kept on a shared phone are sent only for whoever gave them.
/// </param>
/// <param name="As">In whose name a stand-in answers; null in the own.</param>
/// <param name="Calls">Who is to be called first, one a case, each with <see cref="DayVisit.Misses"/>.</param>
public sealed record DayData(DateOnly Date, string Worker, string WorkerName, IReadOnlyList<DayVisit> Visits, IReadOnlyList<DayVisit>? Calls = null,
    Guid? As = null)
{
    public static string HandsOf(Actor actor) => actor.For is { } absent ? $"{actor.Account}/{absent.Account}" : actor.Account.ToString();
}

/// <summary>One case to be asked about at one door. Visits of the same <see cref="Group"/> are one stop.</summary>
/// <param name="Version">The case's version that the worker saw; an answer to an older one is a contradiction, not an overwrite.</param>
/// <param name="Group">Key of the dwelling; the visit stands alone when null.</param>
/// <param name="Order">Walking order of the stop, from 1.</param>
/// <param name="Href">The same visit as an ordinary page with a form, for when there is no script.</param>
/// <param name="Done">True when it is answered, or tried today and waits for another day.</param>
/// <param name="Telephone">Number to call, or null; at a door as well, where one calls from below.</param>
/// <param name="Due">The last day in words, or null.</param>
/// <param name="Misses">What a call that reached nobody may have met with; null at a door, where nobody is at home.</param>
/// <param name="Said">What was sent of it, in words; null while it is open.</param>
/// <param name="TakeBack">Whether what was sent can still be taken back; the question then comes with its answers.</param>
public sealed record DayVisit(string CaseId, long Version, string Household, string Address, int Order,
    IReadOnlyList<DayQuestion> Questions, IReadOnlyList<DayPerson> Persons, string? Group = null, string? Href = null, bool Done = false,
    string? Telephone = null, string? Due = null, IReadOnlyList<DayChoice>? Misses = null,
    string? Said = null, bool TakeBack = false);

/// <summary>Someone whom the visit is about: the name, in Tibetan too where known, and a masked line.</summary>
public sealed record DayPerson(string Name, string? NameTibetan = null, string? Line = null);

/// <summary>A question in the worker's language with its closed answers.</summary>
public sealed record DayQuestion(string Code, string Text, IReadOnlyList<DayChoice> Answers);

/// <summary>An answer as a large button.</summary>
/// <param name="Style"><c>good</c>, <c>plain</c>, <c>grave</c> or <c>quiet</c>.</param>
/// <param name="Asks">Details that must be given: <c>date</c>, <c>place</c>, <c>number</c>, <c>text</c>.</param>
/// <param name="MaySay">Details that may be given.</param>
/// <param name="Evidence">Kinds of evidence out of which at least <see cref="EvidenceMin"/> are taken at
/// the door: <c>photo</c>, <c>signature</c>.</param>
public sealed record DayChoice(string Code, string Text, string Style = "plain", IReadOnlyList<string>? Asks = null,
    IReadOnlyList<string>? MaySay = null, IReadOnlyList<string>? Evidence = null, int EvidenceMin = 0);

/// <summary>What the phone posts to <c>/api/day/answers</c>, at most <see cref="ItemsMax"/> items at once.</summary>
internal sealed record DayAnswers(IReadOnlyList<DayItem> Items)
{
    public const int ItemsMax = 10;
}

/// <summary>One answer given at a door, possibly hours ago.</summary>
/// <param name="Key">Drawn on the phone; the same key sent again is the same answer (<c>already</c>).</param>
/// <param name="Question">Code of the question; null when nobody was met.</param>
/// <param name="Answer">
/// Code of the answer, or <c>not_home</c> or the code of a <see cref="DayVisit.Misses"/> with <see cref="Attempt"/>, or <c>take_back</c> of what
/// was sent last.
/// </param>
/// <param name="Details">Values of <see cref="DayChoice.Asks"/> and <see cref="DayChoice.MaySay"/> by their names.</param>
/// <param name="At">When it was given, by the phone's clock.</param>
/// <param name="As">In whose name a stand-in gave it; null in the own.</param>
internal sealed record DayItem(Guid Key, string CaseId, long Version, string? Question, string Answer, IReadOnlyDictionary<string, string>? Details,
    string? Note, DateTimeOffset At, IReadOnlyList<DayEvidence>? Evidence, DayAttempt? Attempt, Guid? As = null);

/// <summary>A door that stayed shut or a call that reached nobody, and when the worker will try again.</summary>
/// <param name="Next">Day and time in Beijing, <c>yyyy-MM-ddTHH:mm</c>; null when it is not settled.</param>
internal sealed record DayAttempt(string? Next);

/// <param name="Kind"><c>photo</c> (JPEG, at most 1600 px, no metadata), <c>signature</c> (PNG) or <c>typed_name</c>.</param>
/// <param name="DataUrl">Base64 data URL; for <c>typed_name</c> the name itself.</param>
internal sealed record DayEvidence(string Kind, string DataUrl);

/// <summary>The server's word on each item, in any order. What is not named stays on the phone and is sent again.</summary>
internal sealed record DayResults(IReadOnlyList<DayResult> Results);

/// <param name="Status"><c>taken</c>, <c>already</c>, <c>contradicted</c> (the case moved on meanwhile) or <c>refused</c>.</param>
/// <param name="Message">A sentence in the worker's language; null when taken.</param>
internal sealed record DayResult(Guid Key, string Status, string? Message = null);
