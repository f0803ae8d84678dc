namespace Legwork.Platform;

/// <summary>One zone for the whole country and no summer time since 1991, so that days do not depend on the machine's settings.</summary>
public static class Calendar
{
    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Beijing).DateTime);

    /// <summary>The first moment of a day in Beijing.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Beijing);
}
