using Legwork.Cases.Contracts;
using Legwork.Cases.Day;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>One answer that waits: whom it is about, what was asked, what was answered and by what it is shown.</summary>
/// <param name="Choice">Case and version, as the form sends them.</param>
/// <param name="OwnWork">The reader handled it, and somebody else verifies it.</param>
/// <param name="Together">Its answer asks for no evidence and takes nothing away: several alike may be verified at once.</param>
public sealed record VerifyRow(string Choice, string Href, string Name, string? NameTibetan, IReadOnlyList<string> Lines, string Question,
    IReadOnlyList<(string Label, string Value)> Found, IReadOnlyList<EvidenceLink> Evidence, DateOnly Due, int DaysLeft, string AnsweredBy,
    bool OwnWork, bool Together);

/// <param name="Alike">The kind and answer that is chosen, or empty for all.</param>
/// <param name="Answers">Each kind and answer that waits, with how many.</param>
public sealed record VerifyView(IReadOnlyList<VerifyRow> Rows, string Alike, IReadOnlyList<Choice> Answers, int Page, int Pages)
{
    public bool Together => Rows.Count(row => row.Together && !row.OwnWork) > 1;

    public string Href(int page) => Address(Alike) + (page > 1 ? "&page=" + page.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");

    internal static string Address(string alike) => "/queue?tab=verify" + (alike.Length > 0 ? "&alike=" + Uri.EscapeDataString(alike) : "");
}

/// <summary>
/// The answers that wait to be verified, each with the person, the question, the answer and its evidence, so that most are decided where they
/// stand. Everyone shown is in the log of reads first, as on the case's own page; hence few to a page.
/// </summary>
internal sealed class VerifyList(Store store, CaseRules rules, WorkingCalendar calendar, Subjects subjects, LookAtCase look, TimeProvider clock)
{
    private const int PageSize = 10;

    public async Task<VerifyView> Of(Actor actor, Condition waiting, string alike, int page, T t, CancellationToken cancel)
    {
        var groups = (await store.ReadAsync(session => session.QueryAsync<AnswerCount>(
            $"select kind, answer, count(*) as cases from cases_case where {waiting.Numbered} group by kind, answer "
                + "order by min(due_at), kind, answer",
            waiting.Named), cancel)).ConvertAll(group => new AnswerGroup(group.Kind + ":" + group.Answer, group));
        // A group that is done with leaves the others.
        var chosen = groups.Find(group => group.Code == alike);
        var condition = chosen is null ? waiting : waiting.And("kind = ?", chosen.Counted.Kind).And("answer = ?", chosen.Counted.Answer);
        var total = chosen?.Counted.Cases ?? groups.Sum(group => group.Counted.Cases);
        var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var window = $" order by due_at, id limit {PageSize} offset {(at - 1) * PageSize}";
        var waits = await store.ReadAsync(async session =>
        {
            var rows = new List<Waits>();
            foreach (var @case in await CaseRows.WhereAsync(session, condition.Numbered + window, [.. condition.Values]))
                rows.Add(new Waits(@case, await EvidenceRows.Of(session, @case.Id), await HistoryRows.OfAsync(session, @case.Id)));
            return rows;
        }, cancel);
        var described = await Describe(actor, waits, cancel);
        return new VerifyView([.. waits.Select(one => Row(actor, one, described.GetValueOrDefault(one.Case.Subject), t))],
            chosen is null ? "" : alike,
            [.. groups.Select(group => new Choice(VerifyView.Address(group.Code), NameOf(group.Counted, t), t.Number(group.Counted.Cases)))],
            at, pages);
    }

    /// <summary>Answers without evidence that take nothing away and write nothing of their own into a file may be verified several at once.</summary>
    public static bool Together(CaseKind kind, string answer) => kind.Answer(answer) is { } rule && rule.Style != AnswerStyle.Grave
        && rule.Evidence.AtLeast == 0 && rule.Asks.All(asked => !asked.Required || asked.Kind == DetailKind.ByDate);

    private async Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, IReadOnlyCollection<Waits> waits, CancellationToken cancel)
    {
        var lines = new Dictionary<string, SubjectLines>(StringComparer.Ordinal);
        foreach (var group in waits.GroupBy(one => (rules[one.Case.Kind].Access, rules[one.Case.Kind].Purposes.Desk)))
            foreach (var (subject, described) in await subjects.Describe(actor, group.Key.Access[CaseRight.View], group.Key.Desk,
                [.. group.Select(one => one.Case.Subject).Distinct()], cancel)) lines[subject] = described;
        return lines;
    }

    private VerifyRow Row(Actor actor, Waits waits, SubjectLines? subject, T t)
    {
        var @case = waits.Case;
        var kind = rules[@case.Kind];
        var (today, due) = (calendar.DayOf(clock.GetUtcNow()), calendar.DayOf(@case.DueAt));
        var answered = waits.History.LastOrDefault(line => line.Act == "answered");
        var name = subject?.Name ?? t[subjects.WhyMissing(@case.Subject)];
        return new VerifyRow($"{@case.Id}:{@case.Version}", CaseLinks.Case(@case.Id), name, subject?.NameTibetan, subject?.Lines ?? [],
            CaseWords.Fill(kind.Question, @case, subject, t), look.Found(@case, kind, subject, t), LookAtCase.Links(@case.Id, waits.Evidence, t),
            due, calendar.WorkingDaysBetween(today, due),
            answered is null ? "" : t["cases.verify.by", t.Who(answered.ActorName), calendar.DayOf(answered.DoneAt)],
            @case.Handlers.Any(handler => actor.Is(handler.Account)), Together(kind, @case.Answer));
    }

    private string NameOf(AnswerCount counted, T t) => rules.Find(counted.Kind)?.Answer(counted.Answer)?.Text.Short(t.Language.Tag) is { } answer
        ? t["cases.verify.alike", answer, rules[counted.Kind].Name.In(t.Language.Tag)] : counted.Answer;

    private sealed record Waits(Case Case, List<EvidenceLine> Evidence, List<HistoryLine> History);

    private sealed record AnswerCount(string Kind, string Answer, long Cases);

    private sealed record AnswerGroup(string Code, AnswerCount Counted);
}
