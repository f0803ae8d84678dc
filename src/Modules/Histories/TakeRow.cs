using System.Text.Json;
using Legwork.Histories.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Histories;

/// <summary>Where a take-over stands.</summary>
internal static class TakeState
{
    public const string Reading = "reading";
    public const string Refused = "refused";
    public const string Lost = "lost";
    public const string Tried = "tried";
    public const string Taking = "taking";

    /// <summary>The rows that wait are tried once more, and taken where they fit now.</summary>
    public const string Again = "again";
    public const string Taken = "taken";
    public const string Undoing = "undoing";
    public const string Undone = "undone";
    public const string Dropping = "dropping";
    public const string Dropped = "dropped";

    /// <summary>What a node works on, and another goes on with after a kill.</summary>
    public static readonly IReadOnlyList<string> Worked = [Taking, Again, Undoing, Dropping];
}

/// <summary>What became of a row, besides the five things that a trial says (<see cref="Becomes"/>).</summary>
internal static class RowState
{
    public const string New = "new";
    public const string Taken = "taken";
    public const string Undone = "undone";

    /// <summary>Taken, and somebody has worked on it since: it stays when the rest is undone.</summary>
    public const string Stays = "stays";

    /// <summary>In the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> All = [New, Taken, Undone, Stays, "known", "contradicts", "unknown", "refused"];

    /// <summary>What did not fit.</summary>
    public static readonly IReadOnlyList<string> Waiting = ["contradicts", "unknown", "refused"];

    public static string Of(Becomes becomes) => becomes.ToString().ToLowerInvariant();
}

/// <summary>A file as it lies in storage.</summary>
/// <param name="Places">Codes of the places that it was taken over for, with a space between.</param>
/// <param name="Columns">Field and header of each value of a row: <see cref="ColumnList"/>.</param>
internal sealed record TakeRow(long Id, string Kind, string Source, string FileName, string State, string Places, string Columns, long Rows,
    string Refusals, DateTimeOffset BeatAt, DateTimeOffset At, Guid Account, string Actor)
{
    public const string Select =
        "select id, kind, source, file_name, state, places, columns, rows, refusals, beat_at, at, account, actor from histories_take";

    public bool IsWorking => State is TakeState.Reading || TakeState.Worked.Contains(State);

    public IReadOnlyList<Scope> Scopes => [.. Places.Split(' ').Select(code => new Scope(code))];

    public IReadOnlyList<FileColumn> ColumnList => JsonSerializer.Deserialize<List<FileColumn>>(Columns)!;

    public IReadOnlyList<Said> Said => Refusals.Length == 0 ? [] : JsonSerializer.Deserialize<List<Said>>(Refusals)!;

    /// <summary>Whoever acts for all of its places sees it, and may undo it.</summary>
    public bool IsFor(Actor actor) => Scopes.All(scope => actor.May(HistoriesPermissions.Take, scope.Code));

    public static Task<TakeRow?> FindAsync(Session session, long id) => session.FirstAsync<TakeRow>(Select + " where id = @id", new { id });

    public static TakeRow? Find(Session session, long id) => Session.AtHand(FindAsync(session, id));

    public static void Step(Session session, long take, string act, Actor actor, DateTimeOffset now) => session.Execute(
        "insert into histories_step (take, act, at, account, actor) values (@take, @act, @now, @Account, @Name)",
        new { take, act, now, actor.Account, actor.Name });
}

/// <summary>A sentence in the three languages.</summary>
internal sealed record Said(string Zh, string Bo, string En);

internal sealed record FileColumn(string Field, string Header);

/// <summary>One step of a take-over's history.</summary>
/// <param name="Act"><c>send</c>, <c>refused</c>, <c>lost</c>, <c>tried</c>, <c>take</c>, <c>taken</c> ….</param>
internal sealed record StepRow(string Act, DateTimeOffset At, Guid Account, string Actor);

/// <summary>The values of a row as they lie sealed in storage: in the order of the columns, each with why it could not be read.</summary>
internal static class ToldText
{
    private const char Between = '\u001f';
    private const char Before = '\u001e';

    public static string Of(IEnumerable<Cell> cells) =>
        string.Join(Between, cells.Select(cell => cell.Fault.Length == 0 ? cell.Text : $"{Before}{cell.Fault}{Before}{cell.Text}"));

    public static IReadOnlyList<Cell> Read(string told) => [.. told.Split(Between).Select(text => text.Length > 0 && text[0] == Before
        ? new Cell(text[(text.IndexOf(Before, 1) + 1)..], text[1..text.IndexOf(Before, 1)]) : new Cell(text, ""))];

    public static WrittenRow Row(long number, string source, IReadOnlyList<FileColumn> columns, string told)
    {
        var (cells, read) = (new Dictionary<string, Cell>(columns.Count, StringComparer.Ordinal), Read(told));
        for (var i = 0; i < Math.Min(columns.Count, read.Count); i++) cells[columns[i].Field] = read[i];
        return new WrittenRow(number, source, cells);
    }
}
