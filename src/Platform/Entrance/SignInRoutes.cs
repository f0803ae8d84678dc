using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Platform.Entrance;

/// <summary>The start page, signing in and out, and the own password.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Home).Public("Leads each person to the own work, and a stranger to the sign-in page.");
        routes.MapGet("/sign-in", SignInForm).Public("Everyone must be able to sign in.");
        routes.MapPost("/sign-in", SignIn).Public("Everyone must be able to sign in.").RequireRateLimiting(Guard.SignInLimit).DisableAntiforgery();
        routes.MapPost("/sign-out", (Delegate)SignOut).Public("Ends the own session and touches nothing else.").DisableAntiforgery();
        routes.MapGet("/password", PasswordForm).Requires(AccessPermissions.ChangeOwnPassword).WhilePasswordIsDue();
        routes.MapPost("/password", ChangePassword).Requires(AccessPermissions.ChangeOwnPassword).WhilePasswordIsDue()
            .RequireRateLimiting(Guard.SignInLimit).DisableAntiforgery();
    }

    /// <summary>The password once more: a new sign-in begins with it, and the old one of this browser ends. One that a passkey began stays as
    /// good as that.</summary>
    public static async Task<Refusal?> Again(HttpContext http, Accounts accounts, string? password)
    {
        var byPasskey = SignedIn.SessionOf(http) is { Way: Way.Passkey };
        var outcome = await accounts.SignIn(http.Actor().SignIn, password ?? "", alone: !byPasskey);
        if (outcome.Ok) await SignedIn.Begin(http, outcome.Value, byPasskey ? Way.Passkey : Way.Password);
        return outcome.Refusal;
    }

    private static IResult Home(HttpContext http) => http.ActorOrNone() switch
    {
        null => TypedResults.LocalRedirect("/sign-in"),
        { MustChangePassword: true } => TypedResults.LocalRedirect("/password"),
        _ when SignedIn.SessionOf(http) is { MoreIsDue: true } => TypedResults.LocalRedirect("/passkeys"),
        var actor => new RazorComponentResult<HomePage>(new { Actor = actor }),
    };

    private static IResult SignInForm(HttpContext http, string? returnUrl, bool? signedOut) => http.ActorOrNone() is null
        ? new RazorComponentResult<SignInPage>(new { ReturnUrl = ShellModule.WayBack(returnUrl), SignedOut = signedOut == true })
        : TypedResults.LocalRedirect(ShellModule.WayBack(returnUrl));

    private static async Task<IResult> SignIn(HttpContext http, Accounts accounts, T texts,
        [FromForm] string? signIn, [FromForm] string? password, [FromForm] string? returnUrl, [FromForm] string? kept, Sessions sessions)
    {
        var errors = new FormErrors();
        if (string.IsNullOrWhiteSpace(signIn)) errors.Add("signIn", texts["sign_in.name_missing"]);
        if (string.IsNullOrEmpty(password)) errors.Add("password", texts["sign_in.password_missing"]);
        if (errors.Any) return Again(errors);
        var outcome = await accounts.SignIn(signIn!, password!);
        if (outcome.Refusal is { } refusal)
        {
            Refusals.Told(http, refusal);
            return Again(FormErrors.Of(texts, "signIn", refusal));
        }
        var session = await SignedIn.Begin(http, outcome.Value);
        if (outcome.Value.MustChange) return TypedResults.LocalRedirect("/password");
        return await Arrival.At(http, sessions, session, outcome.Value.Id, returnUrl, kept);

        RazorComponentResult<SignInPage> Again(FormErrors wrong) =>
            new(new
            {
                ReturnUrl = ShellModule.WayBack(returnUrl),
                SignInName = signIn,
                Kept = kept,
                Errors = wrong
            })
            { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await SignedIn.End(http);
        return TypedResults.LocalRedirect("/sign-in?signedOut=true");
    }

    private static RazorComponentResult<PasswordPage> PasswordForm(HttpContext http, TimeProvider clock) =>
        new(new { Actor = http.Actor(), WithoutOld = NeedsNoOld(http, clock) });

    /// <summary>Whoever must choose a password and has just come by the office may never have been told the one that somebody else set.</summary>
    private static bool NeedsNoOld(HttpContext http, TimeProvider clock) =>
        http.Actor().MustChangePassword && SignedIn.SessionOf(http) is { Way: Way.Office } session && session.BeganJustNow(clock);

    private static async Task<IResult> ChangePassword(HttpContext http, Accounts accounts, Store store, TimeProvider clock, T texts,
        [FromForm] string? old, [FromForm] string? fresh, [FromForm] string? again)
    {
        var (actor, session) = (http.Actor(), SignedIn.SessionOf(http)!);
        var withoutOld = NeedsNoOld(http, clock);
        var (field, refusal) = fresh != again
            ? ("again", Refusal.Of("access.password_differs", "The two new passwords differ."))
            : Accounts.CheckPassword(fresh ?? "") is { } weak ? ("fresh", weak)
            : withoutOld ? ("", null)
            : fresh == old ? ("fresh", Refusal.Of("access.password_same", "The new password is the old one."))
            : ("old", (await accounts.SignIn(actor.SignIn, old ?? "", alone: false)).Refusal);
        if (refusal is not null)
            return new RazorComponentResult<PasswordPage>(new
            {
                Actor = actor,
                WithoutOld = withoutOld,
                Errors = FormErrors.Of(texts, field, refusal),
            })
            { StatusCode = StatusCodes.Status422UnprocessableEntity };
        var account = await store.Write(unit =>
        {
            accounts.SetPassword(unit, actor.Account, fresh!);
            return Accounts.FindBySignIn(unit, actor.SignIn)!;
        });
        // The new stamp ended every session of this account; this one goes on under it.
        await SignedIn.Begin(http, account, session.Way, session.Sid, session.ShownAt);
        return TypedResults.LocalRedirect("/?passwordChanged=true");
    }
}
