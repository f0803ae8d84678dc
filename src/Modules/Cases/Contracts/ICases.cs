using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Contracts;

/// <summary>
/// What other modules ask of Cases. Writing methods run inside the caller's unit, so that a finding and its case are stored
/// together or not at all; results come back as outbox events (<see cref="CaseEvents"/>).
/// </summary>
public interface ICases
{
    /// <summary>Opens a case, or says which one stands for the matter already. About 50 µs; safe to repeat.</summary>
    /// <returns>Refusals: <c>cases.kind</c> (no such kind), <c>cases.place</c> (not a place of this district).</returns>
    Outcome<Opened> Open(Session session, OpenCase asked);

    /// <summary>
    /// Closes by itself what later data answered: the open case of this matter, if there is one, with the reason in its history.
    /// A case that is answered and waits for verification is withdrawn too.
    /// </summary>
    /// <returns>Whether an open case was withdrawn.</returns>
    bool Withdraw(Session session, string kind, string subject, string origin, string reason);

    /// <summary>Every case of these subjects, newest first; give all ids of a merged file. Holds no personal data but the subject.</summary>
    Task<IReadOnlyList<CaseLine>> Find(IReadOnlyCollection<string> subjects, CancellationToken cancel);

    Task<CaseLine?> Find(CaseId id, CancellationToken cancel);

    /// <summary>How many cases stand where, for boards: one row for each place, kind and state that has any.</summary>
    /// <param name="within">Counts only places that this covers; null counts all.</param>
    Task<IReadOnlyList<CaseCount>> Counts(Scope? within);

    /// <summary>
    /// How many cases stood where at the end of an earlier local day, as their histories tell it. What was overdue then is not told: due
    /// times keep no history.
    /// </summary>
    Task<IReadOnlyList<CaseStanding>> CountsOn(DateOnly day);

    /// <summary>Opened and over on each local day from <paramref name="from"/> to today, days without any included.</summary>
    Task<IReadOnlyList<CaseDay>> Trend(string place, DateOnly from);

    /// <summary>What a kind of case is called; the code itself when no rules describe it any more.</summary>
    /// <param name="language">A language tag; anything but Tibetan and English is answered in Chinese.</param>
    string NameOf(string kind, string language);
}

/// <param name="Place">Grid code, or a wider one while unassigned.</param>
/// <param name="Stage"><c>match</c>, <c>call</c> or <c>visit</c>.</param>
/// <param name="Answer">Code of the answer given, empty before.</param>
/// <param name="Result">Code for the owner of the subject, empty before an answer; see <see cref="CaseResult"/>.</param>
public sealed record CaseLine(CaseId Id, string Kind, string Subject, string Origin, string Place, string State, string Stage, string Answer,
    string Result, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? ClosedAt);

/// <param name="Overdue">How many of <paramref name="Cases"/> are past due and not paused.</param>
public sealed record CaseCount(string Place, string Kind, string State, long Cases, long Overdue);

/// <param name="Place">Where the cases lay then.</param>
/// <param name="Opened">The local day on which they were opened.</param>
/// <param name="Since">The local day on which they came into this state.</param>
public sealed record CaseStanding(string Place, string Kind, string State, DateOnly Opened, DateOnly Since, long Cases);

/// <param name="Closed">Closed after verification.</param>
/// <param name="Withdrawn">Closed by later data.</param>
public sealed record CaseDay(DateOnly Day, long Opened, long Closed, long Withdrawn);

/// <summary>Addresses of pages of Cases, so that a board's figure can lead to its cases.</summary>
public static class CaseLinks
{
    public static string Case(CaseId id) => $"/cases/{id}";

    /// <summary>The list behind a figure. <paramref name="state"/> is a state of <see cref="CaseStates"/>,
    /// or <c>overdue</c> or <c>current</c> (not over).</summary>
    public static string List(string place = "", string kind = "", string state = "")
    {
        var filters = new[] { ("place", place), ("kind", kind), ("state", state) }
            .Where(filter => filter.Item2.Length > 0).Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2)}").ToList();
        return filters.Count == 0 ? "/cases" : "/cases?" + string.Join('&', filters);
    }
}
