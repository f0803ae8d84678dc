using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.StandIns;

/// <summary>The own page of stand-ins, the change of name, and what an administrator gives on the page of one of the staff.</summary>
internal static class StandInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/stand-ins").DisableAntiforgery();
        own.MapGet("", Show).Requires(AccessPermissions.StandIn);
        own.MapPost("", GiveOwn).Requires(AccessPermissions.StandIn);
        own.MapPost("/own-name", OwnName).Requires(AccessPermissions.StandIn);
        own.MapPost("/{id:guid}/work", Work).Requires(AccessPermissions.StandIn);
        own.MapPost("/{id:guid}/end", End).Requires(AccessPermissions.StandIn);
        routes.MapGet("/staff/{id:guid}/stand-in", ShowStaff).Requires(AccessPermissions.ManageStaff);
        routes.MapPost("/staff/{id:guid}/stand-in", GiveStaff).Requires(AccessPermissions.ManageStaff).DisableAntiforgery();
    }

    private static Task<IResult> Show(HttpContext http, StandInDesk desk, TimeProvider clock, string? done) =>
        Own(http, desk, clock, null, null, done is "given" or "ended" ? done : null);

    private static async Task<IResult> Own(HttpContext http, StandInDesk desk, TimeProvider clock, StandInTyped? typed, FormErrors? errors,
        string? done) =>
        ModelPage.Drawn<StandInsPage>(new StandInsModel(http.Actor(), await desk.Of(http.Actor(), http.RequestAborted), clock.GetUtcNow(),
            typed ?? StandInTyped.Empty(clock.Today()), errors, done), StatusOf(errors));

    private static async Task<IResult> GiveOwn(HttpContext http, StandInDesk desk, TimeProvider clock, T t)
    {
        var typed = await StandInTyped.Of(http.Request);
        var outcome = await desk.Give(http.Actor(), http.Actor().Account, typed.Asked);
        return outcome.Ok ? TypedResults.LocalRedirect("/stand-ins?done=given")
            : await Own(http, desk, clock, typed, FormErrors.Of(t, StandInTyped.FieldOf, outcome.Refusal!), null);
    }

    /// <summary>From the next click on in the absent one's name; the start page shows that one's work.</summary>
    private static async Task<IResult> Work(HttpContext http, StandInDesk desk, Sessions sessions, TimeProvider clock, Guid id)
    {
        var now = await desk.Now(http.Actor(), http.RequestAborted);
        if (now.Find(one => one.Id == id && one.Deputy == http.Actor().Account && one.HoldsAt(clock.GetUtcNow())) is not { } held)
            return Refusal.Of("access.stand_in_over", "You do not stand in for this person just now.").ToResult();
        await sessions.StandFor(SignedIn.SessionOf(http)!.Id, held.Absent);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> OwnName(HttpContext http, Sessions sessions)
    {
        await sessions.StandFor(SignedIn.SessionOf(http)!.Id, null);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> End(HttpContext http, StandInDesk desk, Guid id) =>
        (await desk.End(http.Actor(), id)).Match<IResult>(_ => TypedResults.LocalRedirect("/stand-ins?done=ended"), refusal => refusal.ToResult());

    private static Task<IResult> ShowStaff(HttpContext http, StandInDesk desk, TimeProvider clock, Guid id) =>
        Staff(http, desk, clock, id, null, null);

    private static async Task<IResult> Staff(HttpContext http, StandInDesk desk, TimeProvider clock, Guid id, StandInTyped? typed, FormErrors? errors)
    {
        var member = await desk.Member(http.Actor(), id, http.RequestAborted);
        if (!member.Ok) return member.Refusal!.ToResult();
        return ModelPage.Drawn<StaffStandInPage>(new StaffStandInModel(id, member.Value, await desk.OfStaff(http.Actor(), id, http.RequestAborted),
            clock.GetUtcNow(), typed ?? StandInTyped.Empty(clock.Today()), errors), StatusOf(errors));
    }

    private static async Task<IResult> GiveStaff(HttpContext http, StandInDesk desk, TimeProvider clock, T t, Guid id)
    {
        var typed = await StandInTyped.Of(http.Request);
        var outcome = await desk.Give(http.Actor(), id, typed.Asked);
        if (outcome.Ok) return TypedResults.LocalRedirect($"/staff/{id}/stand-in");
        // Whom one may not see is refused before the form is shown again.
        return await Staff(http, desk, clock, id, typed, FormErrors.Of(t, StandInTyped.FieldOf, outcome.Refusal!));
    }

    private static int StatusOf(FormErrors? errors) => errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}

/// <summary>As it was typed, so that nothing is lost when it is refused.</summary>
internal sealed record StandInTyped(string Deputy, string From, string Until, string Reason)
{
    public StandInAsked Asked => new(Deputy, Day(From), Day(Until), Reason);

    public static StandInTyped Empty(DateOnly today) => new("", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "", "");

    public static async Task<StandInTyped> Of(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return new(FormText.Cut(form["deputy"].ToString(), 80), FormText.Cut(form["from"].ToString(), 20), FormText.Cut(form["until"].ToString(), 20),
            FormText.Cut(form["reason"].ToString(), 201));
    }

    public static string FieldOf(string code) => code switch
    {
        "access.stand_in_from" => "from",
        "access.stand_in_days" => "until",
        "access.stand_in_reason" => "reason",
        _ => "deputy",
    };

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200
            ? day : null;
}

/// <param name="Done"><c>given</c> or <c>ended</c>, where something was just done.</param>
internal sealed record StandInsModel(Actor Actor, StandInsOf StandIns, DateTimeOffset Now, StandInTyped Typed, FormErrors? Errors, string? Done);

internal sealed record StaffStandInModel(Guid Account, string Name, StandInsOf StandIns, DateTimeOffset Now, StandInTyped Typed, FormErrors? Errors);

/// <param name="Account">Whose page it is.</param>
internal sealed record StandInTableModel(IReadOnlyList<StandIn> All, Guid Account, DateTimeOffset Now);

internal sealed record StandInFieldsModel(StandInTyped Typed, IReadOnlyList<Colleague> Colleagues);
