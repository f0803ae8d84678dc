using System.Threading.Channels;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Legwork.Shell.Tests;

/// <summary>A board with one figure that changes, a stream that says so, and the part that is fetched anew.</summary>
public sealed class LiveBoard
{
    private readonly Channel<int> changes = Channel.CreateUnbounded<int>();
    private int figure;

    public void Change() => changes.Writer.TryWrite(Interlocked.Increment(ref figure));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/board", () => new RazorComponentResult<LivePage>()).Public("A board.");
        routes.MapGet("/board/part", () => Results.Text($"figure {figure}", "text/html")).Public("Its part.");
        routes.MapGet("/board/events", Tell).Public("Its stream.");
    }

    private async Task Tell(HttpContext http, CancellationToken gone)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync(gone);
        await foreach (var _ in changes.Reader.ReadAllAsync(gone))
        {
            await http.Response.WriteAsync("event: changed\ndata: -\n\n", gone);
            await http.Response.Body.FlushAsync(gone);
        }
    }
}
