using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Pages;

/// <summary>Lists of cases without any person: what a board's figure leads to, and the queue of whoever verifies and steers.</summary>
internal sealed class CaseLists(Store store, CaseRules rules, WorkingCalendar calendar, PlaceNames places, TimeProvider clock)
{
    public const int PageSize = 50;
    private const string Overdue = "state in ('unassigned', 'open', 'answered') and due_at < ?";

    public CaseListView List(Actor actor, CaseFilter filter, T t)
    {
        var condition = new Condition();
        Scope(condition, actor.Where(CasePermissions.List));
        if (filter.Place.Length > 0) condition.And($"substr(place, 1, {filter.Place.Length}) = ?", filter.Place);
        if (filter.Kind.Length > 0) condition.And("kind = ?", filter.Kind);
        if (filter.Stage.Length > 0) condition.And("stage = ?", filter.Stage);
        switch (filter.State)
        {
            case "": break;
            case "current": condition.And("state not in ('closed', 'withdrawn')"); break;
            case "overdue": condition.And(Overdue, clock.GetUtcNow().ToUnixTimeMilliseconds()); break;
            default: condition.And("state = ?", filter.State); break;
        }
        var (rows, total, page, pages) = Page(actor, condition, filter.Page, t);
        return new CaseListView(rows, total, page, pages, filter,
            [.. rules.Kinds.Select(kind => new Choice(kind.Code, kind.Name.In(t.Language.Tag)))],
            [.. new[] { "current", "overdue" }.Concat(CaseStates.All).Select(state => new Choice(state, t[$"cases.state.{state}"]))],
            filter.Place.Length == 0 ? "" : places.Of(filter.Place, t.Language));
    }

    /// <summary>What waits for this actor: to verify, to call or compare (clerks), to assign and to decide (supervisors); overdue first everywhere.</summary>
    public QueueView Queue(Actor actor, string tab, int page, T t)
    {
        var tabs = TabsOf(actor);
        var chosen = tabs.FirstOrDefault(one => one.Code == tab) ?? tabs[0];
        var counts = store.Read(session => tabs.ConvertAll(one => Count(session, one.Condition)));
        var choices = tabs.Select((one, i) => new Choice("/queue?tab=" + one.Code, t[$"cases.queue.{one.Code}"], t.Number(counts[i])));
        var (rows, total, at, pages) = Page(actor, chosen.Condition, page, t);
        return new QueueView(chosen.Code, [.. choices], rows, total, at, pages);
    }

    internal static Tone ToneOf(CaseState state) => state switch
    {
        CaseState.Closed => Tone.Good,
        CaseState.Answered => Tone.Info,
        CaseState.Paused or CaseState.Unassigned => Tone.Warn,
        _ => Tone.Plain,
    };

    private List<Tab> TabsOf(Actor actor)
    {
        var verifies = actor.Where(CasePermissions.Verify);
        var steers = actor.Where(CasePermissions.Steer);
        var tabs = new List<Tab> { Make("verify", verifies, "state = 'answered'") };
        if (actor.Holds(Role.Clerk))
        {
            var clerk = actor.Grants.Where(grant => grant.Role == Role.Clerk).Select(grant => grant.Scope).ToList();
            tabs.Add(Make("match", clerk, "state = 'open' and stage = 'match'"));
            tabs.Add(Make("call", clerk, "state = 'open' and stage = 'call'"));
        }
        if (steers.Count > 0)
        {
            tabs.Add(Make("unassigned", steers, "state = 'unassigned'"));
            tabs.Add(Make("asked", steers, "state = 'open' and asked is not null"));
            tabs.Add(Make("overdue", steers, Overdue, clock.GetUtcNow().ToUnixTimeMilliseconds()));
            tabs.Add(Make("paused", steers, "state = 'paused'"));
        }
        return tabs;

        static Tab Make(string code, IReadOnlyList<Scope> scopes, string condition, params object[] values)
        {
            var made = new Condition();
            made.And(condition, values);
            Scope(made, scopes);
            return new Tab(code, made);
        }
    }

    private (IReadOnlyList<CaseRow> Rows, long Total, int Page, int Pages) Page(Actor actor, Condition condition, int page, T t)
    {
        return store.Read(session =>
        {
            var total = Count(session, condition);
            var pages = (int)Math.Max(1, (total + PageSize - 1) / PageSize);
            var at = Math.Clamp(page, 1, pages);
            var window = $" order by closed_at is not null, due_at, id limit {PageSize} offset {(at - 1) * PageSize}";
            var cases = CaseRows.Where(session, condition.Numbered + window, [.. condition.Values]);
            IReadOnlyList<CaseRow> rows = [.. cases.Select(@case => Row(actor, @case, t))];
            return (rows, total, at, pages);
        });
    }

    private static long Count(Session session, Condition condition) =>
        session.Scalar<long>("select count(*) from cases_case where " + condition.Numbered, condition.Named);

    private CaseRow Row(Actor actor, Case @case, T t)
    {
        var kind = rules[@case.Kind];
        var due = calendar.DayOf(@case.DueAt);
        return new CaseRow(actor.May(CasePermissions.View, @case.Place) ? CaseLinks.Case(@case.Id) : null, kind.Name.In(t.Language.Tag), places.Of(@case.Place, t.Language),
            t[$"cases.state.{Words.Of(@case.State)}"], ToneOf(@case.State),
            t[$"cases.stage.{Words.Of(@case.Stage)}"], kind.Answer(@case.Answer)?.Text.Short(t.Language.Tag) ?? "", due,
            calendar.WorkingDaysBetween(calendar.DayOf(clock.GetUtcNow()), due), @case.ClosedAt is { } closed ? calendar.DayOf(closed) : null,
            @case.Asked is { } asked ? t[$"cases.asked.{Words.Of(asked.What)}"] : null, @case.Reworks);
    }

    private static void Scope(Condition condition, IReadOnlyList<Scope> scopes) => condition.And(
        scopes.Count == 0 ? "1 = 0" : string.Join(" or ", scopes.Select(scope =>
            scope.Level == ScopeLevel.Grid ? "place = ?" : $"substr(place, 1, {scope.Code.Length}) = ?")),
        [.. scopes.Select(scope => scope.Code)]);

    private sealed record Tab(string Code, Condition Condition);

    /// <summary>Conditions joined with and; each ? becomes the next numbered parameter.</summary>
    private sealed class Condition
    {
        private readonly List<string> parts = [];

        public List<object> Values { get; } = [];

        public string Numbered => parts.Count == 0 ? "1 = 1" : string.Join(" and ", parts);

        public Dictionary<string, object> Named => Values.Select((value, i) => ($"p{i}", value)).ToDictionary(pair => pair.Item1, pair => pair.value);

        public void And(string condition, params object[] values)
        {
            foreach (var value in values)
            {
                var mark = condition.IndexOf('?', StringComparison.Ordinal);
                condition = $"{condition[..mark]}@p{Values.Count}{condition[(mark + 1)..]}";
                Values.Add(value);
            }
            parts.Add($"({condition})");
        }
    }
}
