using System.Text.Encodings.Web;
using System.Text.Json;
using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Registers;
using Microsoft.Extensions.Logging;

namespace Legwork.Histories;

/// <summary>
/// Reads a file behind the page's back and says row by row what would happen; nothing of a module is written. The rows lie sealed in storage from
/// then on, so taking them needs no file and no one node.
/// </summary>
internal sealed partial class TryFile(Store store, HistoryLayouts layouts, NumberVault vault, IServiceProvider services, Reading reading,
    AccessRules access, TimeProvider clock, ILogger<TryFile> log)
{
    public static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(2);

    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] RowColumns = ["take", "row", "outcome", "why", "words", "told", "person", "child"];

    private Task working = Task.CompletedTask;

    /// <summary>Completes when this node reads nothing.</summary>
    public Task Idle => working;

    /// <summary>Begins to read a file, whose folder is removed afterwards whatever happens.</summary>
    /// <param name="source">The title of its list; empty where the file's name says it.</param>
    /// <returns>The take-over. Refusals: <c>histories.layout</c>, <c>histories.name</c>, <c>registers.layout.*</c>,
    /// <c>access.purpose.denied</c>.</returns>
    public async Task<Outcome<long>> Send(Actor actor, string folder, string name, string source)
    {
        var begun = await Begin(actor, name, source);
        if (!begun.Ok)
        {
            Directory.Delete(folder, recursive: true);
            return begun.Refusal!;
        }
        var (take, match) = begun.Value;
        var before = working;
        working = Task.Run(async () =>
        {
            await before;
            try
            {
                await Read(take, Path.Combine(folder, name), match, actor);
            }
            catch (Exception failure)
            {
                Failed(log, take.Id, failure);
                await GiveUp(take.Id, actor);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return take.Id;
    }

    private async Task<Outcome<(TakeRow Take, LayoutMatch Match)>> Begin(Actor actor, string name, string source)
    {
        var found = layouts.For(name, source);
        if (!found.Ok) return found.Refusal!;
        var layout = found.Value.Layout;
        if (layouts.Kind(layout.Means) is not { } kind) return Refusal.Of("histories.layout", "There is no such list in this district.");
        var places = PlacesOf(actor);
        var id = await store.Write(session =>
        {
            var now = clock.GetUtcNow();
            var take = session.Scalar<long>("""
                insert into histories_take (kind, source, file_name, state, places, columns, rows, refusals, beat_at, at, account, actor)
                values (@Code, @Source, @name, 'reading', @places, @columns, 0, '', @now, @now, @Account, @Name) returning id
                """, new
            {
                kind.Code,
                layout.Source,
                name,
                places = string.Join(' ', places),
                columns = JsonSerializer.Serialize(layout.Columns.Select(column => new FileColumn(column.Field, column.Header)), Json),
                now,
                actor.Account,
                actor.Name,
            });
            TakeRow.Step(session, take, "send", actor, now);
            return take;
        });
        // Whatever a trial says of anybody rests on a look at them: it stands in the log before the first row is read.
        foreach (var place in places)
            if (await reading.OfAll(actor, HistoriesPermissions.Take, HistoriesPermissions.Purpose, place,
                reference: $"histories/{id}") is { Ok: false } denied) return denied.Refusal!;
        return (store.Read(session => TakeRow.Find(session, id))!, found.Value);
    }

    /// <summary>The places that someone takes histories over for: those of the grants, without places inside another.</summary>
    private IReadOnlyList<string> PlacesOf(Actor actor)
    {
        if (actor.Account == Actor.System.Account) return [access.District];
        var scopes = actor.Where(HistoriesPermissions.Take);
        return [.. scopes.Where(scope => !scopes.Any(other => other != scope && other.Covers(scope.Code))).Select(scope => scope.Code)];
    }

    private async Task Read(TakeRow take, string path, LayoutMatch match, Actor actor)
    {
        var assessed = RegisterFile.Assess(path, match.Layout, match.Period);
        var opened = RegisterFile.Open(path, match.Layout);
        if (assessed.Verdict == Verdict.Refuse || !opened.Ok)
        {
            await store.Write(session => Finish(session, take.Id, TakeState.Refused, assessed.Rows, assessed.Refusals, actor));
            return;
        }
        await store.Write(session => session.Execute("update histories_take set rows = @Rows where id = @Id", new { take.Id, assessed.Rows }));
        var taker = layouts.Kind(take.Kind)!.Taker(services);
        var (decide, columns) = (new DecideRows(taker, take.Scopes), take.ColumnList);
        var isOfPersons = columns.Any(column => column.Field is "name" or "number" or "birth");
        foreach (var some in opened.Value.Rows().Chunk(Store.RowsPerUnit))
        {
            var written = Array.ConvertAll(some, row => (Row: row, Told: ToldText.Of(columns.Select(column => CellOf(row, column.Field)))));
            var read = await taker.Read([.. written.Select(row => ToldText.Row(row.Row.Number, take.Source, columns, row.Told))],
                CancellationToken.None);
            var decided = store.Read(session => decide.Of(session, read));
            if (!await Keep(take.Id, [.. written.Select((row, i) => RowOf(take.Id, isOfPersons, read[i], decided[i], row.Told))])) return;
        }
        await store.Write(session => Finish(session, take.Id, TakeState.Tried, assessed.Rows, [], actor));
    }

    /// <summary>Nothing more is kept once somebody has given this reader up.</summary>
    private Task<bool> Keep(long id, IReadOnlyList<object?[]> rows) => store.Write(session =>
    {
        var reads = session.Execute("update histories_take set beat_at = @now where id = @id and state = 'reading'",
            new { id, now = clock.GetUtcNow() });
        if (reads == 0) return false;
        Store.Bulk(session, "histories_row", RowColumns, rows);
        return true;
    });

    private object?[] RowOf(long take, bool isOfPersons, HistoryRow row, Decided decided, string told) =>
[
    take, row.Row.Number, RowState.Of(decided.Becomes), decided.Why, string.Join('\n', decided.Words), vault.Seal(told),
        decided.Why == DecideRows.Outside ? null : row.Person?.Value, isOfPersons && IsChild(row.Row) ? 1L : 0L,
    ];

    /// <summary>By what the row itself says; whoever's birth it does not tell is looked after like a child.</summary>
    private bool IsChild(WrittenRow row)
    {
        var birth = row["birth"] is { } text && VagueDate.TryParse(text, out var date) ? date
            : ResidentNumber.TryParse(row["number"], out var number) ? VagueDate.Of(number.Birth) : default;
        return !birth.IsKnown || birth.Latest.AddYears(14) > clock.Today();
    }

    private static Cell CellOf(RegisterRow row, string field)
    {
        var fault = row.Findings.FirstOrDefault(finding => finding.Field == field)?.Code ?? "";
        return new Cell(row[field] ?? row.Raw(field) ?? "", fault);
    }

    /// <summary>Nothing is left of a file whose reader died but that it was sent.</summary>
    internal async Task GiveUp(long id, Actor actor)
    {
        if (await store.Write(session => Finish(session, id, TakeState.Lost, 0, [], actor)) == 0) return;
        while (await store.Write(session => session.Execute(
            "delete from histories_row where take = @id and row in (select row from histories_row where take = @id limit @RowsPerUnit)",
            new { id, Store.RowsPerUnit })) > 0) continue;
    }

    private int Finish(Session session, long id, string state, long rows, IReadOnlyList<Fault> refusals, Actor actor)
    {
        var said = refusals.Count == 0 ? "" : JsonSerializer.Serialize(
            refusals.Take(20).Select(fault => new Said(fault.Sentence("zh-CN"), fault.Sentence("bo"), fault.Sentence("en"))), Json);
        var done = session.Execute(
            "update histories_take set state = @state, rows = @rows, refusals = @said where id = @id and state = 'reading'",
            new { id, state, rows, said });
        if (done == 1) TakeRow.Step(session, id, state, actor, clock.GetUtcNow());
        return done;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of take-over {Take} could not be read")]
    private static partial void Failed(ILogger logger, long take, Exception failure);
}
