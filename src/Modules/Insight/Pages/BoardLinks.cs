using System.Globalization;
using Legwork.Cases.Contracts;
using Legwork.Insight.Figures;
using Legwork.Platform.Modules;

namespace Legwork.Insight.Pages;

/// <summary>Addresses of the board's pages, and of what its figures count. Where the board is of an earlier day, so is what it leads to.</summary>
internal static class BoardLinks
{
    public static string Board(string place, DateOnly? on = null) => "/board?place=" + Uri.EscapeDataString(place) + On('&', on);

    public static string Grid(string code, DateOnly? on = null) => "/board/grids/" + Uri.EscapeDataString(code) + On('?', on);

    public static string Grids(string place, int page = 1, DateOnly? on = null) =>
        "/board/grids?place=" + Uri.EscapeDataString(place) + (page == 1 ? "" : "&page=" + page.ToString(CultureInfo.InvariantCulture)) + On('&', on);

    public static string Table(string place, DateOnly? on = null) => "/board/table.csv?place=" + Uri.EscapeDataString(place) + On('&', on);

    public static string Live(string place) => "/board/live?place=" + Uri.EscapeDataString(place);

    /// <param name="part"><c>head</c>, <c>map</c> or <c>figures</c>.</param>
    public static string Part(string place, string part) => $"/board/part?place={Uri.EscapeDataString(place)}&part={part}";

    /// <summary>The board of a part: a grid has a page of its own.</summary>
    public static string Of(string code, DateOnly? on = null) => code.Contains('-') ? Grid(code, on) : Board(code, on);

    /// <summary>The cases behind a figure; null on an earlier day, whose cases no list shows any more.</summary>
    public static string? Cases(Board board, string place, string kind = "", string state = "") =>
        board.On is null ? CaseLinks.List(place, kind, state) : null;

    /// <summary>What a module's figure counts, where the module lists it.</summary>
    public static string? Given(Board board, Figure figure, string place, string kind = "") =>
        board.On is null ? figure.LeadsTo?.Invoke(place, kind) : null;

    private static string On(char before, DateOnly? on) =>
        on is { } day ? string.Create(CultureInfo.InvariantCulture, $"{before}on={day:yyyy-MM-dd}") : "";
}
