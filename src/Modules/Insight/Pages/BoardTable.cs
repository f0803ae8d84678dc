using System.Globalization;
using System.Text;
using Legwork.Insight.Figures;
using Legwork.Platform.Shell;

namespace Legwork.Insight.Pages;

/// <summary>The table behind a board: a line a grid, then what lies in no grid, as CSV after RFC 4180. It names no person.</summary>
internal static class BoardTable
{
    public static string Csv(BoardView view, T texts)
    {
        var csv = new StringBuilder();
        Line(csv, ["code", "street", "community", "grid", "files", "clear", "current", "overdue", "closed", "withdrawn", "share"], name => texts["insight.csv." + name]);
        foreach (var (grid, figures) in view.Board.Grids)
            Line(csv, [grid.Code, view.Words.Of(grid.Street, texts.Language), view.Words.Of(grid.Community, texts.Language), grid.Name, .. Figures(figures)], Safe);
        var rest = view.Board.Grids.Aggregate(view.Board.All, (all, grid) => all - grid.Figures);
        if (rest != default) Line(csv, [view.Board.Place, "", "", texts["insight.rest"], .. Figures(rest)], Safe);
        return csv.ToString();
    }

    private static string[] Figures(PlaceFigures figures) =>
    [
        .. new[] { figures.Files, figures.Clear, figures.Current, figures.Overdue, figures.Closed, figures.Withdrawn }.Select(figure => figure.ToString(CultureInfo.InvariantCulture)),
        (figures.Share * 100).ToString("0.0", CultureInfo.InvariantCulture),
    ];

    private static void Line(StringBuilder csv, IReadOnlyList<string> cells, Func<string, string> write) => csv.AppendJoin(',', cells.Select(write).Select(Quoted)).Append("\r\n");

    /// <summary>A name that begins like a formula is not to be reckoned by a spreadsheet.</summary>
    private static string Safe(string cell) => cell.Length > 0 && "=+-@\t\r".Contains(cell[0]) ? "'" + cell : cell;

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
