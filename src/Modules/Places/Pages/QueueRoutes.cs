using Legwork.Kernel;
using Legwork.Places.Queue;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Places.Pages;

/// <summary>The queue of texts that no list resolves: list, one entry with its answers, lessons taken back.</summary>
internal static class QueueRoutes
{
    private static readonly string[] States = ["waiting", "set_aside", "settled"];
    private static readonly string[] Tellings = ["learned", "added", "set_aside", "waiting", "undone"];

    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/places/unresolved", List).Requires(PlacesPermissions.SettleAddresses);
        routes.MapGet("/places/unresolved/{id:long}", Show).Requires(PlacesPermissions.SettleAddresses);
        routes.MapPost("/places/unresolved/{id:long}", Settle).Requires(PlacesPermissions.SettleAddresses);
        routes.MapPost("/places/lessons/{id:long}/undo", TakeBack).Requires(PlacesPermissions.SettleAddresses);
    }

    private static async Task<IResult> List(HttpContext http, QueueDesk desk, string? state, int? page, string? told) =>
        new RazorComponentResult<UnresolvedList>(new
        {
            Model = (object)await desk.List(http.Actor(), States.Contains(state) ? state! : "waiting", page ?? 1, http.RequestAborted),
            Told = Tellings.Contains(told) ? told : null,
        });

    private static async Task<IResult> Show(HttpContext http, QueueDesk desk, long id)
    {
        var entry = await desk.Show(http.Actor(), id, http.RequestAborted);
        return entry.Ok ? new RazorComponentResult<UnresolvedEntry>(new { Model = (object)entry.Value }) : entry.Refusal!.ToResult();
    }

    private static async Task<IResult> Settle(HttpContext http, QueueDesk desk, T texts, long id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var answer = new QueueAnswer(form["answer"].ToString(), form["grid"].ToString(),
            FormText.Cut(form["other"].ToString(), QueueDesk.OtherLengthMax), form["whole"] == "yes");
        var settled = await desk.Settle(http.Actor(), id, answer);
        if (settled.Ok)
        {
            var told = answer.Choice switch { "new" => "added", "set_aside" or "waiting" => answer.Choice, _ => "learned" };
            return TypedResults.LocalRedirect("/places/unresolved?told=" + told);
        }
        var entry = await desk.Show(http.Actor(), id, http.RequestAborted, answer.Other);
        if (!entry.Ok) return entry.Refusal!.ToResult();
        var field = settled.Refusal!.Code switch
        {
            "places.other_unknown" or "places.other_near" => "other",
            "places.grid_not_found" => "grid",
            _ => "answer",
        };
        return Again<UnresolvedEntry>(settled.Refusal,
            new { Model = (object)entry.Value, Answer = (object)answer, Errors = FormErrors.Of(texts, field, settled.Refusal) });
    }

    private static async Task<IResult> TakeBack(HttpContext http, QueueDesk desk, long id)
    {
        var undone = await desk.TakeBack(http.Actor(), id);
        return undone.Ok ? TypedResults.LocalRedirect("/places/unresolved?state=settled&told=undone") : undone.Refusal!.ToResult();
    }

    /// <summary>The page again with its errors, under the status that the refusal asks for.</summary>
    internal static RazorComponentResult<TPage> Again<TPage>(Refusal refusal,
        object parameters) where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { StatusCode = Refusals.StatusOf(refusal) };
}
