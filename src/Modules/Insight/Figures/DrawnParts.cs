using System.Collections.Concurrent;
using Legwork.Places.Contracts;

namespace Legwork.Insight.Figures;

/// <summary>
/// Parts of boards that were drawn, of each place for as long as everything on its board stays the same, however often it is counted meanwhile.
/// </summary>
internal sealed class DrawnParts
{
    private readonly ConcurrentDictionary<string, Sheet> sheets = new(StringComparer.Ordinal);

    /// <param name="mark">Of the board: the same text for as long as it stays the same.</param>
    /// <param name="book">Names and shapes that the board is drawn with.</param>
    public Drawing Of(string place, string mark, IAddressBook book) => sheets.AddOrUpdate(place, _ => new Sheet(mark, book, []),
        (_, sheet) => sheet.Mark == mark && ReferenceEquals(sheet.Book, book) ? sheet : new Sheet(mark, book, [])).Parts;

    private sealed record Sheet(string Mark, IAddressBook Book, Drawing Parts);
}

/// <summary>By the component that draws it, the page of it and the language's tag.</summary>
internal sealed class Drawing : ConcurrentDictionary<(Type Part, int Page, string Language), Lazy<Task<string>>>;
