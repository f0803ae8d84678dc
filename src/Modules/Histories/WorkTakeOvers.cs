using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Legwork.Histories;

/// <summary>
/// Takes over what was tried, and takes it back, in small units behind the page's back. Each unit writes the records and says so of their rows, whole
/// or not at all, so after a kill whoever takes the lease next goes on with the rows that are left. One take-over is worked on at a
/// time in a district.
/// </summary>
internal sealed partial class WorkTakeOvers(Store store, HistoryLayouts layouts, NumberVault vault, Leases leases, IServiceProvider services,
    TryFile tryFile, TimeProvider clock, ILogger<WorkTakeOvers> log)
{
    internal const string LeaseName = "histories.work";

    // Each row writes its record and what became of it.
    internal const int RowsPerUnit = Store.RowsPerUnit / 2;

    /// <summary>From where each act leads where, while it is worked on and afterwards.</summary>
    private static readonly Dictionary<string, (IReadOnlyList<string> From, string To)> Acts = new(StringComparer.Ordinal)
    {
        ["take"] = ([TakeState.Tried], TakeState.Taking),
        ["again"] = ([TakeState.Taken], TakeState.Again),
        // A take-over under way is stopped and taken back as well.
        ["undo"] = ([TakeState.Taken, TakeState.Taking, TakeState.Again], TakeState.Undoing),
        ["drop"] = ([TakeState.Tried, TakeState.Refused, TakeState.Lost], TakeState.Dropping),
    };

    private static readonly Dictionary<string, string> Ends = new(StringComparer.Ordinal)
    {
        [TakeState.Taking] = TakeState.Taken,
        [TakeState.Again] = TakeState.Taken,
        [TakeState.Undoing] = TakeState.Undone,
        [TakeState.Dropping] = TakeState.Dropped,
    };

    public static bool May(string act, string state) => Acts.TryGetValue(act, out var known) && known.From.Contains(state);

    /// <summary>Says that it be done; it is begun with <see cref="GoOn"/>.</summary>
    /// <returns>Refusals: <c>histories.not_found</c>, <c>histories.state</c>.</returns>
    public Task<Outcome<TakeRow>> Say(Actor actor, long id, string act) => store.Write<Outcome<TakeRow>>(session =>
    {
        if (TakeRow.Find(session, id) is not { } take || !(actor.Account == Actor.System.Account || take.IsFor(actor))) return NotFound;
        if (!May(act, take.State)
            || session.Execute("update histories_take set state = @To where id = @id and state = @State", new { id, take.State, Acts[act].To }) == 0)
            return Refusal.Of("histories.state", "This take-over has gone on meanwhile. Look at the page again.");
        TakeRow.Step(session, id, act, actor, clock.GetUtcNow());
        return take with { State = Acts[act].To };
    });

    public static readonly Refusal NotFound = Refusal.Of("histories.not_found", "There is no such take-over in your area.");

    /// <summary>Works on everything that was said and is not done yet; nothing while another node does.</summary>
    /// <returns>How many take-overs were worked on to their end.</returns>
    public async Task<int> GoOn(CancellationToken cancel)
    {
        await GiveUpDead();
        if (Waiting() is null) return 0;
        await using var lease = await leases.Take(LeaseName);
        if (lease is null) return 0;
        var done = 0;
        while (Waiting() is { } take)
            if (await Work(take, lease, cancel)) done++;
        return done;
    }

    private TakeRow? Waiting() => store.Read(session => session.First<TakeRow>(
        TakeRow.Select + " where state in ('taking', 'again', 'undoing', 'dropping') order by id limit 1"));

    /// <returns>False when somebody has said something else meanwhile.</returns>
    private async Task<bool> Work(TakeRow take, Lease lease, CancellationToken cancel)
    {
        var (taker, columns) = (layouts.Kind(take.Kind)!.Taker(services), take.ColumnList);
        for (var after = 0L; Next(take, after) is { Count: > 0 } rows;)
        {
            cancel.ThrowIfCancellationRequested();
            after = rows[^1].Row;
            var unit = take.State is TakeState.Taking or TakeState.Again
                ? TakeUnit(take, taker, await taker.Read(
                    [.. rows.Select(row => ToldText.Row(row.Row, take.Source, columns, vault.Open(row.Told!)))], cancel))
                : take.State == TakeState.Undoing ? UndoUnit(take, taker, rows) : DropUnit(take, rows);
            if (!await store.Write(session =>
            {
                lease.Fence(session);
                if (TakeRow.Find(session, take.Id)!.State != take.State) return false;
                unit(session);
                return true;
            })) return false;
        }
        return await store.Write(session =>
        {
            lease.Fence(session);
            if (session.Execute("update histories_take set state = @to where id = @Id and state = @State",
                new { take.Id, take.State, to = Ends[take.State] }) == 0) return false;
            if (take.State != TakeState.Dropping) TakeRow.Step(session, take.Id, Ends[take.State], Actor.System, clock.GetUtcNow());
            return true;
        });
    }

    private List<NextRow> Next(TakeRow take, long after)
    {
        var which = take.State switch
        {
            TakeState.Taking => "outcome = 'new'",
            TakeState.Again => "outcome in ('contradicts', 'unknown', 'refused') and told is not null",
            TakeState.Undoing => "outcome = 'taken'",
            _ => "1 = 1",
        };
        return store.Read(session => session.Query<NextRow>(
            $"select row, told from histories_row where take = @Id and row > @after and {which} order by row limit @RowsPerUnit",
            new { take.Id, after, RowsPerUnit }));
    }

    private Action<Session> TakeUnit(TakeRow take, IHistoryTaker taker, IReadOnlyList<HistoryRow> rows) => session =>
    {
        // Decided anew against the district as it stands in this unit: it may have heard since.
        var decided = new DecideRows(taker, take.Scopes).Of(session, rows);
        var fresh = rows.Where((_, i) => decided[i].Becomes == Becomes.New).ToList();
        if (fresh.Count > 0) taker.Write(session, fresh, By(session, take));
        Store.Each(session, """
            update histories_row set outcome = @p2, why = @p3, words = @p4, told = case when @p2 = 'taken' then null else told end,
                person = case when @p2 = 'taken' then null else person end where take = @p0 and row = @p1
            """, rows.Select((row, i) => new object?[] { take.Id, row.Row.Number,
                decided[i].Becomes == Becomes.New ? RowState.Taken : RowState.Of(decided[i].Becomes), decided[i].Why,
                string.Join('\n', decided[i].Words) }));
    };

    private Action<Session> UndoUnit(TakeRow take, IHistoryTaker taker, List<NextRow> rows) => session =>
    {
        var stays = taker.Undo(session, [.. rows.Select(row => row.Row)], By(session, take));
        Store.Each(session, "update histories_row set outcome = @p2, why = @p3 where take = @p0 and row = @p1", rows.Select((row, i) =>
            new object?[] { take.Id, row.Row, stays[i].Length == 0 ? RowState.Undone : RowState.Stays, stays[i] }));
    };

    private static Action<Session> DropUnit(TakeRow take, List<NextRow> rows) => session => Store.Each(session,
        "delete from histories_row where take = @p0 and row = @p1", rows.Select(row => new object?[] { take.Id, row.Row }));

    /// <summary>Whoever said it last answers for what is written.</summary>
    private TakeOver By(Session session, TakeRow take) => session.First<StepRow>(
        "select act, at, account, actor from histories_step where take = @Id order by id desc limit 1", take) is { } step
        ? new TakeOver(take.Id, take.Source, take.FileName, step.Account, step.Actor, clock.GetUtcNow())
        : throw new InvalidOperationException($"Nobody said that take-over {take.Id} be worked on.");

    /// <summary>A node that read a file and has not been heard of since took the file with it.</summary>
    private async Task GiveUpDead()
    {
        var dead = clock.GetUtcNow() - TryFile.DeadAfter;
        foreach (var id in store.Read(session => session.Query<long>(
            "select id from histories_take where state = 'reading' and beat_at < @dead", new { dead })))
        {
            await tryFile.GiveUp(id, Actor.System);
            GaveUp(log, id);
        }
    }

    private sealed record NextRow(long Row, byte[]? Told);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node that read the file of take-over {Take} died; the file has to be sent again")]
    private static partial void GaveUp(ILogger logger, long take);
}
