using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Messages.Pages;

/// <param name="Done">What was done to the message <paramref name="Of"/> a moment ago; null when nothing was.</param>
/// <param name="Wrong">The message whose settling was refused.</param>
internal sealed record DeskModel(DeskView View, string? Done, Guid? Of, FormErrors? Errors = null, Guid? Wrong = null, string Note = "");

internal sealed record Batch(string Id, string Way, string Node, long At, long Messages, string File);

internal sealed record OutgoingModel(IReadOnlyList<Batch> Batches, string Node);

internal static class DeskRoutes
{
    private const int BatchesMax = 100;
    private static readonly string[] Tellings = ["reached", "not_reached", "settled", "back"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/messages", async (HttpContext http, MessageDesk desk, T t, string? state, string? done, Guid? of) =>
            ModelPage.Drawn<DeskPage>(new DeskModel(await desk.List(http.Actor(), t, StateOf(state), http.RequestAborted),
                Tellings.Contains(done) ? done : null, of))).Requires(MessagesPermissions.Desk);
        routes.MapPost("/messages/{id:guid}/called", async (HttpContext http, MessageDesk desk, Guid id, string? reached) =>
            (await desk.Called(http.Actor(), id, reached == "yes")).Match(
                _ => Results.LocalRedirect($"/messages?state=call&done={(reached == "yes" ? "reached" : "not_reached")}&of={id}"),
                refusal => refusal.ToResult())).Requires(MessagesPermissions.Desk);
        routes.MapPost("/messages/{id:guid}/take-back", async (HttpContext http, MessageDesk desk, Guid id) =>
            (await desk.TakeBack(http.Actor(), id)).Match(_ => Results.LocalRedirect("/messages?state=call&done=back"),
                refusal => refusal.ToResult())).Requires(MessagesPermissions.Desk);
        routes.MapPost("/messages/{id:guid}/settle", Settle).Requires(MessagesPermissions.Desk);
        routes.MapGet("/messages/outgoing", async (HttpContext http, Store store, PlatformPlaces places) =>
            ModelPage.Drawn<OutgoingPage>(new OutgoingModel(await store.ReadAsync(session => session.QueryAsync<Batch>(
                "select id, way, node, at, messages, file from messages_batch where file <> '' order by at desc, id limit @BatchesMax",
                new { BatchesMax }), http.RequestAborted), places.Node))).Requires(MessagesPermissions.Outgoing);
        routes.MapGet("/messages/outgoing/{id}", Download).Requires(MessagesPermissions.Outgoing);
    }

    private static async Task<IResult> Settle(HttpContext http, MessageDesk desk, T t, Texts texts, Guid id)
    {
        var note = (await http.Request.ReadFormAsync(http.RequestAborted))["note"].ToString().Trim();
        var settled = await desk.Settle(http.Actor(), id, note);
        if (settled.Ok) return Results.LocalRedirect("/messages?state=unreached&done=settled");
        if (settled.Refusal!.Code != "messages.note") return settled.Refusal.ToResult();
        return ModelPage.Drawn<DeskPage>(new DeskModel(await desk.List(http.Actor(), t, "unreached", http.RequestAborted), null, null,
            FormErrors.Of(t, "note", settled.Refusal), id, note), Refusals.StatusOf(settled.Refusal));
    }

    /// <summary>A file with names and telephones: the look stands in the log before its first byte leaves.</summary>
    private static async Task<IResult> Download(HttpContext http, Store store, Reading reading, PlatformPlaces places, AccessRules access,
        IServiceProvider services, string id)
    {
        var batch = await store.ReadAsync(session => session.FirstAsync<Batch>(
            "select id, way, node, at, messages, file from messages_batch where id = @id and file <> '' and node = @Node", new { id, places.Node }),
            http.RequestAborted);
        var path = batch is null ? "" : Path.Combine(MessagesModule.Outgoing(services), Path.GetFileName(batch.File));
        if (batch is null || !File.Exists(path)) return Refusal.Of("messages.not_found", "This file is not here.").ToResult();
        var logged = await reading.OfAll(http.Actor(), MessagesPermissions.Outgoing, MessageRules.Purpose, access.District, reference: batch.Id);
        if (!logged.Ok) return logged.Refusal!.ToResult();
        return Results.File(path, batch.Way == MessageRules.Letter ? "application/pdf" : "text/csv", batch.File);
    }

    private static string StateOf(string? state) => state == "unreached" ? "unreached" : "call";
}
