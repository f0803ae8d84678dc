using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Office;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Legwork.Platform.Entrance;

/// <summary>To the office's directory and back, and what the directory itself has to say.</summary>
internal static partial class OfficeRoutes
{
    private static readonly SemaphoreSlim Places = new(OfficeLine.WaitingMax);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/office", Leave).Public("Leads to the office's directory, where one is set; says nothing of anybody.")
            .RequireRateLimiting(Guard.SignInLimit);
        routes.MapGet(OfficeScheme.Back, Return).Public("Here the office's directory sends people back to, with a code that is good once.");
        routes.MapPost("/sign-in/office/ended", Ended)
            .Public("The office's directory signs somebody out; believed for its signature alone.").FromServer().DisableAntiforgery();
    }

    /// <param name="silent">Nothing is to be asked: whoever is not known there any more comes back to the sign-in page.</param>
    /// <param name="fresh">The person is to show themselves anew, however lately they did.</param>
    /// <param name="kept">The name of the form that waits (<see cref="Once"/>).</param>
    private static async Task<IResult> Leave(HttpContext http, AccessRules rules, ILogger<OfficeScheme> log,
        string? returnUrl, bool? silent, bool? fresh, string? kept)
    {
        var back = ShellModule.WayBack(returnUrl);
        if (!rules.Office.On) return TypedResults.LocalRedirect("/sign-in");
        var along = new AuthenticationProperties { Items = { [OfficeScheme.WayBack] = back } };
        if (silent == true)
        {
            along.Items[OfficeScheme.Silent] = "";
            along.SetParameter(OpenIdConnectParameterNames.Prompt, "none");
        }
        else if (fresh == true)
        {
            along.Items[OfficeScheme.Fresh] = "";
            along.SetParameter(OpenIdConnectParameterNames.Prompt, "login");
            along.SetParameter<TimeSpan?>(OpenIdConnectParameterNames.MaxAge, TimeSpan.Zero);
        }
        if (kept is { Length: 32 }) along.Items[OfficeScheme.Kept] = kept;
        var left = await Ask(log, async () => await (await OfficeScheme.Handler(http)).ChallengeAsync(along), http.RequestAborted);
        return left ? Results.Empty : Refused(http, OfficeScheme.Away, along);
    }

    private static async Task<IResult> Return(HttpContext http, AccessRules rules, OfficeAccounts accounts, Sessions sessions, Once once,
        ILogger<OfficeScheme> log)
    {
        if (!rules.Office.On) return TypedResults.LocalRedirect("/sign-in");
        var handled = await Ask(log, async () => await (await OfficeScheme.Handler(http)).HandleRequestAsync(), http.RequestAborted);
        if (!handled || OfficeScheme.Of(http) is not { } done) return Refused(http, OfficeScheme.Away, null);
        var (came, along) = done;
        var taken = came.Ok ? await accounts.Take(came.Value) : came.Refusal!;
        if (taken.Refusal is { } refusal) return Refused(http, refusal, along, came.Ok ? came.Value.Name : null);
        var session = await SignedIn.Begin(http, taken.Value, Way.Office, came.Value.Sid,
            came.Value.Shown ?? DateTimeOffset.UnixEpoch);
        if (taken.Value.MustChange) return TypedResults.LocalRedirect("/password");
        return await Arrival.At(http, sessions, session, taken.Value.Id, Along(along, OfficeScheme.WayBack),
            await once.Fetch(OfficeScheme.Kept, Along(along, OfficeScheme.Kept)));
    }

    private static async Task<IResult> Ended(HttpContext http, AccessRules rules, LogoutToken tokens, OfficeAccounts accounts,
        ILogger<OfficeScheme> log, [FromForm(Name = "logout_token")] string? token)
    {
        if (!rules.Office.On) return Refusal.Of("access.office_off", "No directory is set here.").ToResult();
        Outcome<SaidOut> said = OfficeScheme.Away;
        await Ask(log, async () => said = await tokens.Read(token, http.RequestAborted), http.RequestAborted);
        if (said.Refusal is { } refusal)
        {
            NotBelieved(log, refusal.Message);
            return Results.Json(new { error = "invalid_request", error_description = refusal.Message },
                statusCode: refusal == OfficeScheme.Away ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
        }
        await accounts.SignOut(said.Value.Issuer, said.Value.Sub, said.Value.Sid, said.Value.Said);
        return Results.Ok();
    }

    /// <summary>Asks the directory, if not too many wait for it already.</summary>
    /// <returns>False when it cannot be asked, whatever its library throws then: nothing of that is for people to read.</returns>
    private static async Task<bool> Ask(ILogger log, Func<Task> what, CancellationToken aborted)
    {
        if (!await Places.WaitAsync(0, CancellationToken.None)) return false;
        try
        {
            await what();
            return true;
        }
        catch (Exception away) when (!aborted.IsCancellationRequested)
        {
            DoesNotAnswer(log, away.GetType().Name, (away.InnerException ?? away).GetType().Name);
            return false;
        }
        finally
        {
            Places.Release();
        }
    }

    private static string? Along(AuthenticationProperties? along, string mark) =>
        along?.Items.TryGetValue(mark, out var value) == true ? value : null;

    /// <summary>Back to the sign-in page, with a sentence unless nothing was asked for.</summary>
    private static IResult Refused(HttpContext http, Refusal refusal, AuthenticationProperties? along, string? name = null)
    {
        var back = ShellModule.WayBack(Along(along, OfficeScheme.WayBack));
        if (along?.Items.ContainsKey(OfficeScheme.Silent) == true)
            return TypedResults.LocalRedirect("/sign-in?returnUrl=" + Uri.EscapeDataString(back));
        if (!Refusals.WantsPage(http.Request)) return refusal.ToResult();
        return new RazorComponentResult<SignInPage>(new { ReturnUrl = back, Refused = refusal.Code, RefusedName = name })
        {
            StatusCode = Refusals.StatusOf(refusal),
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The office's directory cannot be asked: {Fault}, {Cause}.")]
    private static partial void DoesNotAnswer(ILogger log, string fault, string cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Why}")]
    private static partial void NotBelieved(ILogger log, string why);
}
