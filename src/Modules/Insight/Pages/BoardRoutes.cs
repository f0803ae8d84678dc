using System.Globalization;
using System.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Insight.Pages;

internal static class BoardRoutes
{
    public static void MapBoard(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/board", Show).Requires(InsightPermissions.Board);
        routes.MapGet("/board/part", Part).Requires(InsightPermissions.Board);
        routes.MapGet("/board/live", Live).Requires(InsightPermissions.Board)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        routes.MapGet("/board/grids", Grids).Requires(InsightPermissions.Board);
        routes.MapGet("/board/grids/{code}", ShowGrid).Requires(InsightPermissions.Board);
        routes.MapGet("/board/table.csv", Table).Requires(InsightPermissions.Board);
    }

    private static async Task<IResult> Show(HttpContext http, BoardDesk desk, string? place, string? on) =>
        Draw<BoardPage, BoardView>(await desk.Show(http.Actor(), place, http.RequestAborted, on));

    private static async Task<IResult> Part(HttpContext http, BoardDesk desk, string? place, string? part)
    {
        var shown = await desk.Show(http.Actor(), place, http.RequestAborted);
        return shown.Ok ? BoardPart.Drawn(part switch
        {
            "head" => typeof(BoardHead),
            "map" => typeof(BoardMap),
            _ => typeof(BoardFigures),
        }, shown.Value) : shown.Refusal!.ToResult();
    }

    private static async Task<IResult> Live(HttpContext http, BoardDesk desk, LiveBoard live, string? place)
    {
        var shown = await desk.Show(http.Actor(), place, http.RequestAborted);
        return shown.Ok ? TypedResults.ServerSentEvents(live.Watch(shown.Value.Board.Place, http.RequestAborted)) : shown.Refusal!.ToResult();
    }

    private static async Task<IResult> Grids(HttpContext http, BoardDesk desk, string? place, string? page, string? on)
    {
        var shown = await desk.Show(http.Actor(), place, http.RequestAborted, on);
        if (!shown.Ok) return shown.Refusal!.ToResult();
        var asked = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return ModelPage.Drawn<GridsPage>(GridsView.Of(shown.Value, asked));
    }

    private static async Task<IResult> ShowGrid(HttpContext http, BoardDesk desk, string code, string? on) =>
        Draw<GridPage, GridView>(await desk.ShowGrid(http.Actor(), code, http.RequestAborted, on));

    private static async Task<IResult> Table(HttpContext http, BoardDesk desk, T texts, string? place, string? on)
    {
        var shown = await desk.Show(http.Actor(), place, http.RequestAborted, on);
        if (!shown.Ok) return shown.Refusal!.ToResult();
        var board = shown.Value.Board;
        // The mark at the beginning tells spreadsheets that the text is UTF-8.
        return TypedResults.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(BoardTable.Csv(shown.Value, texts))).ToArray(),
            "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"board-{board.Place}-{board.Days[^1].Day:yyyy-MM-dd}.csv"));
    }

    private static IResult Draw<TPage, TView>(Outcome<TView> shown) where TPage : ModelPage where TView : notnull =>
        shown.Ok ? ModelPage.Drawn<TPage>(shown.Value) : shown.Refusal!.ToResult();
}
