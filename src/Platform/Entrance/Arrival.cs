using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Microsoft.AspNetCore.Http;

namespace Legwork.Platform.Entrance;

/// <summary>Where somebody is led who has just signed in, in whatever way.</summary>
internal static class Arrival
{
    /// <param name="kept">The form that was typed before the sign-in ended, sealed.</param>
    public static async Task<IResult> At(HttpContext http, Sessions sessions, Guid session, Guid account, string? returnUrl, string? kept)
    {
        if (string.IsNullOrEmpty(kept)) return TypedResults.LocalRedirect(ShellModule.WayBack(returnUrl));
        // Somebody else than who typed it is led to the own work, and learns nothing of it.
        if (KeptForm.Open(http, kept, account) is not { } form) return TypedResults.LocalRedirect("/");
        await sessions.Keep(session, kept);
        return TypedResults.LocalRedirect(ShellModule.WayBack(form.Page));
    }
}
