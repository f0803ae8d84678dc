using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Host.Web;

/// <summary>
/// Pages are asked for by GET and acted on by POST. HEAD is a GET whose body is not sent (RFC 9110, 9.3.2), which is what health
/// checkers and link checkers ask; every other method is refused by name.
/// </summary>
internal static class Methods
{
    /// <summary>After its beginning an answer's headers are out within this time; ending it sooner would break it off before them.</summary>
    private static readonly TimeSpan HeadersSentBy = TimeSpan.FromMilliseconds(200);

    public static void UseKnownMethods(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method)) await AsGet(http, next);
        else if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsPost(http.Request.Method)) await next(http);
        else
        {
            http.Response.Headers.Allow = "GET, HEAD, POST";
            await Refusals.Write(http, StatusCodes.Status405MethodNotAllowed,
                Refusal.Of("host.method", "This address does not take that kind of request."));
        }
    });

    /// <summary>The server itself sends no body to whoever asked by HEAD; a stream of events ends with its headers,
    /// since it never would by itself.</summary>
    private static async Task AsGet(HttpContext http, RequestDelegate next)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        http.RequestAborted = over.Token;
        http.Response.OnStarting(() =>
        {
            if (http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true) over.CancelAfter(HeadersSentBy);
            return Task.CompletedTask;
        });
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.Response.HasStarted)
        {
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }
}
