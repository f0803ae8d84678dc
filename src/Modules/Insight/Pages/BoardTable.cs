using System.Globalization;
using System.Text;
using Legwork.Insight.Figures;
using Legwork.Platform.Modules;
using Legwork.Platform.Shell;

namespace Legwork.Insight.Pages;

/// <summary>The table behind a board: a line a grid, then what lies in no grid, as CSV after RFC 4180. It names no person.</summary>
internal static class BoardTable
{
    public static string Csv(BoardView view, T texts)
    {
        var csv = new StringBuilder();
        var columns = Columns(view, texts).ToList();
        var places = new[] { "code", "street", "community", "grid" }.Select(name => texts["insight.csv." + name]);
        Line(csv, [.. places, .. columns.Select(column => column.Header)], Safe);
        foreach (var (grid, figures) in view.Board.Grids)
            Line(csv, [grid.Code, Called(grid.Street), Called(grid.Community), grid.Name, .. Cells(figures)], Safe);
        var rest = view.Board.All - PlaceFigures.Sum(view.Board.Grids.Select(grid => grid.Figures));
        if (!rest.IsNothing) Line(csv, [view.Board.Place, "", "", texts["insight.rest"], .. Cells(rest)], Safe);
        return csv.ToString();

        string Called(string place) => view.Words.Of(place, texts.Language);

        IEnumerable<string> Cells(PlaceFigures figures) => columns.Select(column => column.Cell(figures));
    }

    /// <summary>The columns of cases between those of the modules; a new module's come behind all that stood before.</summary>
    private static IEnumerable<(string Header, Func<PlaceFigures, string> Cell)> Columns(BoardView view, T texts) =>
    [
        .. Given(view, texts, figure => figure.Order < Figure.Cases),
        (texts["insight.csv.current"], figures => Number(figures.Current)),
        .. view.Board.On is null ? Overdue(texts) : [],
        (texts["insight.csv.closed"], figures => Number(figures.Closed)),
        (texts["insight.csv.withdrawn"], figures => Number(figures.Withdrawn)),
        (texts["insight.csv.share"], figures => (figures.Share * 100).ToString("0.0", CultureInfo.InvariantCulture)),
        .. Given(view, texts, figure => figure.Order >= Figure.Cases),
    ];

    private static (string Header, Func<PlaceFigures, string> Cell)[] Overdue(T texts) =>
        [(texts["insight.csv.overdue"], figures => Number(figures.Overdue))];

    private static IEnumerable<(string Header, Func<PlaceFigures, string> Cell)> Given(BoardView view, T texts, Func<Figure, bool> which) =>
        view.Told.ByPlace.Where(which).Select<Figure, (string, Func<PlaceFigures, string>)>(figure =>
            (Small(texts[figure.TextKey]), figures => Number(figures.Given(view.Told.IndexOf(figure)))));

    private static string Number(long figure) => figure.ToString(CultureInfo.InvariantCulture);

    /// <summary>Headers are written small; an abbreviation keeps its capitals.</summary>
    private static string Small(string name) =>
        name is [_, var second, ..] && char.IsLower(second) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    private static void Line(StringBuilder csv, IReadOnlyList<string> cells, Func<string, string> write) =>
        csv.AppendJoin(',', cells.Select(write).Select(Quoted)).Append("\r\n");

    /// <summary>A name that begins like a formula is not to be reckoned by a spreadsheet.</summary>
    private static string Safe(string cell) => cell.Length > 0 && "=+-@\t\r".Contains(cell[0]) ? "'" + cell : cell;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
