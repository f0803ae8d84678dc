using Legwork.Platform.Storage;

namespace Legwork.Platform.Access;

/// <summary>
/// The sign-ins that hold: begun with the password, a passkey or by the office, over at sign-out, after their whole life or after standing idle,
/// on every node at once. A cookie only names one of them.
/// </summary>
internal sealed class Sessions(Store store, Accounts accounts, AccessRules rules, TimeProvider clock)
{
    /// <param name="sid">What the office calls the sign-in, if it began there.</param>
    /// <param name="shownAt">When the person showed who they are, if not now.</param>
    /// <param name="device">From what kind of device (<see cref="Device"/>).</param>
    public async Task<Guid> Begin(Guid account, string way = Way.Password, string? sid = null, DateTimeOffset? shownAt = null,
        string device = Device.Unknown)
    {
        var id = Guid.NewGuid();
        var now = Now;
        await store.Write(session => session.Execute(
            """
            insert into access_session (id, account, started_at, seen_at, way, sid, shown_at, device)
            values (@id, @account, @now, @now, @way, @sid, @shown, @device)
            """, new { id, account, now, way, sid, shown = shownAt?.ToUnixTimeMilliseconds() ?? now, device }));
        return id;
    }

    /// <summary>Who is behind the cookie, and the form kept for them; null when the sign-in is over or the account has left.</summary>
    public async Task<HeldSession?> Find(Guid id, Guid account, string stamp, CancellationToken cancel)
    {
        var now = Now;
        var (row, actor) = await store.ReadAsync(Holding, cancel);
        // When it was last seen is a note: before a sign-in is called over, the newest is looked at.
        if (row is null) (row, actor) = await store.ReadNotesAsync(Holding, cancel);
        if (row is null || actor is null) return null;
        if (now - row.SeenAt > Milliseconds(SeenEvery))
            await store.Note(session => session.Execute(
                "update access_session set seen_at = @now where id = @id and seen_at < @now", new { id, now }));
        return new HeldSession(id, actor, row.Kept, row.Way, row.Sid,
            ColumnTypes.Instant(row.StartedAt), ColumnTypes.Instant(row.ShownAt), row.Way == Way.Password && rules.AskMore(actor.Grants));

        async Task<(Row?, Actor?)> Holding(Session session)
        {
            var row = await session.FirstAsync<Row>("""
                select started_at, seen_at, kept, way, sid, shown_at, stands_for from access_session where id = @id and account = @account
                """, new { id, account });
            if (row is null || !Holds(row.Way, row.StartedAt, row.SeenAt)) return (null, null);
            var own = await accounts.FindAsync(session, account, stamp);
            // A term that is over leads back to the own name by itself.
            return (row, own is not null && row.StandsFor is { } absent
                ? await StandInRecords.ActorAt(session, own, absent, clock.GetUtcNow()) ?? own : own);
        }
    }

    /// <summary>Not with every click: a sign-in that is used is written a dozen times in its idle span at most.</summary>
    public TimeSpan SeenEvery => rules.SessionIdleMax / 12;

    /// <summary>The sign-ins of one account that hold, the latest first.</summary>
    public async Task<IReadOnlyList<RunningSignIn>> Of(Guid account, CancellationToken cancel) =>
        [.. (await store.ReadNotesAsync(session => session.QueryAsync<RunningSignIn>(
            "select id, started_at, seen_at, way, device from access_session where account = @account order by started_at desc, id",
            new { account }), cancel))
            .Where(one => Holds(one.Way, one.StartedAt.ToUnixTimeMilliseconds(), one.SeenAt.ToUnixTimeMilliseconds()))];

    /// <summary>Ends one sign-in of this account, if it is one of its.</summary>
    public Task EndOf(Guid account, Guid id) =>
        store.Write(session => session.Execute("delete from access_session where id = @id and account = @account", new { id, account }));

    /// <summary>Ends every sign-in of this account but the one that asks for it.</summary>
    public Task EndOthers(Guid account, Guid own) =>
        store.Write(session => session.Execute("delete from access_session where account = @account and id <> @own", new { account, own }));

    public Task End(Guid id) => store.Write(session => session.Execute("delete from access_session where id = @id", new { id }));

    /// <summary>The sign-in works in another's name from the next click on, or in the own (null).</summary>
    public Task StandFor(Guid id, Guid? absent) =>
        store.Write(session => session.Execute("update access_session set stands_for = @absent where id = @id", new { id, absent }));

    /// <summary>Keeps a form until it is sent, or the sign-in is over; null drops it.</summary>
    public Task Keep(Guid id, string? form) =>
        store.Write(session => session.Execute("update access_session set kept = @form where id = @id", new { id, form }));

    /// <summary>Deletes what is over; a cookie that names it finds nothing either way.</summary>
    public static long Sweep(Session session, DateTimeOffset before) => session.Execute(
        "delete from access_session where id in (select id from access_session where started_at < @before limit @RowsPerUnit)",
        new { before = before.ToUnixTimeMilliseconds(), Store.RowsPerUnit });

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private bool Holds(string way, long startedAt, long seenAt) =>
        Now - startedAt < Milliseconds(way == Way.Office ? rules.Office.SessionMax(rules.SessionMax) : rules.SessionMax)
        && Now - seenAt < Milliseconds(rules.SessionIdleMax);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private sealed record Row(long StartedAt, long SeenAt, string? Kept, string Way, string? Sid, long ShownAt, Guid? StandsFor);
}

/// <summary>A sign-in that holds, as its owner sees it.</summary>
/// <param name="SeenAt">The last click, told to within <see cref="Sessions.SeenEvery"/>.</param>
internal sealed record RunningSignIn(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string Way, string Device);

/// <summary>How a sign-in began.</summary>
internal static class Way
{
    public const string Password = "password", Office = "office", Passkey = "passkey";
}

/// <summary>A sign-in that holds.</summary>
/// <param name="Kept">The form that was kept for it.</param>
/// <param name="ShownAt">When the person showed who they are; the office may have vouched later without asking.</param>
/// <param name="MoreIsDue">The role asks for more than the password that it began with: nothing is open but adding the first passkey.</param>
internal sealed record HeldSession(Guid Id, Actor Actor, string? Kept, string Way, string? Sid, DateTimeOffset StartedAt,
    DateTimeOffset ShownAt, bool MoreIsDue)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>Whether somebody showed just now who sits here: what opens another way in asks for that.</summary>
    public bool IsFresh(TimeProvider clock) => clock.GetUtcNow() - ShownAt < FreshFor;

    public bool BeganJustNow(TimeProvider clock) => clock.GetUtcNow() - StartedAt < FreshFor;
}
