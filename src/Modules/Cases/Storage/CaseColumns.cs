using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>
/// The one list of the columns of cases_case and what of a case each holds. Every statement is made from it once, at start; a column
/// that is added here is selected, inserted and, unless it is fixed at opening, updated.
/// </summary>
internal static class CaseColumns
{
    private static readonly List<Column> Declared = [];
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private static readonly Column<Guid> Id = Fixed("id", Is.Id, @case => @case.Id.Value);
    private static readonly Column<string> Kind = Fixed("kind", Is.Text, @case => @case.Kind);
    private static readonly Column<string> Subject = Fixed("subject", Is.Text, @case => @case.Subject);
    private static readonly Column<string> Origin = Fixed("origin", Is.Text, @case => @case.Origin);
    private static readonly Column<string> Group = Fixed("visit_group", Is.Text, @case => @case.Group);
    private static readonly Column<string> Order = Fixed("walk_order", Is.Text, @case => @case.Order);
    private static readonly Column<long> Reachable = Fixed("reachable", Is.Number, @case => @case.Reachable ? 1L : 0L);
    private static readonly Column<long> Priority = Fixed("priority", Is.Number, @case => (long)@case.Priority);
    private static readonly Column<DateTimeOffset> OpenedAt = Fixed("opened_at", Is.Instant, @case => @case.OpenedAt);
    private static readonly Column<string> Facts = Fixed("facts", Is.Text, @case => Json(@case.Facts));
    private static readonly Column<string> Place = Kept("place", Is.Text, @case => @case.Place);
    private static readonly Column<string> State = Kept("state", Is.Text, @case => Words.Of(@case.State));
    private static readonly Column<string> Stage = Kept("stage", Is.Text, @case => @case.Stage);
    private static readonly Column<DateTimeOffset> DueAt = Kept("due_at", Is.Instant, @case => @case.DueAt);
    private static readonly Column<DateTimeOffset> FirstDueAt = Kept("first_due_at", Is.Instant, @case => @case.FirstDueAt);
    private static readonly Column<Guid?> AssignedTo = Kept("assigned_to", Is.IdOrNone, @case => OrNone(@case.AssignedTo));
    private static readonly Column<DateTimeOffset?> NextAt = Kept("next_at", Is.InstantOrNone, @case => @case.NextAt);
    private static readonly Column<DateTimeOffset?> PausedAt = Kept("paused_at", Is.InstantOrNone, @case => @case.PausedAt);
    private static readonly Column<DateTimeOffset?> ClosedAt = Kept("closed_at", Is.InstantOrNone, @case => @case.ClosedAt);
    private static readonly Column<string> Answer = Kept("answer", Is.Text, @case => @case.Answer);
    private static readonly Column<string> Result = Kept("result", Is.Text, @case => @case.Result);
    private static readonly Column<string> Details = Kept("details", Is.Text, @case => Json(@case.Details));
    private static readonly Column<Guid?> AnsweredBy = Kept("answered_by", Is.IdOrNone, @case => OrNone(@case.AnsweredBy));
    private static readonly Column<DateTimeOffset?> AnsweredAt = Kept("answered_at", Is.InstantOrNone, @case => @case.AnsweredAt);
    private static readonly Column<string> Handlers = Kept("handlers", Is.Text, @case => Written(@case.Handlers));
    private static readonly Column<string> Evidence = Kept("evidence", Is.Text, @case => string.Join(' ', @case.Evidence.Select(Words.Of)));
    private static readonly Column<long> EvidenceBytes = Kept("evidence_bytes", Is.Number, @case => @case.EvidenceBytes);
    private static readonly Column<long> MissedCalls = Kept("missed_calls", Is.Number, @case => @case.Misses.Calls);
    private static readonly Column<long> MissedVisits = Kept("missed_visits", Is.Number, @case => @case.Misses.Visits);
    private static readonly Column<long> MissedDays = Kept("missed_days", Is.Number, @case => @case.Misses.Days);
    private static readonly Column<string?> MissedLast = Kept("missed_last", Is.TextOrNone, @case => Day(@case.Misses.LastDay));
    private static readonly Column<string?> Asked = Kept("asked", Is.TextOrNone, @case => @case.Asked is { } asked ? Words.Of(asked.What) : null);
    private static readonly Column<Guid?> AskedBy = Kept("asked_by", Is.IdOrNone, @case => @case.Asked?.By);
    private static readonly Column<string?> AskedWhy = Kept("asked_why", Is.TextOrNone, @case => @case.Asked?.Why);
    private static readonly Column<long> Reworks = Kept("reworks", Is.Number, @case => @case.Reworks);
    private static readonly Column<long> Version = Kept("version", Is.Number, @case => @case.Version);

    private static readonly Column[] All = [.. Declared];
    private static readonly Column[] Changing = [Id, .. All.Where(column => !column.IsFixed)];

    public static readonly string Select = $"select {Names(All)} from cases_case";

    /// <summary>Its parameters are <see cref="OfInsert"/>. Says nothing when an open case of the matter stands in the way.</summary>
    public static readonly string Insert =
        $"insert into cases_case ({Names(All)}) "
            + $"values ({string.Join(", ", All.Index().Select(column => $"@p{column.Index}"))}) on conflict do nothing";

    /// <summary>Its parameters are <see cref="OfUpdate"/>.</summary>
    public static readonly string Update =
        $"update cases_case set {string.Join(", ", Changing.Index().Skip(1).Select(column => $"{column.Item.Name} = @p{column.Index}"))} "
            + $"where id = @p0 and version = @p{Changing.Length}";

    public static object?[] OfInsert(Case @case) => Values(All, @case, All.Length);

    /// <param name="before">The version at which the case must still stand.</param>
    public static object?[] OfUpdate(Case @case, long before)
    {
        var values = Values(Changing, @case, Changing.Length + 1);
        values[^1] = before;
        return values;
    }

    /// <summary>The case under the cursor of <see cref="Select"/>.</summary>
    public static Case Read(DbDataReader row) => new()
    {
        Id = new CaseId(Id.Of(row)),
        Kind = Kind.Of(row),
        Subject = Subject.Of(row),
        Origin = Origin.Of(row),
        Group = Group.Of(row),
        Order = Order.Of(row),
        Reachable = Reachable.Of(row) == 1,
        Place = Place.Of(row),
        State = Words.To<CaseState>(State.Of(row)),
        Stage = Stage.Of(row),
        Priority = (Priority)Priority.Of(row),
        OpenedAt = OpenedAt.Of(row),
        DueAt = DueAt.Of(row),
        FirstDueAt = FirstDueAt.Of(row),
        Facts = ReadJson(Facts.Of(row)),
        AssignedTo = AssignedTo.Of(row) ?? Guid.Empty,
        NextAt = NextAt.Of(row),
        PausedAt = PausedAt.Of(row),
        ClosedAt = ClosedAt.Of(row),
        Answer = Answer.Of(row),
        Result = Result.Of(row),
        Details = ReadJson(Details.Of(row)),
        AnsweredBy = AnsweredBy.Of(row) ?? Guid.Empty,
        AnsweredAt = AnsweredAt.Of(row),
        Handlers = ReadHandlers(Handlers.Of(row)),
        Evidence = [.. Evidence.Of(row).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.To<EvidenceKind>)],
        EvidenceBytes = EvidenceBytes.Of(row),
        Misses = new Misses((int)MissedCalls.Of(row), (int)MissedVisits.Of(row), (int)MissedDays.Of(row), ReadDay(MissedLast.Of(row))),
        Asked = Asked.Of(row) is { } asked ? new Asked(Words.To<Request>(asked), AskedBy.Of(row)!.Value, AskedWhy.Of(row)!) : null,
        Reworks = (int)Reworks.Of(row),
        Version = Version.Of(row),
    };

    public static string Json(IReadOnlyDictionary<string, string> facts) =>
        facts.Count == 0 ? "" : JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);

    public static IReadOnlyDictionary<string, string> ReadJson(string json) =>
        json.Length == 0 ? Nothing : JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Web)!;

    private static Column<T> Fixed<T>(string name, Notation<T> notation, Func<Case, T> of) =>
        Declare(new Column<T>(name, true, Declared.Count, notation, of));

    private static Column<T> Kept<T>(string name, Notation<T> notation, Func<Case, T> of) =>
        Declare(new Column<T>(name, false, Declared.Count, notation, of));

    private static Column<T> Declare<T>(Column<T> column)
    {
        Declared.Add(column);
        return column;
    }

    private static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static object?[] Values(Column[] columns, Case @case, int length)
    {
        var values = new object?[length];
        for (var i = 0; i < columns.Length; i++) values[i] = columns[i].Stored(@case);
        return values;
    }

    private static Guid? OrNone(Guid id) => id == Guid.Empty ? null : id;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? ReadDay(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // account|unit;account|unit — a unit is a role and a place code, neither of which holds these signs.
    private static string Written(IReadOnlyList<Handler> handlers) =>
        handlers.Count == 0 ? "" : string.Join(';', handlers.Select(handler => $"{handler.Account:N}|{handler.Unit}"));

    private static IReadOnlyList<Handler> ReadHandlers(string text) => text.Length == 0 ? []
        : [.. text.Split(';').Select(part => new Handler(Guid.ParseExact(part.AsSpan(0, 32), "N"), part[33..]))];

    /// <param name="Stored">As a parameter takes it.</param>
    /// <param name="Read">From the row and the column's place in it.</param>
    private sealed record Notation<T>(Func<T, object?> Stored, Func<DbDataReader, int, T> Read);

    private static class Is
    {
        public static readonly Notation<string> Text = new(text => text, (row, at) => row.GetString(at));
        public static readonly Notation<string?> TextOrNone = new(text => text, (row, at) => row.IsDBNull(at) ? null : row.GetString(at));
        public static readonly Notation<long> Number = new(number => number, (row, at) => row.GetInt64(at));
        public static readonly Notation<Guid> Id = new(id => id, (row, at) => row.GetGuid(at));
        public static readonly Notation<Guid?> IdOrNone = new(id => id, (row, at) => row.IsDBNull(at) ? null : row.GetGuid(at));
        public static readonly Notation<DateTimeOffset> Instant = new(at => at.ToUnixTimeMilliseconds(),
            (row, at) => ColumnTypes.Instant(row.GetInt64(at)));

        public static readonly Notation<DateTimeOffset?> InstantOrNone =
            new(at => at?.ToUnixTimeMilliseconds(), (row, at) => row.IsDBNull(at) ? null : ColumnTypes.Instant(row.GetInt64(at)));
    }

    private abstract class Column(string name, bool isFixed)
    {
        public string Name => name;

        /// <summary>Decided when the case is opened and never after.</summary>
        public bool IsFixed => isFixed;

        public abstract object? Stored(Case @case);
    }

    private sealed class Column<T>(string name, bool isFixed, int at, Notation<T> notation, Func<Case, T> of) : Column(name, isFixed)
    {
        public override object? Stored(Case @case) => notation.Stored(of(@case));

        public T Of(DbDataReader row) => notation.Read(row, at);
    }
}
