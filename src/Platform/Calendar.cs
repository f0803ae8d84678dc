namespace Legwork.Platform;

/// <summary>
/// Days and clock times of the district, by the offset that its <c>district.yaml</c> states, so that they do not depend on the machine's
/// settings. A process serves one district, and keeps its clock from start to end.
/// </summary>
public static class Calendar
{
    private static readonly Lock Gate = new();

    private static bool kept;

    /// <summary>The district's clock against UTC; before one is open, that of the whole country (no summer time since 1991).</summary>
    public static TimeSpan Offset { get; private set; } = TimeSpan.FromHours(8);

    /// <summary>Goes by the district's clock from now on.</summary>
    /// <exception cref="FormatException">This process goes by another district's clock: its days would change under it.</exception>
    public static void Keep(TimeSpan offset)
    {
        lock (Gate)
        {
            if (kept && Offset != offset)
                throw new FormatException(
                    $"This process goes by a clock {Offset} ahead of UTC; a district with {offset} needs a process of its own.");
            (kept, Offset) = (true, offset);
        }
    }

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>The moment as the district's clocks show it.</summary>
    public static DateTimeOffset Local(DateTimeOffset moment) => moment.ToOffset(Offset);

    /// <summary>The first moment of a day in the district.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
