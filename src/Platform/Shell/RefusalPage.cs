using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Legwork.Platform.Shell;

/// <summary>A refusal as a page of the site: what was refused, why, and the way on.</summary>
internal sealed class RefusalPage : IRefusalPage
{
    public Task Write(HttpContext http, int status, Refusal refusal)
    {
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            // Asked for as a part of a page; what comes is a page, and stands in the place of the whole one.
            http.Response.Headers["HX-Retarget"] = "body";
            http.Response.Headers["HX-Reswap"] = "innerHTML";
        }
        return new RazorComponentResult<RefusalView>(new { Status = status, Refusal = refusal }) { StatusCode = status }.ExecuteAsync(http);
    }
}
