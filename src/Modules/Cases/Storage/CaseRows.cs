using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>The rows of cases_case. Plain prepared statements: a transition is the hottest write of the server.</summary>
internal static class CaseRows
{
    public const string Columns = """
        id, kind, subject, origin, visit_group, walk_order, reachable, place, state, stage, priority, opened_at, due_at, first_due_at, facts,
        assigned_to, next_at, paused_at, closed_at, answer, result, details, answered_by, answered_at, handlers, evidence, evidence_bytes,
        missed_calls, missed_visits, missed_days, missed_last, asked, asked_by, asked_why, reworks, version
        """;

    private const string SelectOne = $"select {Columns} from cases_case where id = @p0";

    private const string Insert = $"""
        insert into cases_case ({Columns}) values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17,
        @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35)
        on conflict do nothing
        """;

    private const string Update = """
        update cases_case set place = @p2, state = @p3, stage = @p4, due_at = @p5, first_due_at = @p6, assigned_to = @p7, next_at = @p8, paused_at = @p9,
            closed_at = @p10, answer = @p11, result = @p12, details = @p13, answered_by = @p14, answered_at = @p15, handlers = @p16, evidence = @p17,
            evidence_bytes = @p18, missed_calls = @p19, missed_visits = @p20, missed_days = @p21, missed_last = @p22, asked = @p23, asked_by = @p24,
            asked_why = @p25, reworks = @p26, version = @p27
        where id = @p0 and version = @p1
        """;

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();

    public static Case? Find(Session session, CaseId id)
    {
        using var row = session.Prepared(SelectOne).With(id.Value).Read();
        return row.Read() ? Read(row) : null;
    }

    /// <summary>All rows that a condition finds; parameters are @p0, @p1 … in it.</summary>
    public static List<Case> Where(Session session, string condition, params ReadOnlySpan<object?> values)
    {
        var cases = new List<Case>();
        using var rows = session.Prepared($"select {Columns} from cases_case where {condition}").With(values).Read();
        while (rows.Read()) cases.Add(Read(rows));
        return cases;
    }

    /// <returns>False when an open case of the same matter came in between; then nothing was added.</returns>
    public static bool Add(Session session, Case @case) => session.Prepared(Insert).With(
        @case.Id.Value, @case.Kind, @case.Subject, @case.Origin, @case.Group, @case.Order, @case.Reachable ? 1L : 0L, @case.Place,
        Words.Of(@case.State), Words.Of(@case.Stage), (long)@case.Priority, Milliseconds(@case.OpenedAt), Milliseconds(@case.DueAt),
        Milliseconds(@case.FirstDueAt), Json(@case.Facts), Id(@case.AssignedTo), Milliseconds(@case.NextAt), Milliseconds(@case.PausedAt),
        Milliseconds(@case.ClosedAt), @case.Answer, @case.Result, Json(@case.Details), Id(@case.AnsweredBy), Milliseconds(@case.AnsweredAt),
        Handlers(@case.Handlers), string.Join(' ', @case.Evidence.Select(Words.Of)), @case.EvidenceBytes, (long)@case.Misses.Calls, (long)@case.Misses.Visits,
        (long)@case.Misses.Days, Day(@case.Misses.LastDay), @case.Asked is { } asked ? Words.Of(asked.What) : null, @case.Asked?.By,
        @case.Asked?.Why, (long)@case.Reworks, @case.Version).Execute() == 1;

    /// <summary>The open cases of a matter, of which there is one at most, kept from others until the unit ends.</summary>
    public static List<Case> OpenOf(Session session, string kind, string subject, string origin) => Where(session,
        "kind = @p0 and subject = @p1 and origin = @p2 and state not in ('closed', 'withdrawn')" + (session.Engine == Engine.Postgres ? " for update" : ""),
        kind, subject, origin);

    /// <returns>Whether the case still stood at <paramref name="before"/>; if not, nothing was changed.</returns>
    public static bool Change(Session session, Case @case, long before) => session.Prepared(Update).With(
        @case.Id.Value, before, @case.Place, Words.Of(@case.State), Words.Of(@case.Stage), Milliseconds(@case.DueAt), Milliseconds(@case.FirstDueAt),
        Id(@case.AssignedTo), Milliseconds(@case.NextAt), Milliseconds(@case.PausedAt), Milliseconds(@case.ClosedAt), @case.Answer, @case.Result,
        Json(@case.Details), Id(@case.AnsweredBy), Milliseconds(@case.AnsweredAt), Handlers(@case.Handlers),
        string.Join(' ', @case.Evidence.Select(Words.Of)), @case.EvidenceBytes,
        (long)@case.Misses.Calls, (long)@case.Misses.Visits, (long)@case.Misses.Days, Day(@case.Misses.LastDay),
        @case.Asked is { } asked ? Words.Of(asked.What) : null, @case.Asked?.By, @case.Asked?.Why, (long)@case.Reworks, @case.Version).Execute() == 1;

    /// <summary>Reads the row under the cursor; the columns are <see cref="Columns"/> in their order.</summary>
    public static Case Read(DbDataReader row) => new()
    {
        Id = new CaseId(row.GetGuid(0)),
        Kind = row.GetString(1),
        Subject = row.GetString(2),
        Origin = row.GetString(3),
        Group = row.GetString(4),
        Order = row.GetString(5),
        Reachable = row.GetInt64(6) == 1,
        Place = row.GetString(7),
        State = Words.To<CaseState>(row.GetString(8)),
        Stage = Words.To<Stage>(row.GetString(9)),
        Priority = (Priority)row.GetInt64(10),
        OpenedAt = ColumnTypes.Instant(row.GetInt64(11)),
        DueAt = ColumnTypes.Instant(row.GetInt64(12)),
        FirstDueAt = ColumnTypes.Instant(row.GetInt64(13)),
        Facts = Facts(row.GetString(14)),
        AssignedTo = row.IsDBNull(15) ? Guid.Empty : row.GetGuid(15),
        NextAt = Instant(row, 16),
        PausedAt = Instant(row, 17),
        ClosedAt = Instant(row, 18),
        Answer = row.GetString(19),
        Result = row.GetString(20),
        Details = Facts(row.GetString(21)),
        AnsweredBy = row.IsDBNull(22) ? Guid.Empty : row.GetGuid(22),
        AnsweredAt = Instant(row, 23),
        Handlers = Handlers(row.GetString(24)),
        Evidence = [.. row.GetString(25).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.To<EvidenceKind>)],
        EvidenceBytes = row.GetInt64(26),
        Misses = new Misses((int)row.GetInt64(27), (int)row.GetInt64(28), (int)row.GetInt64(29),
            row.IsDBNull(30) ? null : DateOnly.ParseExact(row.GetString(30), "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Asked = row.IsDBNull(31) ? null : new Asked(Words.To<Request>(row.GetString(31)), row.GetGuid(32), row.GetString(33)),
        Reworks = (int)row.GetInt64(34),
        Version = row.GetInt64(35),
    };

    public static string Json(IReadOnlyDictionary<string, string> facts) =>
        facts.Count == 0 ? "" : JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);

    public static IReadOnlyDictionary<string, string> Facts(string json) =>
        json.Length == 0 ? Empty : JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Web)!;

    private static object? Id(Guid id) => id == Guid.Empty ? null : id;

    private static object? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Instant(DbDataReader row, int column) => row.IsDBNull(column) ? null : ColumnTypes.Instant(row.GetInt64(column));

    // account|unit;account|unit — a unit is a role and a place code, neither of which holds these signs.
    private static string Handlers(IReadOnlyList<Handler> handlers) =>
        handlers.Count == 0 ? "" : string.Join(';', handlers.Select(handler => $"{handler.Account:N}|{handler.Unit}"));

    private static IReadOnlyList<Handler> Handlers(string text) => text.Length == 0 ? []
        : [.. text.Split(';').Select(part => new Handler(Guid.ParseExact(part.AsSpan(0, 32), "N"), part[33..]))];
}
