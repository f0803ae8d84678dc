using Legwork.Kernel;
using Legwork.People.Pages;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.People.Pairs;

/// <summary>The queue of pairs and a pair side by side.</summary>
internal static class PairRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people/pairs", Queue).Requires(PeoplePermissions.Adjudicate);
        routes.MapGet("/people/pairs/{id:long}", Open).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/pairs/{id:long}", Decide).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/pairs/{id:long}/confirm", Confirm).Requires(PeoplePermissions.ConfirmMerge);
        routes.MapPost("/people/pairs/{id:long}/undo", Undo).Requires(PeoplePermissions.Adjudicate);
        routes.MapPost("/people/pairs/{id:long}/release", Release).Requires(PeoplePermissions.Adjudicate);
    }

    private static async Task<IResult> Queue(HttpContext http, PairQueue pairs, UndoPair undo, T t, string? state, int? page, long? done)
    {
        var which = state == "confirm" ? "confirm" : "open";
        var queue = await pairs.Queue(http.Actor(), which, page ?? 1, http.RequestAborted);
        if (!queue.Ok) return queue.Refusal!.ToResult();
        var next = queue.Value.Lines.FirstOrDefault(line => line.Pair.Id != done) is { } line
            ? new Crumb(t["done.next", line.A.Name], $"/people/pairs/{line.Pair.Id}") : new Crumb(t["done.next.none"], "/");
        var told = await undo.Tell(http.Actor(), done, next, t, http.RequestAborted);
        return ModelPage.Drawn<PairsPage>(new QueueModel(which, queue.Value, told));
    }

    private static Task<IResult> Open(HttpContext http, long id, PairQueue pairs, Store store) => Page(http, id, pairs, store, "", null);

    private static async Task<IResult> Decide(HttpContext http, long id, DecidePair decide, PairQueue pairs, Store store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var reason = form.Text("reason", 300);
        var decided = await decide.Run(http.Actor(), id, form.Text("verdict"), reason);
        if (decided.Ok) return Results.Redirect($"/people/pairs?done={id}");
        return decided.Refusal!.Code is "people.pair.verdict" or "people.pair.reason"
            ? await Page(http, id, pairs, store, reason, decided.Refusal) : await Refused(http, id, store, decided.Refusal);
    }

    private static async Task<IResult> Confirm(HttpContext http, long id, DecidePair decide, Store store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var decided = await decide.Confirm(http.Actor(), id, form.Text("confirmed") == "yes");
        return decided.Ok ? Results.Redirect($"/people/pairs?state=confirm&done={id}") : await Refused(http, id, store, decided.Refusal!);
    }

    private static async Task<IResult> Undo(HttpContext http, long id, UndoPair undo, T t)
    {
        var undone = await undo.Run(http.Actor(), id, t["people.pair.undo.reason"]);
        return undone.Ok ? Results.Redirect($"/people/pairs/{id}") : undone.Refusal!.ToResult();
    }

    private static async Task<IResult> Release(HttpContext http, long id, PairQueue pairs)
    {
        await pairs.Release(http.Actor(), id);
        return Results.Redirect("/people/pairs");
    }

    private static async Task<IResult> Page(HttpContext http, long id, PairQueue pairs, Store store, string reason, Refusal? wrong)
    {
        var view = await pairs.Open(http.Actor(), id, http.RequestAborted);
        if (!view.Ok) return await Refused(http, id, store, view.Refusal!);
        var mayConfirm = view.Value.Pair.State == "confirm" && http.Actor().May(PeoplePermissions.ConfirmMerge)
            && !http.Actor().Is(view.Value.Pair.DecidedBy) && !http.Actor().Is(view.Value.Pair.DecidedFor);
        return ModelPage.Drawn<PairPage>(new PairModel(view.Value, http.Actor(), mayConfirm, reason, wrong), StatusOf.Page(wrong));
    }

    /// <summary>A page that says who holds the pair and until when; every other refusal as everywhere.</summary>
    private static async Task<IResult> Refused(HttpContext http, long id, Store store, Refusal refusal)
    {
        if (refusal.Code != "people.pair.held" || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return refusal.ToResult();
        var pair = await store.ReadAsync(
            session => session.SingleAsync<FilePair>(FilePair.Columns + " where p.id = @id", new { id }), http.RequestAborted);
        return ModelPage.Drawn<PairHeldPage>(new HeldPairModel(pair.HeldByName, pair.HeldUntil, id), StatusCodes.Status409Conflict);
    }
}
