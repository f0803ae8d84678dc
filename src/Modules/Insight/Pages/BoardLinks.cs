namespace Legwork.Insight.Pages;

/// <summary>Addresses of the board's pages.</summary>
internal static class BoardLinks
{
    public static string Board(string place) => "/board?place=" + Uri.EscapeDataString(place);

    public static string Grid(string code) => "/board/grids/" + Uri.EscapeDataString(code);

    public static string Grids(string place, int page = 1) =>
        "/board/grids?place=" + Uri.EscapeDataString(place) + (page == 1 ? "" : "&page=" + page.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static string Table(string place) => "/board/table.csv?place=" + Uri.EscapeDataString(place);

    public static string Live(string place) => "/board/live?place=" + Uri.EscapeDataString(place);

    /// <param name="part"><c>head</c>, <c>map</c> or <c>figures</c>.</param>
    public static string Part(string place, string part) => $"/board/part?place={Uri.EscapeDataString(place)}&part={part}";

    /// <summary>The board of a part: a grid has a page of its own.</summary>
    public static string Of(string code) => code.Contains('-') ? Grid(code) : Board(code);
}
