using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Cluster;

/// <summary>A duty while it is done on this node.</summary>
internal sealed partial class Doing : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource over;
    private readonly Duty duty;
    private readonly OnDuty on;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private string? last;

    /// <param name="end">The end of the node, or of its belonging to the others.</param>
    public Doing(Duty duty, string key, Action<string> tell, TimeProvider clock, ILogger log, CancellationToken end = default)
    {
        (this.duty, this.clock, this.log) = (duty, clock, log);
        over = CancellationTokenSource.CreateLinkedTokenSource(end);
        on = new OnDuty(key, word =>
        {
            if (Interlocked.Exchange(ref last, word) == word || over.IsCancellationRequested) return;
            tell(word);
        });
        _ = Task.Run(Run);
    }

    /// <summary>The last word said.</summary>
    public string? Last => Volatile.Read(ref last);

    public void Dispose() => over.Cancel();

    private async Task Run()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await duty.Do(on, over.Token);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, duty.Kind, on.Key, failure);
            }
            await Task.Delay(AfterFault, clock, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The duty {Kind} {Key} stopped and begins again")]
    private static partial void Failed(ILogger logger, string kind, string key, Exception failure);
}
