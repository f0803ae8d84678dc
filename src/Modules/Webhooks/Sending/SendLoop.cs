using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Legwork.Webhooks.Sending;

/// <summary>Hands over what is due while a server runs.</summary>
internal sealed partial class SendLoop(SendHooks send, TimeProvider clock, ILogger<SendLoop> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await send.SendDue(stoppingToken) == 0) await Task.Delay(Idle, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, failure);
                await Task.Delay(Idle * 5, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks were not handed over for a moment")]
    private static partial void Failed(ILogger logger, Exception failure);
}
