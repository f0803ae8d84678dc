using Legwork.Cases.Contracts;
using Legwork.Platform.Shell;

namespace Legwork.Cases.Pages;

/// <summary>One case as its page shows it, every word in the reader's language.</summary>
/// <param name="SubjectMissing">What stands where there is no subject to show.</param>
/// <param name="Workers">Whom the case can be assigned to by name; none for who does not steer it.</param>
public sealed record CaseView(
    string Id, long Version, string Kind, string Question, string State, string StateText, Tone Tone, string Stage, string Place, string Priority,
    DateOnly Due, DateOnly FirstDue, int DaysLeft, DateOnly? Closed, bool DueUnsure, SubjectLines? Subject, string SubjectMissing,
    IReadOnlyList<(string Label, string Value)> Found, IReadOnlyList<EvidenceLink> Evidence, IReadOnlyList<HistoryItem> History,
    string? Asked, IReadOnlyList<string> Cites, IReadOnlyList<Choice> Answers, IReadOnlyList<Choice> Workers, CaseDoors Doors)
{
    public string Href => "/cases/" + Id;
}

/// <summary>What this reader may do with the case now.</summary>
/// <param name="Own">The reader handled the case, and so cannot verify it.</param>
public sealed record CaseDoors(bool Answer, bool Call, bool Visit, bool Verify, bool Steer, bool Own)
{
    public bool Any => Answer || Verify || Steer;
}

public sealed record EvidenceLink(string Href, string Text, bool IsPicture);

public sealed record HistoryItem(DateTimeOffset At, DateTimeOffset? DoneAt, string Title, string By, string Note,
    IReadOnlyList<(string Label, string Value)> Facts);

/// <summary>What an answer asks for besides, on a page of its own.</summary>
/// <param name="Needed">The kinds of evidence that count for the answer and are not there yet; empty where enough is.</param>
/// <param name="Missing">So many of them are to be given.</param>
public sealed record AnswerView(string Id, long Version, string Question, string Answer, string AnswerText, IReadOnlyList<AnswerField> Fields,
    bool TakesEvidence, IReadOnlyList<string> Needed, int Missing, string? EvidenceHint, string Back)
{
    /// <summary>Whoever answers chooses which kind to give: the kinds stand together, and none of them is optional by itself.</summary>
    public bool OneOf => Needed.Count > 1;
}

public sealed record AnswerField(string Code, bool Required);

/// <summary>One row of a list; it names no person.</summary>
/// <param name="Href">The case's page; null for a reader of figures, who may not open it.</param>
public sealed record CaseRow(string? Href, string Kind, string Place, string StateText, Tone Tone, string Stage, string Answer, DateOnly Due,
    int DaysLeft, DateOnly? Closed, string? Asked, int Reworks);

/// <param name="Where">Name of the place that the filter asks for, or empty.</param>
public sealed record CaseListView(IReadOnlyList<CaseRow> Rows, long Total, int Page, int Pages, CaseFilter Filter,
    IReadOnlyList<Choice> Kinds, IReadOnlyList<Choice> States, IReadOnlyList<Choice> Stages, string Where);

/// <param name="State">A state, <c>overdue</c>, <c>current</c>, or empty for all.</param>
public sealed record CaseFilter(string Place = "", string Kind = "", string State = "", string Stage = "", int Page = 1)
{
    public string Href(int page)
    {
        var number = page == 1 ? "" : page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (string Name, string Value)[] parts = [("place", Place), ("kind", Kind), ("state", State), ("stage", Stage), ("page", number)];
        return "/cases?" + string.Join('&',
            parts.Where(part => part.Value.Length > 0).Select(part => part.Name + "=" + Uri.EscapeDataString(part.Value)));
    }
}

/// <param name="Kinds">The kinds that wait in the tab, each with its address and how many there are.</param>
/// <param name="Kind">The one that is shown; empty for all.</param>
public sealed record QueueView(string Tab, string Title, IReadOnlyList<Choice> Tabs, IReadOnlyList<CaseRow> Rows, long Total, int Page, int Pages,
    IReadOnlyList<Choice> Kinds, string Kind)
{
    public string Href(int page) =>
        Address(Tab, Kind) + (page > 1 ? "&page=" + page.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");

    internal static string Address(string tab, string kind) =>
        "/queue?tab=" + tab + (kind.Length > 0 ? "&kind=" + Uri.EscapeDataString(kind) : "");
}

public sealed record SubstituteRow(string Id, string Place, string Absent, string Substitute, DateOnly From, DateOnly Until, string Reason);
