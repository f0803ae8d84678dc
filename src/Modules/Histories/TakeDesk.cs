using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.Histories;

/// <summary>One take-over in the list, with how many of its rows became what.</summary>
internal sealed record TakeLine(TakeRow Take, IReadOnlyDictionary<string, long> Counts)
{
    public long Of(params IReadOnlyList<string> outcomes) => outcomes.Sum(outcome => Counts.GetValueOrDefault(outcome));

    /// <summary>Rows that were looked at so far, or that are done with; null when nothing is under way.</summary>
    public long? Done => Take.State switch
    {
        TakeState.Reading => Counts.Values.Sum(),
        TakeState.Taking => Take.Rows - Of(RowState.New),
        TakeState.Undoing => Take.Rows - Of(RowState.Taken),
        TakeState.Again or TakeState.Dropping => 0,
        _ => null,
    };
}

/// <param name="Values">Header and value; empty once it is not needed any more.</param>
internal sealed record ShownRow(long Row, string Outcome, string Why, IReadOnlyList<string> Words,
    IReadOnlyList<(string Header, string Value)> Values);

internal sealed record TakeView(TakeLine Line, IReadOnlyList<StepRow> Steps, IReadOnlyList<ShownRow> Rows, string Outcome, int Page, int Pages);

/// <summary>Shows take-overs and their rows. Persons whom rows were found to be about are in the read log before they are shown.</summary>
internal sealed class TakeDesk(Store store, NumberVault vault, HistoryLayouts layouts, Reading reading)
{
    public const int PageSize = 50;
    private const int ListMax = 100;
    private const int PersonsPerEntry = 2_000;

    /// <summary>The latest that this actor may see.</summary>
    public async Task<IReadOnlyList<TakeLine>> List(Actor actor, CancellationToken cancel) => await store.ReadAsync(async session =>
    {
        var takes = (await session.QueryAsync<TakeRow>(TakeRow.Select + " order by id desc limit 1000"))
            .Where(take => take.IsFor(actor)).Take(ListMax);
        var lines = new List<TakeLine>();
        foreach (var take in takes) lines.Add(new TakeLine(take, await Counts(session, take.Id)));
        return lines;
    }, cancel);

    public Task<TakeRow?> Find(Actor actor, long id, CancellationToken cancel) => store.ReadAsync(async session =>
        await TakeRow.FindAsync(session, id) is { } take && take.IsFor(actor) ? take : null, cancel);

    /// <param name="outcome">Only these rows; empty shows all.</param>
    /// <returns>Refusals: <c>histories.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<TakeView>> View(Actor actor, long id, string outcome, int page, CancellationToken cancel)
    {
        if (await Find(actor, id, cancel) is not { } take) return WorkTakeOvers.NotFound;
        outcome = RowState.All.Contains(outcome) ? outcome : "";
        var (line, steps) = await store.ReadAsync(async session => (new TakeLine(take, await Counts(session, id)), await session.QueryAsync<StepRow>(
            "select act, at, account, actor from histories_step where take = @id order by id desc", new { id })), cancel);
        var all = outcome.Length == 0 ? line.Counts.Values.Sum() : line.Of(outcome);
        var pages = (int)Math.Max(1, (all + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        // A file under way is counted and not shown: its rows change beneath the reader.
        var rows = take.IsWorking ? [] : await Rows(take, outcome, PageSize, (page - 1) * PageSize, cancel);
        var shown = await Show(actor, take, rows);
        return shown.Ok ? new TakeView(line, steps, shown.Value, outcome, page, pages) : shown.Refusal!;
    }

    /// <summary>Rows for whoever mends the file, with what became of each.</summary>
    /// <returns>Refusals: <c>histories.not_found</c>, <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<(TakeRow Take, List<ShownRow> Rows)>> Csv(Actor actor, long id, string outcome, CancellationToken cancel)
    {
        if (await Find(actor, id, cancel) is not { } take) return WorkTakeOvers.NotFound;
        var shown = await Show(actor, take, await Rows(take, RowState.All.Contains(outcome) ? outcome : "", int.MaxValue, 0, cancel));
        return shown.Ok ? (take, shown.Value) : shown.Refusal!;
    }

    private Task<List<RowRow>> Rows(TakeRow take, string outcome, int most, int skip, CancellationToken cancel) =>
        store.ReadAsync(session => session.QueryAsync<RowRow>($"""
            select row, outcome, why, words, told, person, child from histories_row
            where take = @Id {(outcome.Length > 0 ? "and outcome = @outcome" : "")}
            order by row limit @most offset @skip
            """, new { take.Id, outcome, most = (long)most, skip = (long)skip }), cancel);

    private async Task<Outcome<List<ShownRow>>> Show(Actor actor, TakeRow take, List<RowRow> rows)
    {
        var claimed = reading.Claim(actor, HistoriesPermissions.Take, HistoriesPermissions.Purpose);
        if (!claimed.Ok) return claimed.Refusal!;
        var persons = rows.Select(row => row.Person).OfType<Guid>().Distinct().Select(id => new PersonId(id));
        foreach (var some in persons.Chunk(PersonsPerEntry))
            if (await reading.Of(actor, HistoriesPermissions.Take, HistoriesPermissions.Purpose, some, reference: $"histories/{take.Id}")
                is { Ok: false } denied) return denied.Refusal!;
        var (grown, child) = (reading.Narrow(actor, HistoriesPermissions.Take, claimed.Value, under14: false),
            reading.Narrow(actor, HistoriesPermissions.Take, claimed.Value, under14: true));
        var (columns, field) = (take.ColumnList, layouts.Kind(take.Kind)?.Field ?? "");
        return rows.ConvertAll(row => row.Child == 1 ? Shown(row, child) : Shown(row, grown));

        ShownRow Shown(RowRow row, Purpose open) => new(row.Row, row.Outcome, row.Why, Words(row, field, open),
            row.Told is null ? [] : Values(columns, ToldText.Read(vault.Open(row.Told)), field, open));
    }

    /// <summary>What the district says of somebody, in a reason, is as closed as the field that it belongs to.</summary>
    private static IReadOnlyList<string> Words(RowRow row, string field, Purpose open) => row.Words.Length == 0 ? []
        : row.Why == DecideRows.Twice || open.Opens(field) ? row.Words.Split('\n') : [.. row.Words.Split('\n').Select(_ => "…")];

    private static List<(string Header, string Value)> Values(IReadOnlyList<FileColumn> columns, IReadOnlyList<Cell> cells, string field,
        Purpose open)
    {
        var values = new List<(string, string)>();
        for (var i = 0; i < Math.Min(columns.Count, cells.Count); i++)
        {
            var of = columns[i].Field switch { "name" => "name", "birth" => "birth", "sex" => "sex", "number" => "number_masked", _ => field };
            if (cells[i].Text.Length > 0 && open.Opens(of))
                values.Add((columns[i].Header, of == "number_masked" ? ResidentNumber.Mask(cells[i].Text) : cells[i].Text));
        }
        return values;
    }

    private static async Task<IReadOnlyDictionary<string, long>> Counts(Session session, long take) =>
        (await session.QueryAsync<Count>("select outcome, count(*) as rows from histories_row where take = @take group by outcome", new { take }))
        .ToDictionary(count => count.Outcome, count => count.Rows);

    private sealed record Count(string Outcome, long Rows);

    private sealed record RowRow(long Row, string Outcome, string Why, string Words, byte[]? Told, Guid? Person, long Child);
}
