namespace Legwork.Webhooks.Sending;

/// <summary>When a delivery is tried again, as Standard Webhooks recommends: over three days, scattered so that not all come at once.</summary>
internal static class Schedule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private const double ScatterMax = 0.1;

    /// <summary>The receiver is left alone so long after so many failures in a row.</summary>
    private static readonly TimeSpan RestMin = TimeSpan.FromSeconds(5), RestMax = TimeSpan.FromMinutes(5);

    public static int TriesMax => Waits.Length + 1;

    /// <param name="tries">How often it was sent, at least once.</param>
    /// <returns>Null after the last try.</returns>
    public static TimeSpan? After(long tries, Guid delivery, TimeSpan? asked)
    {
        if (tries > Waits.Length) return null;
        var wait = Waits[tries - 1];
        // The scatter is the delivery's own, so that a test knows it.
        var scatter = wait * (ScatterMax * delivery.ToByteArray()[15] / byte.MaxValue);
        return asked is { } longer && longer > wait ? longer + scatter : wait + scatter;
    }

    /// <param name="failures">How many batches failed whole, one after the other.</param>
    public static TimeSpan Rest(long failures, TimeSpan? asked)
    {
        var rest = RestMin * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        rest = rest < RestMax ? rest : RestMax;
        return asked is { } longer && longer > rest ? longer : rest;
    }
}
