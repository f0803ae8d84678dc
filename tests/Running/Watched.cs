using System.Net.ServerSentEvents;

namespace Legwork.Running.Tests;

/// <summary>The events of an open stream, one after the other.</summary>
internal sealed class Watched(HttpResponseMessage answer, Stream stream) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SseItem<string>> events =
        SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    public async Task<string> Next(TimeSpan limit)
    {
        (await events.MoveNextAsync().AsTask().WaitAsync(limit, TestContext.Current.CancellationToken)).ShouldBeTrue("the stream goes on");
        return events.Current.EventType;
    }

    /// <summary>Passes over what says that nothing changed.</summary>
    public async Task Changed(TimeSpan limit)
    {
        using var over = new CancellationTokenSource(limit);
        while (await Next(limit) != "changed") over.IsCancellationRequested.ShouldBeFalse("nothing changed");
    }

    public async ValueTask DisposeAsync()
    {
        answer.Dispose(); // which ends a read under way
        await stream.DisposeAsync();
    }
}
