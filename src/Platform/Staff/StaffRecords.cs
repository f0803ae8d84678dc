using System.Globalization;
using Legwork.Platform.Access;
using Legwork.Platform.Office;
using Legwork.Platform.Storage;

namespace Legwork.Platform.Staff;

/// <summary>One line of the list of staff: an account and one role it holds or will hold.</summary>
/// <param name="LastSignIn">Milliseconds since 1970, 0 for never.</param>
internal sealed record StaffLine(Guid Account, string SignIn, string Name, string Role, string Scope,
    string FromDay, string? UntilDay, long LastSignIn);

/// <summary>A role as given, with the row it lies in.</summary>
internal sealed record HeldGrant(long Id, Grant Grant, bool Ended);

/// <summary>One thing that was done to an account's roles.</summary>
internal sealed record HistoryLine(long At, string Act, string? Role, string? Scope, string? FromDay, string? UntilDay, string? ByName,
    string? Detail);

/// <summary>An account as the staff page shows it.</summary>
internal sealed record StaffMember(AccountRow Account, IReadOnlyList<HeldGrant> Grants, IReadOnlyList<HistoryLine> History,
    OfficeName? Office = null)
{
    /// <summary>Roles that hold on this day or will.</summary>
    public IEnumerable<HeldGrant> Open(DateOnly today) => Grants.Where(held => !held.Ended && (held.Grant.Until is null || held.Grant.Until > today));

    /// <summary>The roles whose places say who may manage the account: the open ones, or for an account without any the last it had.</summary>
    public IEnumerable<Grant> Places(DateOnly today) => (Open(today).Any() ? Open(today) : Grants).Select(held => held.Grant);
}

/// <summary>Reading and writing of roles and of their history.</summary>
internal static class StaffRecords
{
    public const int LinesPerPage = 50;

    /// <summary>What is told of an account is heard in order.</summary>
    public static string Key(Guid account) => $"access/account/{account}";

    /// <summary>Roles that hold on this day or later, in any of these places, residents aside.</summary>
    public static async Task<(IReadOnlyList<StaffLine> Lines, long Count)> List(Session session, IReadOnlyList<Scope> places,
        string search, DateOnly today, int page)
    {
        if (places.Count == 0) return ([], 0);
        var within = string.Join(" or ", places.Select((place, i) => place.Covers("g.scope", $"@s{i}")));
        var args = new Dictionary<string, object>
        {
            ["today"] = today,
            ["search"] = $"%{search.Trim().ToLowerInvariant()}%",
            ["some"] = search.Trim().Length > 0 ? 1L : 0L,
            ["take"] = (long)LinesPerPage,
            ["skip"] = (long)(page - 1) * LinesPerPage,
        };
        for (var i = 0; i < places.Count; i++) args[$"s{i}"] = places[i].Code;
        var from = $"""
            from access_grant g join access_account a on a.id = g.account
            where g.role <> 'Citizen' and g.ended_at is null and a.state = 'active' and (g.until_day is null or g.until_day > @today)
              and ({within}) and (@some = 0 or lower(a.name) like @search or a.sign_in like @search or g.scope like @search)
            """;
        var lines = await session.QueryAsync<StaffLine>($"""
            select g.account, a.sign_in, a.name, g.role, g.scope, g.from_day, g.until_day,
                coalesce((select max(s.at) from access_sign_in s where s.account = a.id), 0) as last_sign_in
            {from} order by g.scope, a.name, g.id limit @take offset @skip
            """, args);
        return (lines, await session.SingleAsync<long>($"select count(*) {from}", args));
    }

    public static StaffMember? Find(Session session, Guid id) => Session.AtHand(FindAsync(session, id));

    public static async Task<StaffMember?> FindAsync(Session session, Guid id)
    {
        if (await Accounts.FindByIdAsync(session, id) is not { } account) return null;
        var history = await session.QueryAsync<HistoryLine>("""
            select h.at, h.act, h.role, h.scope, h.from_day, h.until_day, b.name as by_name, h.detail
            from access_history h left join access_account b on b.id = h.by_account where h.account = @id order by h.id desc
            """, new { id });
        return new StaffMember(account, await GrantsOfAsync(session, id), history, await OfficeAccounts.Of(session, id));
    }

    public static List<HeldGrant> GrantsOf(Session session, Guid account) => Session.AtHand(GrantsOfAsync(session, account));

    private static async Task<List<HeldGrant>> GrantsOfAsync(Session session, Guid account) => (await session.QueryAsync<GrantRow>(
        "select id, role, scope, from_day, until_day, ended_at from access_grant where account = @account order by id", new { account }))
        .ConvertAll(row => new HeldGrant(row.Id,
            new Grant(new Role(row.Role), new Scope(row.Scope), Day(row.FromDay), row.UntilDay is null ? null : Day(row.UntilDay)),
            row.EndedAt is not null));

    /// <summary>Open-ended administrators of the district; on PostgreSQL the lock lets one change of staff through at a time.</summary>
    public static List<(Guid Account, long Grant, DateOnly From)> Administrators(Session session, string district)
    {
        if (session.Engine == Engine.Postgres) session.Execute("select pg_advisory_xact_lock(@key)", new { key = 0x7374616666L });
        return session.Query<AdministratorRow>($"""
            select g.account, g.id, g.from_day from access_grant g join access_account a on a.id = g.account
            where g.role = 'Administrator' and g.ended_at is null and g.until_day is null and a.state = 'active'
              and {session.Among("g.scope", "over")}
            """, new { over = Scope.Over(district).ToArray() }).ConvertAll(row => (row.Account, row.Id, Day(row.FromDay)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record GrantRow(long Id, string Role, string Scope, string FromDay, string? UntilDay, long? EndedAt);

    private sealed record AdministratorRow(Guid Account, long Id, string FromDay);
}
