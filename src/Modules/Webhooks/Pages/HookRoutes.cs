using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Webhooks.Pages;

internal sealed record ListModel(IReadOnlyList<Subscription> Receivers, bool Demonstration);

internal sealed record FormModel(SubscriptionAsked Asked, EventsOut Events, IReadOnlyList<Purpose> Purposes, FormErrors? Errors);

internal sealed record ReceiverModel(Subscription Receiver, Deliveries Deliveries, Purpose? Purpose, int Page, DateOnly Today, bool Demonstration,
    string? Done = null, FormErrors? Errors = null);

/// <summary>Thin doors to <see cref="SubscriptionDesk"/>.</summary>
internal static class HookRoutes
{
    private const int PagesMax = 1_000;
    private static readonly string[] Tellings = ["paused", "resumed", "ended", "test", "again", "replayed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup("/webhooks").DisableAntiforgery().Requires(WebhooksPermissions.Manage);
        hooks.MapGet("", async (HttpContext http, SubscriptionDesk desk, AccessRules access) =>
            ModelPage.Drawn<ReceiversPage>(new ListModel(await desk.List(http.RequestAborted), access.Demonstration)));
        hooks.MapGet("/new", (SubscriptionDesk desk, EventsOut events) => ModelPage.Drawn<NewReceiverPage>(new FormModel(
            new SubscriptionAsked("", "", [], [.. events.Fields.Where(field => field.Opened.Length == 0).Select(field => field.Name)], ""),
            events, desk.Purposes, null)));
        hooks.MapPost("/new", Begin);
        hooks.MapGet("/{id:guid}", async (HttpContext http, SubscriptionDesk desk, Guid id, string? state, int? page, string? done) =>
            await Show(http, desk, id, state, page ?? 1, Tellings.Contains(done) ? done : null, null));
        hooks.MapPost("/{id:guid}/pause", (HttpContext http, SubscriptionDesk desk, Guid id) => Done(id, "paused", desk.Pause(http.Actor(), id)));
        hooks.MapPost("/{id:guid}/resume", (HttpContext http, SubscriptionDesk desk, Guid id) => Done(id, "resumed", desk.Resume(http.Actor(), id)));
        hooks.MapPost("/{id:guid}/end", (HttpContext http, SubscriptionDesk desk, Guid id) => Done(id, "ended", desk.End(http.Actor(), id)));
        hooks.MapPost("/{id:guid}/test", (HttpContext http, SubscriptionDesk desk, Guid id) => Done(id, "test", desk.Test(http.Actor(), id)));
        hooks.MapPost("/{id:guid}/secret", async (HttpContext http, SubscriptionDesk desk, Guid id) =>
            (await desk.Rotate(http.Actor(), id)).Match<IResult>(fresh => ModelPage.Drawn<FreshSecretPage>(fresh), refusal => refusal.ToResult()));
        hooks.MapPost("/{id:guid}/replay", Replay);
        hooks.MapPost("/{id:guid}/deliveries/{delivery:guid}/replay", (HttpContext http, SubscriptionDesk desk, Guid id, Guid delivery) =>
            Done(id, "again", desk.Replay(http.Actor(), id, delivery)));
    }

    private static async Task<IResult> Begin(HttpContext http, SubscriptionDesk desk, EventsOut events, T t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var asked = new SubscriptionAsked(FormText.Cut(form["name"].ToString(), SubscriptionDesk.NameLengthMax), form["url"].ToString().Trim(),
            [.. form["events"].OfType<string>()], [.. form["fields"].OfType<string>()], form["purpose"].ToString());
        var begun = await desk.Begin(http.Actor(), asked);
        if (begun.Ok) return ModelPage.Drawn<FreshSecretPage>(begun.Value);
        if (begun.Refusal!.Code is "webhooks.out_of_scope" or "webhooks.too_many") return begun.Refusal.ToResult();
        return ModelPage.Drawn<NewReceiverPage>(new FormModel(asked, events, desk.Purposes, FormErrors.Of(t, FieldOf, begun.Refusal)),
            Refusals.StatusOf(begun.Refusal));
    }

    private static string FieldOf(string code) => code == "webhooks.personal" ? "purpose" : code["webhooks.".Length..];

    private static async Task<IResult> Show(
        HttpContext http, SubscriptionDesk desk, Guid id, string? state, int page, string? done, FormErrors? errors)
    {
        var services = http.RequestServices;
        var found = await desk.Find(id, http.RequestAborted);
        if (!found.Ok) return found.Refusal!.ToResult();
        var at = Math.Clamp(page, 1, PagesMax);
        var deliveries = await services.GetRequiredService<Store>().ReadAsync(
            session => Deliveries.Of(session, id, Deliveries.States.Contains(state) ? state! : "", at), http.RequestAborted);
        return ModelPage.Drawn<ReceiverPage>(new ReceiverModel(found.Value, deliveries,
            desk.Purposes.FirstOrDefault(one => one.Code == found.Value.Purpose), at, services.GetRequiredService<TimeProvider>().Today(),
            services.GetRequiredService<AccessRules>().Demonstration, done, errors), errors is null ? 200 : 422);
    }

    private static async Task<IResult> Replay(HttpContext http, SubscriptionDesk desk, T t, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!DateOnly.TryParseExact(form["since"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            || since.Year < 2000)
            return await Show(http, desk, id, "failed", 1, null,
                FormErrors.Of(t, "since", Refusal.Of("webhooks.since", "Write the day from which on failed deliveries are sent again.")));
        return (await desk.ReplayFailed(http.Actor(), id, since)).Match(
            _ => Results.LocalRedirect($"/webhooks/{id}?done=replayed"), refusal => refusal.ToResult());
    }

    private static async Task<IResult> Done(Guid id, string done, Task<Outcome<Done>> act) =>
        (await act).Match(_ => Results.LocalRedirect($"/webhooks/{id}?done={done}"), refusal => refusal.ToResult());
}
