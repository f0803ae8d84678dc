using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Legwork.Insight.Figures;
using Legwork.Platform.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Legwork.Insight;

/// <summary>
/// Tells an open board that its figures have changed; it says nothing else, the page fetches its part anew by an ordinary request.
/// However many boards are open, and on however many nodes, one node counts for all of them.
/// A stream ends after ten minutes and the browser opens the next, so that whoever was signed out meanwhile is found out.
/// </summary>
internal sealed class LiveBoard(CurrentFigures figures, IDuties duties, IHostApplicationLifetime host, TimeProvider clock)
{
    private const string CountForBoards = "insight.board";
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StillEvery = TimeSpan.FromSeconds(15);

    /// <summary>Counts while a board is open anywhere, and says the mark of what was counted.</summary>
    public static Duty Duty(IServiceProvider services) => new(CountForBoards, async (_, tell, over) =>
    {
        var figures = services.GetRequiredService<CurrentFigures>();
        using var timer = new PeriodicTimer(Between, services.GetRequiredService<TimeProvider>());
        do tell((await figures.Get()).Mark);
        while (await timer.WaitForNextTickAsync(over));
    });

    /// <summary>An event <c>changed</c> for each change, and <c>still</c> now and then, by which a dead connection is noticed.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(string place, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, host.ApplicationStopping);
        var wakes = Channel.CreateBounded<Wake>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropWrite });
        using var following = duties.Follow(CountForBoards, "", mark =>
        {
            figures.Renew(mark);
            wakes.Writer.TryWrite(Wake.News);
        });
        using var timer = clock.CreateTimer(_ => wakes.Writer.TryWrite(Wake.Still), null, StillEvery, StillEvery);
        var began = clock.GetUtcNow();
        var shown = await (await figures.Get()).MarkOf(place);
        yield return new SseItem<string>("", "still");
        while (await Next(wakes.Reader, over.Token) is { } wake && clock.GetUtcNow() - began < Lasts)
        {
            // Should news once be lost, a board is behind for no longer than this.
            var now = await (await figures.Get()).MarkOf(place);
            if (now == shown && wake == Wake.News) continue;
            yield return new SseItem<string>("", now == shown ? "still" : "changed");
            shown = now;
        }
    }

    private static async Task<Wake?> Next(ChannelReader<Wake> wakes, CancellationToken over)
    {
        try
        {
            return await wakes.ReadAsync(over);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private enum Wake
    {
        News,
        Still,
    }
}
