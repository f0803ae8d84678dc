using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Legwork.Platform.Shell;

/// <summary>
/// What people are told while the storage does not answer: 503 with the seconds to wait, whether what they sent is saved or nobody can
/// tell, and the form with everything they typed, to be sent again.
/// </summary>
internal static class StorageAwayPage
{
    public const string FateUnknown = "host.fate_unknown";
    private const string RetryAfterSeconds = "5";

    public static Refusal Away => Refusal.Of("host.storage_away",
        "The records cannot be reached at the moment. Nothing of this was saved; try again in a few seconds.");

    private static Refusal Unknown => Refusal.Of(FateUnknown,
        "The connection broke while this was being saved. It may be saved or not: look first, and send it again only if it is missing.");

    private static Refusal BusyNow => Refusal.Of("host.busy",
        "Very many people are at work here at this moment. Nothing of this was saved; try again in a few seconds.");

    public static Task Write(HttpContext http, StorageAwayException failure)
    {
        var posted = HttpMethods.IsPost(http.Request.Method);
        // A look that may or may not be in the log shows nothing either way and can simply be tried again.
        // What was written before the storage went away, while the answer was being made, is saved: that is to be looked at too.
        var refusal = posted && (failure.FateUnknown || WrittenHere.Any) ? Unknown : failure.IsBusy ? BusyNow : Away;
        return Write(http, refusal, posted);
    }

    /// <summary>For a request that was not begun, since too many run and wait: nothing of it is saved, and all that was typed is kept.</summary>
    public static Task Busy(HttpContext http) => Write(http, BusyNow, HttpMethods.IsPost(http.Request.Method));

    private static async Task Write(HttpContext http, Refusal refusal, bool posted)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            await Refusals.Write(http, StatusCodes.Status503ServiceUnavailable, refusal);
            return;
        }
        // Whether the sign-in holds cannot be asked now, so nothing is shown that did not come with this request; the cookie only says
        // whose form this is, for the tokens of the page.
        var cookie = await CookieOf(http);
        if (cookie is not null) http.User = cookie.Principal;
        var typed = posted && cookie is not null && KeptForm.Bound(http) ? await Typed(http) : [];
        var action = http.Request.Path + http.Request.QueryString;
        await new RazorComponentResult<AwayView>(new { Refusal = refusal, Look = LookAt(http, posted), Action = action, Typed = typed })
        {
            StatusCode = StatusCodes.Status503ServiceUnavailable,
        }.ExecuteAsync(http);
    }

    /// <summary>The same page for a look; after a post the page on which the form stood, if it was one of this server's.</summary>
    private static string? LookAt(HttpContext http, bool posted)
    {
        if (!posted) return http.Request.Path + http.Request.QueryString;
        return KeptForm.PageOf(http);
    }

    // The keys of cookies lie in the storage too: a node that has not read them yet cannot tell who this is.
    private static async Task<Cookie?> CookieOf(HttpContext http)
    {
        try
        {
            return await Cookie.Of(http);
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException)
        {
            return null;
        }
    }

    // Passwords do not go back into a page, and files cannot.
    private static async Task<List<(string Name, string Value)>> Typed(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return [];
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return form.Files.Count > 0 || KeptForm.HasSecrets(form) ? []
            : [.. form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))];
    }
}
