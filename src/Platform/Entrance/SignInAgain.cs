using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Legwork.Platform.Entrance;

/// <summary>The sign-in page in the place of what was sent, with what was typed sealed into its form.</summary>
internal sealed class SignInAgain : ISignInPage
{
    public Task Write(HttpContext http, string wayBack, string? kept)
    {
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            http.Response.Headers["HX-Retarget"] = "body";
            http.Response.Headers["HX-Reswap"] = "innerHTML";
        }
        return new RazorComponentResult<SignInPage>(new { ReturnUrl = Shell.ShellModule.WayBack(wayBack), Ended = true, Kept = kept })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        }.ExecuteAsync(http);
    }
}
