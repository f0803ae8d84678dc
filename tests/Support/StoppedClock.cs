namespace Legwork.Support;

/// <summary>A clock that stands at noon of 22 November 2026 in Beijing until it is told to go on.</summary>
public sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
