using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Cluster;

/// <summary>A duty while it is done on this node.</summary>
internal sealed partial class Doing : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource over;
    private readonly Duty duty;
    private readonly string key;
    private readonly Action<string> say;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private string? last;

    /// <param name="end">The end of the node, or of its belonging to the others.</param>
    public Doing(Duty duty, string key, Action<string> tell, TimeProvider clock, ILogger log, CancellationToken end = default)
    {
        (this.duty, this.key, this.clock, this.log) = (duty, key, clock, log);
        over = CancellationTokenSource.CreateLinkedTokenSource(end);
        say = word =>
        {
            if (Interlocked.Exchange(ref last, word) == word || over.IsCancellationRequested) return;
            tell(word);
        };
        var stop = over.Token;
        _ = Task.Run(() => Run(stop), CancellationToken.None);
    }

    /// <summary>The last word said.</summary>
    public string? Last => Volatile.Read(ref last);

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
    }

    private async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await duty.Do(key, say, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, duty.Kind, key, failure);
            }
            await Task.Delay(AfterFault, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The duty {Kind} {Key} stopped and begins again")]
    private static partial void Failed(ILogger logger, string kind, string key, Exception failure);
}
