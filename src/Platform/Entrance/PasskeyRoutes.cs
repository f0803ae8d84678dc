using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Passkeys;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.Entrance;

/// <summary>The own passkeys, and signing in with one.</summary>
internal static class PasskeyRoutes
{
    private static readonly Refusal Stale = Refusal.Of("access.passkey_stale", "Show again who you are before you add a passkey.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/passkeys").DisableAntiforgery();
        own.MapGet("", Show).Requires(AccessPermissions.OwnPasskeys).WhileMoreIsDue();
        own.MapPost("/again", Again).Requires(AccessPermissions.OwnPasskeys).WhileMoreIsDue().RequireRateLimiting(Guard.SignInLimit);
        own.MapPost("/question", AskForNew).Requires(AccessPermissions.OwnPasskeys).WhileMoreIsDue().RequireRateLimiting(Guard.SignInLimit);
        own.MapPost("", Add).Requires(AccessPermissions.OwnPasskeys).WhileMoreIsDue().RequireRateLimiting(Guard.SignInLimit);
        own.MapPost("/{id:guid}/name", Rename).Requires(AccessPermissions.OwnPasskeys);
        own.MapPost("/{id:guid}/remove", Remove).Requires(AccessPermissions.OwnPasskeys);
        routes.MapPost("/sign-in/passkey/question", AskForOne).Public("Everyone must be able to sign in; the question names nobody.")
            .RequireRateLimiting(Guard.SignInLimit).DisableAntiforgery();
        routes.MapPost("/sign-in/passkey", SignIn).Public("Everyone must be able to sign in.")
            .RequireRateLimiting(Guard.SignInLimit).DisableAntiforgery();
    }

    private static Task<IResult> Show(HttpContext http, PasskeyRows rows, PasskeyCeremony ceremony, TimeProvider clock) =>
        Page(http, rows, ceremony, clock, "", null);

    private static async Task<IResult> Page(HttpContext http, PasskeyRows rows, PasskeyCeremony ceremony, TimeProvider clock, string name,
        FormErrors? errors)
    {
        var session = SignedIn.SessionOf(http)!;
        var lines = await rows.List(session.Actor.Account, http.RequestAborted);
        return ModelPage.Drawn<PasskeysPage>(
            new PasskeysModel(lines, session.IsFresh(clock), session.Way == Way.Office, ceremony.Domain, name, errors, session.MoreIsDue),
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Again(HttpContext http, Accounts accounts, PasskeyRows rows, PasskeyCeremony ceremony, TimeProvider clock,
        T texts, [FromForm] string? password) =>
        await SignInRoutes.Again(http, accounts, password) is { } refusal
            ? await Page(http, rows, ceremony, clock, "", FormErrors.Of(texts, "password", refusal)) : TypedResults.LocalRedirect("/passkeys");

    private static async Task<IResult> AskForNew(HttpContext http, PasskeyCeremony ceremony, TimeProvider clock) =>
        ceremony.Domain is null || !SignedIn.SessionOf(http)!.IsFresh(clock) ? Stale.ToResult()
            : TypedResults.Json(await ceremony.AskForNew(http, http.Actor()));

    private static async Task<IResult> Add(HttpContext http, PasskeyRows rows, PasskeyCeremony ceremony, TimeProvider clock, T texts,
        [FromForm] string? name, [FromForm] string? state, [FromForm] string? credential)
    {
        name ??= "";
        if (!SignedIn.SessionOf(http)!.IsFresh(clock)) return await Page(http, rows, ceremony, clock, name, FormErrors.Of(texts, "main", Stale));
        if (PasskeyRows.CheckName(name) is { } unnamed) return await Page(http, rows, ceremony, clock, name, FormErrors.Of(texts, "name", unnamed));
        var made = await ceremony.TakeNew(http, http.Actor(), state, credential);
        var added = made.Ok ? await rows.Add(http.Actor().Account, name, made.Value, SignedIn.SessionOf(http)!.MoreIsDue) : made.Refusal!;
        return added.Ok ? TypedResults.LocalRedirect("/passkeys")
            : await Page(http, rows, ceremony, clock, name, FormErrors.Of(texts, "main", added.Refusal!));
    }

    private static async Task<IResult> Rename(HttpContext http, PasskeyRows rows, PasskeyCeremony ceremony, TimeProvider clock, T texts, Guid id,
        [FromForm] string? name) =>
        await rows.Rename(http.Actor().Account, id, name ?? "") is { Refusal: { } refusal }
            ? refusal.Code == "access.passkey_name"
                ? await Page(http, rows, ceremony, clock, "", FormErrors.Of(texts, $"k{id:N}-name", refusal)) : refusal.ToResult()
            : TypedResults.LocalRedirect("/passkeys");

    private static async Task<IResult> Remove(HttpContext http, PasskeyRows rows, Guid id) =>
        await rows.Remove(http.Actor().Account, id) is { Refusal: { } refusal } ? refusal.ToResult() : TypedResults.LocalRedirect("/passkeys");

    private static async Task<IResult> AskForOne(HttpContext http, PasskeyCeremony ceremony) =>
        ceremony.Domain is null ? PasskeyCeremony.Wrong.ToResult() : TypedResults.Json(await ceremony.AskForOne(http));

    private static async Task<IResult> SignIn(HttpContext http, PasskeyCeremony ceremony, PasskeyRows rows, Sessions sessions, T texts,
        [FromForm] string? returnUrl, [FromForm] string? kept, [FromForm] string? state, [FromForm] string? credential)
    {
        var shown = await ceremony.TakeOne(http, state, credential);
        var taken = shown.Ok ? await rows.Take(shown.Value.Account, shown.Value.Key) : shown.Refusal!;
        if (taken.Refusal is { } refusal)
            return new RazorComponentResult<SignInPage>(new
            {
                ReturnUrl = ShellModule.WayBack(returnUrl),
                Kept = kept,
                Errors = FormErrors.Of(texts, "main", refusal),
            })
            { StatusCode = StatusCodes.Status422UnprocessableEntity };
        var session = await SignedIn.Begin(http, taken.Value, Way.Passkey);
        return taken.Value.MustChange ? TypedResults.LocalRedirect("/password")
            : await Arrival.At(http, sessions, session, taken.Value.Id, returnUrl, kept);
    }
}
