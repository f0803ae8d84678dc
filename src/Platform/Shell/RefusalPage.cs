using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Legwork.Platform.Shell;

/// <summary>A refusal as a page of the site: what was refused, why, and the way on.</summary>
internal sealed class RefusalPage : IRefusalPage
{
    public Task Write(HttpContext http, int status, Refusal refusal) =>
        new RazorComponentResult<RefusalView>(new { Status = status, Refusal = refusal }) { StatusCode = status }.ExecuteAsync(http);
}
