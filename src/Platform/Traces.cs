using System.Diagnostics;

namespace Legwork.Platform;

/// <summary>
/// Spans around what the platform does for a request: a writing unit until it is durable, a delivery of the outbox. They name the kind of
/// work and never a person, a file or a text; while nobody listens, nothing is made.
/// </summary>
internal static class Traces
{
    private static readonly ActivitySource Source = new(Meters.Name);

    internal static bool Listened => Source.HasListeners();

    internal static async Task<T> Around<T>(string what, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(what);
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            // The kind alone: a fault's message may quote what somebody asked for.
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().Name);
            throw;
        }
    }

    internal static Activity? Delivery(string handler) => Source.StartActivity("outbox.delivery")?.SetTag("legwork.handler", handler);
}
