using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Histories;

/// <summary>Goes on with take-overs while a server runs, also with those that another node left behind.</summary>
internal sealed partial class GoOnLoop(WorkTakeOvers work, WakeUp wake, TimeProvider clock, ILogger<GoOnLoop> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work.GoOn(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, failure);
            }
            await wake.Wait(Idle, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A take-over stands still for a moment")]
    private static partial void Failed(ILogger logger, Exception failure);
}

/// <summary>Wakes this node's loop when somebody has said something, so that no page waits for the next look.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Now() => said.TrySetResult();

    /// <summary>What is said while nobody waits is done by the look that follows.</summary>
    public async Task Wait(TimeSpan idle, TimeProvider clock, CancellationToken cancel)
    {
        await Task.WhenAny(said.Task, Task.Delay(idle, clock, cancel));
        Interlocked.Exchange(ref said, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
