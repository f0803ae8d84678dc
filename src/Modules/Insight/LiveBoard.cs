using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Legwork.Insight.Figures;
using Microsoft.Extensions.Hosting;

namespace Legwork.Insight;

/// <summary>
/// Tells an open board that its figures have changed; it says nothing else, the page fetches its part anew by an ordinary request.
/// A stream ends after ten minutes and the browser opens the next, so that whoever was signed out meanwhile is found out.
/// </summary>
internal sealed class LiveBoard(CurrentFigures figures, IHostApplicationLifetime host, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StillEvery = TimeSpan.FromSeconds(15);

    /// <summary>An event <c>changed</c> for each change, and <c>still</c> now and then, by which a dead connection is noticed.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(string place, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.ApplicationStopping);
        using var timer = new PeriodicTimer(Between, clock);
        var (began, spoke) = (clock.GetUtcNow(), clock.GetUtcNow());
        var shown = (await figures.Get()).MarkOf(place);
        yield return new SseItem<string>("", "still");
        while (await Ticks(timer, over.Token) && clock.GetUtcNow() - began < Lasts)
        {
            var now = (await figures.Get()).MarkOf(place);
            if (now == shown && clock.GetUtcNow() - spoke < StillEvery) continue;
            yield return new SseItem<string>("", now == shown ? "still" : "changed");
            (shown, spoke) = (now, clock.GetUtcNow());
        }
    }

    private static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken over)
    {
        try
        {
            return await timer.WaitForNextTickAsync(over);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
