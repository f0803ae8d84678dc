using Legwork.Insight.Figures;

namespace Legwork.Insight.Pages;

/// <summary>One page of the list of grids, the least complete first.</summary>
internal sealed record GridsView(BoardView Board, IReadOnlyList<GridFigures> Grids, int Page, int Pages)
{
    public const int PageSize = 100;

    public static GridsView Of(BoardView board, int page)
    {
        var pages = Math.Max(1, (board.Board.Grids.Count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        return new GridsView(board, [.. board.Board.Grids.OrderBy(grid => grid.Figures.Share).ThenByDescending(grid => grid.Figures.Current)
            .ThenBy(grid => grid.Grid.Code, StringComparer.Ordinal).Skip((page - 1) * PageSize).Take(PageSize)], page, pages);
    }
}
