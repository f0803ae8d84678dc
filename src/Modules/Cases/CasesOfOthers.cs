using Legwork.Cases.Acts;
using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>What other modules reach: opening, withdrawing, finding and counting.</summary>
internal sealed class CasesOfOthers(Store store, CaseDesk desk, CaseRules rules, WorkingCalendar calendar, TimeProvider clock) : ICases
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    private const string LineColumns =
        "select id, kind, subject, origin, place, state, stage, answer, result, opened_at, due_at, closed_at from cases_case";

    public Outcome<Opened> Open(Session session, OpenCase asked)
    {
        if (rules.Find(asked.Kind) is not { } kind) return Refusal.Of("cases.kind", $"No rules describe the kind of case '{asked.Kind}'.");
        var now = clock.GetUtcNow();
        if (Standing(session, asked, asked.SaysElse ? now : now.AddDays(-kind.AskAgainAfterDays)) is { } standing) return standing;
        var step = Opening.Decide(asked, kind, calendar, now);
        if (!step.Ok) return step.Refusal!;
        if (desk.Save(session, step.Value, now)) return new Opened(step.Value.After.Id, OpenedHow.Opened);
        return Standing(session, asked, now)
            ?? throw new InvalidOperationException("A case stood in the way of opening and is gone within one unit.");
    }

    public bool Withdraw(Session session, string kind, string subject, string origin, string reason)
    {
        var open = CaseRows.OpenOf(session, kind, subject, origin);
        foreach (var @case in open)
        {
            var done = desk.DoByMachine(session, @case, new WithdrawCase(reason));
            if (!done.Ok) throw new ArgumentException($"Case {@case.Id} could not be withdrawn: {done.Refusal}", nameof(reason));
        }
        return open.Count > 0;
    }

    public Task<IReadOnlyList<CaseLine>> Find(IReadOnlyCollection<string> subjects, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var lines = new List<CaseLine>();
        foreach (var subject in subjects.Distinct())
            lines.AddRange(await session.QueryAsync<CaseLine>(LineColumns + " where subject = @subject", new { subject }));
        return (IReadOnlyList<CaseLine>)[.. lines.OrderByDescending(line => line.OpenedAt)];
    }, cancel);

    public Task<CaseLine?> Find(CaseId id, CancellationToken cancel) =>
        store.ReadAsync(session => session.FirstAsync<CaseLine>(LineColumns + " where id = @Value", id), cancel);

    public async Task<IReadOnlyList<CaseCount>> Counts(Scope? within) => await store.ReadRecentAsync(session => session.QueryAsync<CaseCount>($"""
        select place, kind, state, count(*) as cases,
            cast(sum(case when due_at < @now and state in ('unassigned', 'open', 'answered') then 1 else 0 end) as bigint) as overdue
        from cases_case where {within?.Covers("place", "@place") ?? "1 = 1"} group by place, kind, state order by place, kind, state
        """, new { now = clock.GetUtcNow(), place = within?.Code ?? "" }), CancellationToken.None);

    public Task<IReadOnlyList<CaseStanding>> CountsOn(DateOnly day) =>
        store.ReadRecentAsync(session => CasesOnDay.Count(session, day), CancellationToken.None);

    public async Task<IReadOnlyList<CaseDay>> Trend(string place, DateOnly from)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        if (from > today) return [];
        var start = calendar.StartOf(from).ToUnixTimeMilliseconds();
        var covered = new Scope(place).Covers("place", "@place");
        var counted = (await store.ReadRecentAsync(session => session.QueryAsync<DayCount>($"""
            select day, what, count(*) as cases from (
                select (opened_at - @start) / {DayMilliseconds} as day, 'opened' as what from cases_case
                where opened_at >= @start and {covered}
                union all
                select (closed_at - @start) / {DayMilliseconds} as day, state as what from cases_case
                where closed_at >= @start and {covered}
            ) as days group by day, what
            """, new { start, place }), CancellationToken.None)).ToLookup(count => count.Day);
        return [.. Enumerable.Range(0, today.DayNumber - from.DayNumber + 1).Select(day =>
        {
            long Of(string what) => counted[day].Where(count => count.What == what).Sum(count => count.Cases);
            return new CaseDay(from.AddDays(day), Of("opened"), Of(CaseStates.Closed), Of(CaseStates.Withdrawn));
        })];
    }

    public string NameOf(string kind, string language) => rules.Find(kind)?.Name.In(language) ?? kind;

    /// <summary>The open case of a matter, else one that was answered after <paramref name="lately"/>.</summary>
    private static Opened? Standing(Session session, OpenCase asked, DateTimeOffset lately)
    {
        using var row = session.Prepared("""
            select id, state, result, closed_at from cases_case where kind = @p0 and subject = @p1 and origin = @p2
            and (state not in ('closed', 'withdrawn') or (state = 'closed' and closed_at > @p3)) order by closed_at is null desc, closed_at desc
            """).With(asked.Kind, asked.Subject, asked.Origin, lately.ToUnixTimeMilliseconds()).Read();
        if (!row.Read()) return null;
        var id = new CaseId(row.GetGuid(0));
        return row.GetString(1) == CaseStates.Closed
            ? new Opened(id, OpenedHow.AnsweredLately, row.GetString(2), ColumnTypes.Instant(row.GetInt64(3)))
            : new Opened(id, OpenedHow.AlreadyOpen);
    }

    private sealed record DayCount(long Day, string What, long Cases);
}
