using Legwork.Insight.Figures;
using Legwork.Platform.Shell;

namespace Legwork.Insight.Pages;

/// <summary>Grids as the map draws them: coloured by completion, each leading to its page.</summary>
internal static class GridShapes
{
    public static IReadOnlyList<GridShape> Of(Board board, PlaceWords words, T texts) =>
        [.. board.Grids.Select(grid => (grid.Grid, grid.Figures, Rings: words.Rings(grid.Grid.Code))).Where(grid => grid.Rings.Count > 0)
            .Select(grid => new GridShape(grid.Grid.Code, Title(grid.Grid.Code, grid.Figures, words, texts), grid.Figures.Step,
                BoardLinks.Grid(grid.Grid.Code, board.On), grid.Rings))];

    /// <summary>What lies between the board's place and its grids: streets of a district, communities of a street.</summary>
    public static IReadOnlyList<PartShape> Parts(Board board, PlaceWords words, T texts) =>
        [.. board.Parts.Where(part => !part.Code.Contains('-')).Select(part => (part.Code, Outline: words.Around(part.Code)))
            .Where(part => part.Outline is not null)
            .Select(part => new PartShape(words.Of(part.Code, texts.Language), part.Outline!.Rings, part.Outline.Middle))];

    public static IEnumerable<(int Step, string Words)> Legend(T texts) =>
    [
        .. Enumerable.Range(0, PlaceFigures.StepMost).Select(step => (step, texts["insight.step", step * 20, step * 20 + 20])),
        (PlaceFigures.StepMost, texts["insight.step.complete"]),
    ];

    private static string Title(string code, PlaceFigures figures, PlaceWords words, T texts) =>
        figures.Cases == 0 ? texts["insight.map.none", words.Whole(code, texts.Language)]
        : texts["insight.map.grid", words.Whole(code, texts.Language), texts.Percent(figures.Share), figures.Current];
}
