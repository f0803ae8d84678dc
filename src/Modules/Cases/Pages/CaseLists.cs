using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>Lists of cases without any person: what a board's figure leads to, and the queue of whoever verifies and steers.</summary>
internal sealed class CaseLists(Store store, CaseRules rules, WorkingCalendar calendar, PlaceNames places, TimeProvider clock)
{
    public const int PageSize = 50;
    private const string Overdue = "state in ('unassigned', 'open', 'answered') and due_at < ?";

    public async Task<CaseListView> List(Actor actor, CaseFilter filter, T t, CancellationToken cancel)
    {
        var condition = Where(actor, CaseRight.List);
        if (filter.Place.Length > 0) condition = condition.And(new Scope(filter.Place).Covers("place", "?"), filter.Place);
        if (filter.Kind.Length > 0) condition = condition.And("kind = ?", filter.Kind);
        if (filter.Stage.Length > 0) condition = condition.And("stage = ?", filter.Stage);
        condition = filter.State switch
        {
            "" => condition,
            "current" => condition.And("state not in ('closed', 'withdrawn')"),
            "overdue" => condition.And(Overdue, clock.GetUtcNow().ToUnixTimeMilliseconds()),
            _ => condition.And("state = ?", filter.State),
        };
        var (rows, total, page, pages) = await Page(actor, condition, "closed_at is not null, due_at, id", filter.Page, t, cancel);
        return new CaseListView(rows, total, page, pages, filter,
            [.. rules.Kinds.Select(kind => new Choice(kind.Code, kind.Name.In(t.Language.Tag)))],
            [.. new[] { "current", "overdue" }.Concat(CaseStates.All).Select(state => new Choice(state, t[$"cases.state.{state}"]))],
            [.. Stages.Select(stage => new Choice(stage.Stage, stage.Name.In(t.Language.Tag)))],
            filter.Place.Length == 0 ? "" : places.Of(filter.Place, t.Language));
    }

    /// <summary>What waits for this actor: to verify, to act on without a day of one's own, to assign and to decide;
    /// overdue first everywhere.</summary>
    public async Task<QueueView> Queue(Actor actor, string tab, string kind, int page, T t, CancellationToken cancel)
    {
        var tabs = TabsOf(actor, t);
        var chosen = tabs.Find(one => one.Code == tab) ?? tabs[0];
        var (counts, waiting) = await store.ReadAsync(async session =>
        {
            var all = new List<long>(tabs.Count);
            foreach (var one in tabs) all.Add(await Count(session, one.Condition));
            return (all, await Kinds(session, chosen.Condition));
        }, cancel);
        // A kind of which nothing waits any more leaves the others.
        var shown = waiting.Exists(one => one.Kind == kind) ? kind : "";
        var choices = tabs.Select((one, i) => new Choice("/queue?tab=" + one.Code, one.Title, t.Number(counts[i])));
        var (rows, total, at, pages) = await Page(actor,
            shown.Length == 0 ? chosen.Condition : chosen.Condition.And("kind = ?", shown), "due_at, id", page, t, cancel);
        return new QueueView(chosen.Code, chosen.Title, [.. choices], rows, total, at, pages,
            [.. waiting.Select(one => KindOf(chosen, one, NameOf(one.Kind, t), t))], shown);
    }

    /// <summary>How much waits in each tab, and the first of what waits longest; it names nobody.</summary>
    public async Task<(IReadOnlyList<Choice> Counts, Crumb? First)> Waiting(Actor actor, T t, CancellationToken cancel)
    {
        var tabs = TabsOf(actor, t);
        var (counts, urgent, first) = await store.ReadAsync(async session =>
        {
            var (all, before) = (new List<long>(tabs.Count), new List<List<KindCount>>(tabs.Count));
            foreach (var one in tabs)
            {
                all.Add(await Count(session, one.Condition));
                before.Add(one.AtDesk ? (await Kinds(session, one.Condition)).FindAll(kind => rules[kind.Kind].Priority == Priority.High) : []);
            }
            var at = all.FindIndex(count => count > 0);
            return (all, before, at < 0 ? [] : await CaseRows.WhereAsync(session, tabs[at].Condition.Numbered + " order by due_at, id limit 1",
                [.. tabs[at].Condition.Values]));
        }, cancel);
        // At a desk everything waits in one list: what goes before the rest, such as what a citizen asked for, has a line of its own.
        return ([.. tabs.SelectMany((one, i) => urgent[i].Select(kind => KindOf(one, kind, t["cases.queue.of", one.Title, NameOf(kind.Kind, t)], t))
                .Prepend(new Choice("/queue?tab=" + one.Code, one.Title, t.Number(counts[i]))))],
            first is [var @case] ? new Crumb(t["done.next", t["cases.home.first", rules[@case.Kind].Name.In(t.Language.Tag),
                places.Of(@case.Place, t.Language)]], CaseLinks.Case(@case.Id)) : null);
    }

    /// <summary>What waits for this actor to verify; null where the tab that is asked for is another.</summary>
    public Condition? Verifying(Actor actor, string tab, T t)
    {
        var tabs = TabsOf(actor, t);
        return (tabs.Find(one => one.Code == tab) ?? tabs[0]) is { Code: "verify" } verify ? verify.Condition : null;
    }

    internal static Tone ToneOf(CaseState state) => state switch
    {
        CaseState.Closed => Tone.Good,
        CaseState.Answered => Tone.Info,
        CaseState.Paused or CaseState.Unassigned => Tone.Warn,
        _ => Tone.Plain,
    };

    private IEnumerable<StageRule> Stages => rules.Kinds.SelectMany(kind => kind.Stages).DistinctBy(stage => stage.Stage).OrderBy(stage => stage.Way);

    private List<Tab> TabsOf(Actor actor, T t)
    {
        var tabs = new List<Tab> { Make("verify", CaseRight.Verify, "state = 'answered'") };
        foreach (var stage in Stages)
            if (Acting(actor, stage.Stage) is { } acting)
                tabs.Add(new Tab(stage.Stage, stage.Waiting.In(t.Language.Tag),
                    Condition.Of("state = 'open' and stage = ?", stage.Stage).And(acting), stage.Way == Way.Desk));
        if (actor.May(rules.Access[CaseRight.Steer]))
        {
            tabs.Add(Make("unassigned", CaseRight.Steer, "state = 'unassigned'"));
            tabs.Add(Make("asked", CaseRight.Steer, "state = 'open' and asked is not null"));
            tabs.Add(Make("overdue", CaseRight.Steer, Overdue, clock.GetUtcNow().ToUnixTimeMilliseconds()));
            tabs.Add(Make("paused", CaseRight.Steer, "state = 'paused'"));
        }
        return tabs;

        Tab Make(string code, CaseRight right, string condition, params object[] values) =>
            new(code, t[$"cases.queue.{code}"], Condition.Of(condition, values).And(Where(actor, right)));
    }

    /// <summary>The cases over which the actor has a right, each kind by its own roles.</summary>
    private Condition Where(Actor actor, CaseRight right) =>
        Condition.Any(rules.Groups.Select(group => In(group.Kinds, actor.Where(group.Access[right]))));

    /// <summary>The cases on which the actor acts in a stage, without a day that would show them; null when there is no such role.</summary>
    private Condition? Acting(Actor actor, string stage)
    {
        var acting = rules.Groups.Select(group =>
        {
            var by = group.Kinds.SelectMany(kind => rules[kind].Stages)
                .FirstOrDefault(rule => rule.Stage == stage)?.By.Where(role => !group.Access.HasDay(role)).ToHashSet() ?? [];
            return In(group.Kinds, [.. actor.Grants.Where(grant => by.Contains(grant.Role)).Select(grant => grant.Scope).Distinct()]);
        }).Where(condition => condition != Condition.None).ToList();
        return acting.Count == 0 ? null : Condition.Any(acting);
    }

    private Condition In(IReadOnlyList<string> kinds, IReadOnlyList<Scope> scopes) => scopes.Count == 0 ? Condition.None
        : rules.Groups.Count == 1 ? Condition.Within(scopes)
        : Condition.Of($"kind in ({string.Join(", ", kinds.Select(_ => "?"))})", [.. kinds]).And(Condition.Within(scopes));

    private Task<(IReadOnlyList<CaseRow> Rows, long Total, int Page, int Pages)> Page(Actor actor, Condition condition, string order, int page,
        T t, CancellationToken cancel) =>
        store.ReadAsync(async session =>
        {
            var total = await Count(session, condition);
            var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
            var at = Math.Clamp(page, 1, pages);
            var window = $" order by {order} limit {PageSize} offset {(at - 1) * PageSize}";
            var cases = await CaseRows.WhereAsync(session, condition.Numbered + window, [.. condition.Values]);
            IReadOnlyList<CaseRow> rows = [.. cases.Select(@case => Row(actor, @case, t))];
            return (rows, total, at, pages);
        }, cancel);

    private static Task<long> Count(Session session, Condition condition) =>
        session.FirstAsync<long>("select count(*) from cases_case where " + condition.Numbered, condition.Named);

    private static Task<List<KindCount>> Kinds(Session session, Condition condition) => session.QueryAsync<KindCount>(
        $"select kind, count(*) as cases from cases_case where {condition.Numbered} group by kind order by min(due_at), kind", condition.Named);

    private string NameOf(string kind, T t) => rules[kind].Name.In(t.Language.Tag);

    private static Choice KindOf(Tab tab, KindCount kind, string text, T t) =>
        new(QueueView.Address(tab.Code, kind.Kind), text, t.Number(kind.Cases));

    private CaseRow Row(Actor actor, Case @case, T t)
    {
        var kind = rules[@case.Kind];
        var due = calendar.DayOf(@case.DueAt);
        return new CaseRow(actor.May(kind.Access[CaseRight.View], @case.Place) ? CaseLinks.Case(@case.Id) : null,
            kind.Name.In(t.Language.Tag), places.Of(@case.Place, t.Language),
            t[$"cases.state.{Words.Of(@case.State)}"], ToneOf(@case.State),
            kind.Rule(@case.Stage).Name.In(t.Language.Tag), kind.Answer(@case.Answer)?.Text.Short(t.Language.Tag) ?? "", due,
            calendar.WorkingDaysBetween(calendar.DayOf(clock.GetUtcNow()), due), @case.ClosedAt is { } closed ? calendar.DayOf(closed) : null,
            @case.IsTakenOver ? t["cases.old"] : @case.Asked is { } asked ? t[$"cases.asked.{Words.Of(asked.What)}"] : null, @case.Reworks);
    }

    private sealed record Tab(string Code, string Title, Condition Condition, bool AtDesk = false);

    private sealed record KindCount(string Kind, long Cases);
}
