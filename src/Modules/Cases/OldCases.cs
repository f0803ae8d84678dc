using Legwork.Cases.Contracts;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Cases;

/// <summary>One case of an older system, its kind and place understood.</summary>
internal sealed record OldCase(string Kind, string Subject, string Place, DateOnly Opened, DateOnly Closed, string Answer, string Text);

/// <summary>
/// Cases that an older system holds become closed ones, on the days when they were: they stand in lists and figures of their place, nobody works on
/// them, no clock runs and nobody is told. Whoever they were about is not known, so nothing of a person hangs on them.
/// </summary>
internal sealed class OldCases(CaseRules rules, IPlaces places, AccessRules access, TimeProvider clock) : IHistoryTaker
{
    public const string SubjectPrefix = "cases/old/";

    private const int TextLengthMax = 500;
    private const int NumberLengthMax = 60;
    private const int SubjectsPerStatement = 64;

    private static readonly string[] HistoryColumns = ["case_id", "seq", "at", "done_at", "act", "actor", "actor_name", "role", "unit", "from_state",
        "to_state", "note", "body"];

    public static readonly HistoryKind Kind = new("cases", 30, "cases", ["case_number", "kind", "place|address", "opened", "closed"],
        services => ActivatorUtilities.CreateInstance<OldCases>(services));

    public async Task<IReadOnlyList<HistoryRow>> Read(IReadOnlyList<WrittenRow> rows, CancellationToken cancel)
    {
        var (book, today) = (await places.BookNow(cancel), clock.Today());
        var heirs = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var grid in rows.Select(row => row["place"]).OfType<string>().Distinct().Where(code => book.Grid(code) is not null))
            heirs[grid] = await places.HeirsNow(grid, cancel);
        return [.. rows.Select(row => Read(row, book, heirs, today))];
    }

    private HistoryRow Read(WrittenRow row, IAddressBook book, Dictionary<string, IReadOnlyList<string>> heirs, DateOnly today)
    {
        if (row["case_number"] is not { Length: <= NumberLengthMax } number) return Not("case.number");
        if (row["kind"] is not { } word || rules.Find(word) is not { } kind) return Not("case.kind");
        if (PlaceOf(row, book, heirs) is not { } place) return HistoryRow.Not(row, Becomes.Unknown, "case.place");
        if (row.Fault("opened") == "registers.row.future" || row.Fault("closed") == "registers.row.future") return Not("case.future", place);
        if (row.Day("opened") is not { } opened) return Not("case.opened", place);
        // What is still open is no history: it is opened here and worked on.
        if (row.Day("closed") is not { } closed) return Not("case.closed", place);
        if (closed < opened) return Not("case.order", place);
        if (closed > today) return Not("case.future", place);
        if (row.Fault("outcome").Length > 0 || row["outcome"] is { } answer && kind.Answer(answer) is null) return Not("case.outcome", place);
        var text = row["text"] ?? "";
        if (text.Length > TextLengthMax) return Not("case.text_long", place);
        if (TellsNumber(text)) return Not("case.text_number", place);
        var subject = $"{SubjectPrefix}{row.Source}/{number}";
        return new HistoryRow(row, subject, "", null, [place],
            new OldCase(kind.Code, subject, place, opened, closed, row["outcome"] ?? "", text), null);

        HistoryRow Not(string why, string? at = null) => HistoryRow.Not(row, Becomes.Refused, why, places: at is null ? [] : [at]);
    }

    /// <summary>The code that the row says, if it is one of this district; else where its address lies, if that is one place. Of a grid that went it
    /// is the heir, if there is one alone.</summary>
    private string? PlaceOf(WrittenRow row, IAddressBook book, Dictionary<string, IReadOnlyList<string>> heirs)
    {
        if (row["place"] is { } code)
        {
            if (!Domain.Place.IsCode(code) || !new Scope(access.District).Covers(code)) return null;
            if (!Domain.Place.IsGrid(code)) return code == access.District || book.Streets.Any(street => street.Code == code)
                || book.Communities.Any(community => community.Code == code) ? code : null;
            return heirs.GetValueOrDefault(code) is [var heir] ? heir : null;
        }
        return row["address"] is { } address && book.Resolve(address) is { Dwelling: not null, Grid: { } grid } ? grid : null;
    }

    public object Standing(Session session, IReadOnlyList<HistoryRow> rows)
    {
        var held = new Dictionary<string, HeldCase>(StringComparer.Ordinal);
        foreach (var some in rows.Select(row => ((OldCase)row.Item!).Subject).Distinct().Chunk(SubjectsPerStatement))
            foreach (var one in session.Query<HeldCase>(
                $"select subject, kind, opened_at, closed_at from cases_case where {session.Among("subject", "some")}", new { some }))
                held[one.Subject] = one;
        return held;
    }

    public Decided Decide(HistoryRow row, object standing, IReadOnlyList<HistoryRow> earlier)
    {
        var told = (OldCase)row.Item!;
        return !((Dictionary<string, HeldCase>)standing).TryGetValue(told.Subject, out var held) ? Decided.New
            : held.Kind == told.Kind && Platform.Calendar.DayOf(held.OpenedAt) == told.Opened && held.ClosedAt is { } closed
                && Platform.Calendar.DayOf(closed) == told.Closed ? Decided.Known
            : new Decided(Becomes.Contradicts, "case.same_number");
    }

    public void Write(Session session, IReadOnlyList<HistoryRow> rows, TakeOver take)
    {
        var cases = rows.Select(row => (Row: row.Row.Number, Told: (OldCase)row.Item!, Case: CaseOf((OldCase)row.Item!, take))).ToList();
        Store.Each(session, CaseColumns.Insert, cases.Select(one => CaseColumns.OfInsert(one.Case)));
        Store.Bulk(session, "cases_history", HistoryColumns, cases.SelectMany(one => new[]
        {
            Step(one.Case, 1, one.Case.OpenedAt, "", CaseState.Open, take, take.Source),
            Step(one.Case, 2, one.Case.ClosedAt!.Value, Words.Of(CaseState.Open), CaseState.Closed, take, one.Told.Text),
        }));
        Store.Bulk(session, "cases_old", ["take", "take_row", "case_id"], cases.Select(one => new object?[] { take.Id, one.Row, one.Case.Id.Value }));
    }

    public IReadOnlyList<string> Undo(Session session, IReadOnlyList<long> rows, TakeOver take)
    {
        var made = session.Query<MadeCase>($"""
            select o.take_row, o.case_id, c.version from cases_old o join cases_case c on c.id = o.case_id
            where o.take = @Id and {session.Among("o.take_row", "rows")}
            """, new { take.Id, rows = rows.ToArray() }).ToDictionary(one => one.TakeRow);
        var untouched = rows.Where(row => made[row].Version == Version).Select(row => new object?[] { made[row].CaseId }).ToList();
        Store.Each(session, "delete from cases_history where case_id = @p0", untouched);
        Store.Each(session, "delete from cases_case where id = @p0", untouched);
        Store.Each(session, "delete from cases_old where case_id = @p0", untouched);
        return [.. rows.Select(row => made[row].Version == Version ? "" : "case.touched")];
    }

    private const long Version = 2;

    private Case CaseOf(OldCase told, TakeOver take)
    {
        var (opened, closed, kind) = (Noon(told.Opened), Noon(told.Closed), rules[told.Kind]);
        return new Case
        {
            Id = CaseId.New(),
            Kind = told.Kind,
            Subject = told.Subject,
            Origin = Case.TakenOver,
            Group = told.Subject,
            Order = "",
            Reachable = false,
            Place = told.Place,
            State = CaseState.Closed,
            Stage = kind.FirstStage(reachable: false),
            Priority = kind.Priority,
            OpenedAt = opened,
            DueAt = closed,
            FirstDueAt = closed,
            ClosedAt = closed,
            Facts = new Dictionary<string, string> { ["source"] = take.Source },
            Answer = told.Answer,
            Details = told.Text.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["text"] = told.Text },
            Version = Version,
        };
    }

    private static object?[] Step(Case @case, long seq, DateTimeOffset at, string from, CaseState to, TakeOver take, string note) =>
        [@case.Id.Value, seq, at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds(), Case.TakenOver, take.Account, take.By, Role.Clerk.Word, "",
            from, Words.Of(to), note, ""];

    private static DateTimeOffset Noon(DateOnly day) => Platform.Calendar.StartOf(day).AddHours(12);

    /// <summary>Whether it holds a resident number or a telephone: a text of a case without a person names none.</summary>
    internal static bool TellsNumber(string text)
    {
        for (var from = 0; from < text.Length; from++)
        {
            var until = from;
            while (until < text.Length && char.IsAsciiDigit(text[until])) until++;
            if (until - from == 18 || (until - from == 17 && until < text.Length && text[until] is 'X' or 'x')) return true;
            if (until - from == 11 && text[from] == '1' && text[from + 1] is >= '3' and <= '9') return true;
            from = until;
        }
        return false;
    }

    private sealed record HeldCase(string Subject, string Kind, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

    private sealed record MadeCase(long TakeRow, Guid CaseId, long Version);
}

/// <summary>What an old case is about, as far as anybody knows: its number in the system that it comes from.</summary>
internal sealed class OldSubjects : ISubjects
{
    public Task<IReadOnlyDictionary<string, SubjectLines>> Describe(Actor actor, Permission permission, string purpose,
        IReadOnlyCollection<string> subjects, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyDictionary<string, SubjectLines>>(subjects.ToDictionary(subject => subject, subject =>
        {
            var told = subject[OldCases.SubjectPrefix.Length..];
            var at = told.IndexOf('/', StringComparison.Ordinal);
            return new SubjectLines(told[(at + 1)..], [told[..at]], new Dictionary<string, string>());
        }));
}
