using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.ReadLog;

/// <summary>Sweeps once a day while the server runs, the first time an hour after its start. Two nodes that sweep at once do no harm.</summary>
internal sealed partial class RetentionSweep(Retention retention, TimeProvider clock, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromHours(1);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = Every)
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                foreach (var (kind, deleted) in await retention.Sweep())
                    if (deleted > 0) Swept(log, deleted, kind);
            }
            catch (Exception failure)
            {
                Failed(log, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Deleted} records of {Kind} were over their time and are deleted")]
    private static partial void Swept(ILogger logger, long deleted, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is over its time could not be deleted")]
    private static partial void Failed(ILogger logger, Exception failure);
}
