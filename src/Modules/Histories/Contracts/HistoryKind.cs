using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Histories.Contracts;

/// <summary>
/// A kind of history that a module takes over from an older system, row by row. It is called by the text <c>histories.kind.CODE</c> and
/// each reason that its rows may have by <c>histories.why.REASON</c>, which the module brings.
/// </summary>
/// <param name="Code">What the <c>means</c> of a layout names: <c>doses</c>.</param>
/// <param name="Order">Lower stands first.</param>
/// <param name="Field">The field of access that what a row tells belongs to, besides who it is about: <c>immunization</c>.</param>
/// <param name="Fields">Columns that a layout of this kind must have, each a choice: <c>name|number</c>.</param>
/// <param name="Taker">Made anew for each file that is tried, taken or undone.</param>
public sealed record HistoryKind(string Code, int Order, string Field, IReadOnlyList<string> Fields, Func<IServiceProvider, IHistoryTaker> Taker);

/// <summary>
/// How rows of one kind become records of a module. Read asks readers and may take its time; the other three run inside a unit and must have no
/// effect outside it. A trial runs the first three steps without the writing.
/// </summary>
public interface IHistoryTaker
{
    /// <summary>Tells what each row means by itself: whom it is about, and what it tells. Its answers stand in the order of the rows.</summary>
    Task<IReadOnlyList<HistoryRow>> Read(IReadOnlyList<WrittenRow> rows, CancellationToken cancel);

    /// <summary>What the module holds already of whatever these rows are about.</summary>
    object Standing(Session session, IReadOnlyList<HistoryRow> rows);

    /// <summary>What becomes of a row that is readable: a pure decision.</summary>
    /// <param name="standing">The answer of <see cref="Standing"/>.</param>
    /// <param name="earlier">Rows of the file that would be new and are about the same (<see cref="HistoryRow.About"/>).</param>
    Decided Decide(HistoryRow row, object standing, IReadOnlyList<HistoryRow> earlier);

    /// <summary>Writes rows that are new, so that each can be found again by <see cref="TakeOver.Id"/> and its number.</summary>
    void Write(Session session, IReadOnlyList<HistoryRow> rows, TakeOver take);

    /// <summary>Takes back what these rows made.</summary>
    /// <returns>For each the reason why it stays, because somebody has worked on it since; empty for what is gone.</returns>
    IReadOnlyList<string> Undo(Session session, IReadOnlyList<long> rows, TakeOver take);
}

/// <summary>A file that is taken over.</summary>
/// <param name="Source">The title of the list that its layout describes.</param>
/// <param name="By">Whoever said that it be taken, or be taken back.</param>
public sealed record TakeOver(long Id, string Source, string FileName, Guid Account, string By, DateTimeOffset At);

/// <summary>One row of a file, its values normalised as its layout says.</summary>
public sealed class WrittenRow(long number, string source, IReadOnlyDictionary<string, Cell> cells)
{
    /// <summary>1-based, counted after the header.</summary>
    public long Number => number;

    /// <summary>The title of its list.</summary>
    public string Source => source;

    /// <summary>Null where the row says nothing readable, or the list has no such column.</summary>
    public string? this[string field] => cells.TryGetValue(field, out var cell) && cell.Fault.Length == 0 && cell.Text.Length > 0 ? cell.Text : null;

    /// <summary>Why a cell could not be read, a code of <c>registers.row.*</c>; empty for one that was, or that is empty.</summary>
    public string Fault(string field) => cells.TryGetValue(field, out var cell) ? cell.Fault : "";

    /// <summary>A date field to the day; null for what is vaguer, unreadable or empty.</summary>
    public DateOnly? Day(string field) => this[field] is { } text && VagueDate.TryParse(text, out var date) && date.IsExact ? date.Earliest : null;
}

/// <param name="Text">The value; as the office wrote it where it could not be read.</param>
/// <param name="Fault">Why it could not be read, or empty.</param>
public readonly record struct Cell(string Text, string Fault);

/// <summary>What a row means by itself.</summary>
/// <param name="Key">The same for two rows that tell the same; the later is told as twice in the file.</param>
/// <param name="About">What it has to fit with other rows of; empty where rows stand alone.</param>
/// <param name="Places">Where what it is about lives or lies; of somebody's own place is what one of them lies in.</param>
/// <param name="Item">What the taker made of it; null where <paramref name="Wrong"/> says why it cannot be taken.</param>
public sealed record HistoryRow(WrittenRow Row, string Key, string About, PersonId? Person, IReadOnlyList<string> Places, object? Item,
    Decided? Wrong)
{
    /// <summary>A row that cannot be taken, whatever stands in the district.</summary>
    public static HistoryRow Not(WrittenRow row, Becomes becomes, string why, PersonId? person = null, IReadOnlyList<string>? places = null) =>
        new(row, "", "", person, places ?? [], null, new Decided(becomes, why));
}

/// <param name="Why">Ends the key of the reason's text: <c>histories.why.…</c>; empty where there is nothing to say.</param>
/// <param name="Words">What the text names.</param>
public sealed record Decided(Becomes Becomes, string Why = "", params IReadOnlyList<string> Words)
{
    public static readonly Decided New = new(Becomes.New);

    public static readonly Decided Known = new(Becomes.Known);
}

/// <summary>What would become of a row.</summary>
public enum Becomes
{
    /// <summary>It would be written.</summary>
    New,

    /// <summary>The district says the same already.</summary>
    Known,

    /// <summary>The district says otherwise, and stays as it is.</summary>
    Contradicts,

    /// <summary>Whom or what it is about is not known here, or not beyond doubt.</summary>
    Unknown,

    /// <summary>It cannot be true, or cannot be read.</summary>
    Refused,
}
