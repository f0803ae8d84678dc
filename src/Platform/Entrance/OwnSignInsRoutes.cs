using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.Entrance;

/// <param name="Own">The sign-in that looks.</param>
/// <param name="Fresh">Whether somebody showed just now who sits here.</param>
internal sealed record OwnSignInsModel(IReadOnlyList<RunningSignIn> Running, Guid Own, bool Fresh, bool ByOffice, int SeenEveryMinutes,
    FormErrors? Errors);

/// <summary>Where the own account is signed in, and an end to whatever is not oneself.</summary>
internal static class OwnSignInsRoutes
{
    private static readonly Refusal Stale = Refusal.Of("access.sign_ins_stale", "Show again who you are before you end other sign-ins.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/sign-ins").DisableAntiforgery();
        own.MapGet("", Show).Requires(AccessPermissions.OwnSignIns);
        own.MapPost("/again", Again).Requires(AccessPermissions.OwnSignIns).RequireRateLimiting(Guard.SignInLimit);
        own.MapPost("/{id:guid}/end", End).Requires(AccessPermissions.OwnSignIns);
        own.MapPost("/others/end", EndOthers).Requires(AccessPermissions.OwnSignIns);
    }

    private static Task<IResult> Show(HttpContext http, Sessions sessions, TimeProvider clock) => Page(http, sessions, clock, null);

    private static async Task<IResult> Page(HttpContext http, Sessions sessions, TimeProvider clock, FormErrors? errors)
    {
        var own = SignedIn.SessionOf(http)!;
        return ModelPage.Drawn<OwnSignInsPage>(
            new OwnSignInsModel(await sessions.Of(own.Actor.Account, http.RequestAborted), own.Id, own.IsFresh(clock), own.Way == Way.Office,
                (int)Math.Ceiling(sessions.SeenEvery.TotalMinutes), errors),
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Again(HttpContext http, Accounts accounts, Sessions sessions, TimeProvider clock, T texts,
        [FromForm] string? password) =>
        await SignInRoutes.Again(http, accounts, password) is { } refusal
            ? await Page(http, sessions, clock, FormErrors.Of(texts, "password", refusal)) : TypedResults.LocalRedirect("/sign-ins");

    /// <summary>One that is over already is what was wanted.</summary>
    private static Task<IResult> End(HttpContext http, Sessions sessions, TimeProvider clock, T texts, Guid id) =>
        Ended(http, sessions, clock, texts, own => sessions.EndOf(own.Actor.Account, id));

    private static Task<IResult> EndOthers(HttpContext http, Sessions sessions, TimeProvider clock, T texts) =>
        Ended(http, sessions, clock, texts, own => sessions.EndOthers(own.Actor.Account, own.Id));

    private static async Task<IResult> Ended(HttpContext http, Sessions sessions, TimeProvider clock, T texts, Func<HeldSession, Task> end)
    {
        var own = SignedIn.SessionOf(http)!;
        if (!own.IsFresh(clock)) return await Page(http, sessions, clock, FormErrors.Of(texts, "main", Stale));
        await end(own);
        return TypedResults.LocalRedirect("/sign-ins");
    }
}
