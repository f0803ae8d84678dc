using System.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Histories.Pages;

/// <summary>A file is chosen and tried, its rows are looked at, it is taken over, and taken back.</summary>
internal static class HistoryRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/histories", (HttpContext http, TakeDesk desk, HistoryLayouts layouts) => List(http, desk, layouts, "", null))
            .Requires(HistoriesPermissions.Take);
        routes.MapPost("/histories", Send).Requires(HistoriesPermissions.Take);
        routes.MapGet("/histories/{id:long}", async (HttpContext http, TakeDesk desk, long id, string? outcome, int? page) =>
            (await desk.View(http.Actor(), id, outcome ?? "", page ?? 1, http.RequestAborted)).Match(
                view => ModelPage.Drawn<TakePage>(view), refusal => refusal.ToResult())).Requires(HistoriesPermissions.Take);
        routes.MapGet("/histories/{id:long}/rows.csv", Csv).Requires(HistoriesPermissions.Take);
        foreach (var act in new[] { "undo", "drop" })
            routes.MapGet($"/histories/{{id:long}}/{act}", (HttpContext http, TakeDesk desk, long id) => Ask(http, desk, id, act))
                .Requires(HistoriesPermissions.Take);
        foreach (var act in new[] { "take", "again", "undo", "drop" })
            routes.MapPost($"/histories/{{id:long}}/{act}", async (HttpContext http, WorkTakeOvers work, WakeUp wake, long id) =>
            {
                var said = await work.Say(http.Actor(), id, act);
                if (!said.Ok) return said.Refusal!.ToResult();
                wake.Now();
                return Results.Redirect($"/histories/{id}");
            }).Requires(HistoriesPermissions.Take);
    }

    private static async Task<IResult> List(HttpContext http, TakeDesk desk, HistoryLayouts layouts, string chosen, Refusal? wrong)
    {
        var known = layouts.All();
        return ModelPage.Drawn<ListPage>(new ListModel(await desk.List(http.Actor(), http.RequestAborted), known.Ok ? known.Value : [], chosen, wrong,
            known.Refusal), wrong is null ? 200 : Refusals.StatusOf(wrong));
    }

    private static async Task<IResult> Send(HttpContext http, ReceiveFile receive, TakeDesk desk, HistoryLayouts layouts)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var source = form["layout"].ToString();
        var sent = await receive.Run(http.Actor(), form.Files.GetFile("file"), source);
        return sent.Ok ? Results.Redirect($"/histories/{sent.Value}") : await List(http, desk, layouts, source, sent.Refusal);
    }

    private static async Task<IResult> Ask(HttpContext http, TakeDesk desk, long id, string act)
    {
        var view = await desk.View(http.Actor(), id, RowState.Stays, 1, http.RequestAborted);
        if (!view.Ok) return view.Refusal!.ToResult();
        var line = view.Value.Line;
        return WorkTakeOvers.May(act, line.Take.State)
            ? ModelPage.Drawn<AskPage>(new AskModel(line.Take, act, act == "undo" ? line.Of(RowState.Taken) : line.Counts.Values.Sum()))
            : Results.Redirect($"/histories/{id}");
    }

    private static async Task<IResult> Csv(HttpContext http, TakeDesk desk, T t, long id, string? outcome)
    {
        var table = await desk.Csv(http.Actor(), id, outcome ?? "", http.RequestAborted);
        if (!table.Ok) return table.Refusal!.ToResult();
        var (take, rows) = table.Value;
        var headers = take.ColumnList.Select(column => column.Header).ToList();
        var csv = new StringBuilder("\ufeff");
        Line(csv, [t["histories.row"], t["histories.becomes"], t["histories.why"], .. headers]);
        foreach (var row in rows)
        {
            var values = row.Values.ToDictionary(value => value.Header, value => value.Value);
            Line(csv, [row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), t[$"histories.row.{row.Outcome}"], Shown.Why(t, row),
                .. headers.Select(header => values.GetValueOrDefault(header, ""))]);
        }
        return Results.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8",
            $"{Path.GetFileNameWithoutExtension(take.FileName)}.csv");
    }

    /// <summary>What a spreadsheet would take for a formula stays text.</summary>
    private static void Line(StringBuilder csv, IEnumerable<string> cells) => csv.AppendJoin(',', cells.Select(cell =>
        (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + cell : cell) is var text
            && text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text)).Append("\r\n");
}
