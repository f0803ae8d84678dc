using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Modules;

/// <summary>See <see cref="ModuleServices.AddWhileServing"/>.</summary>
internal sealed partial class WhileServing(string what, TimeSpan pause, Func<CancellationToken, Task<int>> run, TimeProvider clock,
    ILogger<WhileServing> log) : BackgroundService
{
    private const int LongerAfterFailure = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await run(stoppingToken) == 0) await Task.Delay(pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, what, failure);
                await Task.Delay(pause * LongerAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} stands still for a moment")]
    private static partial void Failed(ILogger logger, string what, Exception failure);
}
