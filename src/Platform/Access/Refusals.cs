using Legwork.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Access;

/// <summary>Draws a refusal for people; the page shell registers the one that fits the site.</summary>
internal interface IRefusalPage
{
    Task Write(HttpContext http, int status, Refusal refusal);
}

/// <summary>Asks for name and password in the place of an answer; who registers the sign-in page draws it.</summary>
internal interface ISignInPage
{
    /// <param name="kept">What was typed (<see cref="KeptForm"/>), to go along with name and password.</param>
    Task Write(HttpContext http, string wayBack, string? kept);
}

/// <summary>The one mapper from refusals to answers: problem+json for machines, a page for people.</summary>
public static partial class Refusals
{
    /// <summary>A form without its token, or with another's.</summary>
    internal const string FormExpired = "access.form_expired";

    public static Task Write(HttpContext http, int status, Refusal refusal)
    {
        http.Response.StatusCode = status;
        if (status is StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests || refusal.Code == FormExpired) Told(http, refusal);
        if (WantsPage(http.Request) && http.RequestServices.GetService(typeof(IRefusalPage)) is IRefusalPage page)
            return page.Write(http, status, refusal);
        return http.Response.WriteAsJsonAsync(
            new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, code = refusal.Code, detail = refusal.Message },
            options: null, contentType: "application/problem+json", http.RequestAborted);
    }

    /// <summary>An act's answer over HTTP: 200 with the value, or the refusal with the status its code asks for.</summary>
    public static IResult ToResult<T>(this Outcome<T> outcome) => outcome.Ok ? Results.Ok(outcome.Value) : new RefusalResult(outcome.Refusal!);

    public static IResult ToResult(this Refusal refusal) => new RefusalResult(refusal);

    public static int StatusOf(Refusal refusal) => refusal.Code.Split('.')[^1] switch
    {
        "denied" or "out_of_scope" => StatusCodes.Status403Forbidden,
        "not_found" or "office_off" => StatusCodes.Status404NotFound,
        "stale" or "taken" or "held" => StatusCodes.Status409Conflict,
        "too_large" => StatusCodes.Status413PayloadTooLarge,
        "too_many" => StatusCodes.Status429TooManyRequests,
        "office_away" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    internal static async Task SignInFirst(HttpContext http)
    {
        if (WantsPage(http.Request) && HttpMethods.IsGet(http.Request.Method))
        {
            // Whose sign-in by the office is over is led through the office once more, which asks for nothing while it still knows them.
            var silently = !http.Request.Headers.ContainsKey("HX-Request") && await Cookie.Of(http) is { ByOffice: true }
                && http.RequestServices.GetService(typeof(AccessRules)) is AccessRules { Office.On: true };
            http.Response.Redirect((silently ? "/sign-in/office?silent=true&returnUrl=" : "/sign-in?returnUrl=")
                + Uri.EscapeDataString(http.Request.PathBase + http.Request.Path + http.Request.QueryString));
            return;
        }
        if (WantsPage(http.Request) && http.RequestServices.GetService(typeof(ISignInPage)) is ISignInPage page)
        {
            await page.Write(http, KeptForm.PageOf(http) ?? "/", await KeptForm.Of(http));
            return;
        }
        await Write(http, StatusCodes.Status401Unauthorized, Refusal.Of("access.sign_in", "Sign in first."));
    }

    internal static Task PasswordFirst(HttpContext http) =>
        First(http, "/password", Refusal.Of("access.password_due", "Choose a password of your own first."));

    internal static Task PasskeyFirst(HttpContext http) =>
        First(http, "/passkeys", Refusal.Of("access.passkey_due", "Your role asks for more than a password. Add a passkey first."));

    private static Task First(HttpContext http, string page, Refusal refusal)
    {
        if (!WantsPage(http.Request) || !HttpMethods.IsGet(http.Request.Method)) return Write(http, StatusCodes.Status403Forbidden, refusal);
        http.Response.Redirect(page);
        return Task.CompletedTask;
    }

    /// <summary>Who was refused what, for whoever looks after the server; the route as it was mapped, since an address may name a person.</summary>
    internal static void Told(HttpContext http, Refusal refusal)
    {
        if (http.RequestServices.GetService(typeof(ILogger<Refusal>)) is ILogger log)
            Denied(log, refusal.Code, http.ActorOrNone()?.Account, http.Connection.RemoteIpAddress,
                http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Code} to account {Account} at {Address}: {Method} {Route}")]
    private static partial void Denied(ILogger log, string code, Guid? account, System.Net.IPAddress? address, string method, string? route);

    internal static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private sealed class RefusalResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, StatusOf(refusal), refusal);
    }
}
