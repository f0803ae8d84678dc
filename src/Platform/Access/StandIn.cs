using Legwork.Platform.Storage;

namespace Legwork.Platform.Access;

/// <summary>One does another's work for a term: the roles are the absent one's, the hands the deputy's, both names stand in every history.</summary>
/// <param name="FromAt">Milliseconds since 1970, the first moment of the first day.</param>
/// <param name="UntilAt">The first moment after the last day.</param>
internal sealed record StandIn(Guid Id, Guid Absent, string AbsentName, Guid Deputy, string DeputyName, long FromAt, long UntilAt, string Reason,
    string? GivenByName, long GivenAt, string? EndedByName, long? EndedAt)
{
    public DateOnly From => Calendar.DayOf(ColumnTypes.Instant(FromAt));

    /// <summary>The last day on which it holds.</summary>
    public DateOnly Until => Calendar.DayOf(ColumnTypes.Instant(UntilAt)).AddDays(-1);

    public bool HoldsAt(DateTimeOffset now) => now.ToUnixTimeMilliseconds() is var at && FromAt <= at && IsOpenAt(at);

    /// <summary>Holds or will.</summary>
    public bool IsOpenAt(long at) => at < UntilAt && (EndedAt is null || at < EndedAt);
}

/// <summary>The rows of access_stand_in.</summary>
internal static class StandInRecords
{
    private const string Columns = """
        select s.id, s.absent, a.name as absent_name, s.deputy, d.name as deputy_name, s.from_at, s.until_at, s.reason,
            g.name as given_by_name, s.given_at, e.name as ended_by_name, s.ended_at
        from access_stand_in s join access_account a on a.id = s.absent join access_account d on d.id = s.deputy
            left join access_account g on g.id = s.given_by left join access_account e on e.id = s.ended_by
        """;

    private const string Holding = "s.from_at <= @at and @at < s.until_at and (s.ended_at is null or @at < s.ended_at)";

    public static Task<StandIn?> Find(Session session, Guid id) => session.FirstAsync<StandIn>(Columns + " where s.id = @id", new { id });

    /// <summary>Everything in which an account is one of the two, the newest first.</summary>
    public static Task<List<StandIn>> Of(Session session, Guid account, int take) => session.QueryAsync<StandIn>(
        Columns + " where s.absent = @account or s.deputy = @account order by s.from_at desc, s.id desc limit @take", new { account, take });

    /// <summary>What holds for an account at an instant, on either side.</summary>
    public static Task<List<StandIn>> Now(Session session, Guid account, DateTimeOffset at) => session.QueryAsync<StandIn>(
        $"{Columns} where (s.absent = @account or s.deputy = @account) and {Holding} order by s.until_at, s.id",
        new { account, at = at.ToUnixTimeMilliseconds() });

    /// <summary>What would lie beside a new one: the absent one's others, and times in which the deputy is away himself.</summary>
    public static List<StandIn> Beside(Session session, Guid absent, Guid deputy, long from, long until) => session.Query<StandIn>(
        Columns + " where (s.absent = @absent or s.absent = @deputy) and s.ended_at is null and s.from_at < @until and @from < s.until_at",
        new { absent, deputy, from, until });

    /// <summary>The deputy in the absent one's name, with the roles which that one held on the day; null when it did not hold then.</summary>
    public static async Task<Actor?> ActorAt(Session session, Actor own, Guid absent, DateTimeOffset at)
    {
        const string sql = $"{Columns} where s.deputy = @Account and s.absent = @absent and a.state = 'active' and {Holding}";
        var held = await session.FirstAsync<StandIn>(sql, new { own.Account, absent, at = at.ToUnixTimeMilliseconds() });
        if (held is null) return null;
        var day = Calendar.DayOf(at);
        return own with
        {
            Name = Actor.NameFor(own.Name, held.AbsentName),
            Grants = [.. (await Accounts.GrantsOfAsync(session, absent)).Where(grant => grant.HoldsOn(day))],
            Person = null,
            For = (absent, held.AbsentName),
        };
    }

    public static void Add(Session session, Guid id, Guid absent, Guid deputy, long from, long until, string reason, Guid by, DateTimeOffset now) =>
        session.Execute("""
            insert into access_stand_in (id, absent, deputy, from_at, until_at, reason, given_by, given_at)
            values (@id, @absent, @deputy, @from, @until, @reason, @by, @now)
            """, new { id, absent, deputy, from, until, reason, by, now });

    /// <returns>False when it was ended before.</returns>
    public static bool End(Session session, Guid id, Guid by, DateTimeOffset now) => session.Execute(
        "update access_stand_in set ended_at = @now, ended_by = @by where id = @id and ended_at is null", new { id, by, now }) > 0;

    /// <summary>Whoever leaves does nobody's work, and nobody does theirs.</summary>
    public static void EndAll(Session session, Guid account, Guid by, DateTimeOffset now) => session.Execute(
        "update access_stand_in set ended_at = @now, ended_by = @by where (absent = @account or deputy = @account) and ended_at is null",
        new { account, by, now });

    /// <summary>The name of whoever does this account's work at an instant; null when nobody does.</summary>
    public static async Task<string?> DeputyOf(Session session, Guid absent, DateTimeOffset at) => (await session.FirstAsync<StandIn>(
        $"{Columns} where s.absent = @absent and d.state = 'active' and {Holding}", new { absent, at = at.ToUnixTimeMilliseconds() }))?.DeputyName;

    /// <summary>Staff who work here today, residents aside, as a form offers them.</summary>
    /// <param name="roles">Only who holds each of these; empty is anyone.</param>
    public static async Task<IReadOnlyList<Colleague>> Colleagues(Session session, IReadOnlyCollection<Role> roles, DateOnly today)
    {
        var held = await session.QueryAsync<Colleague>("""
            select distinct a.id, a.sign_in, a.name, g.role, min(g.scope) as scope from access_grant g join access_account a on a.id = g.account
            where a.state = 'active' and g.ended_at is null and g.role <> 'Citizen' and g.from_day <= @today
              and (g.until_day is null or g.until_day > @today)
            group by a.id, a.sign_in, a.name, g.role order by a.name, a.id limit 5000
            """, new { today });
        return [.. held.GroupBy(one => one.Id).Where(one => roles.All(role => one.Any(line => line.Role == role.Code))).Select(one => one.First())];
    }
}

/// <param name="Role">One of the roles held, with a place where it is.</param>
internal sealed record Colleague(Guid Id, string SignIn, string Name, string Role, string Scope);
