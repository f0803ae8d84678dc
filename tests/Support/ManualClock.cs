namespace Legwork.Support;

/// <summary>A clock that stands until it is moved on; timers come due when it is. It starts on a Wednesday,
/// at ten in the morning in Beijing.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly List<Due> timers = [];
    private DateTimeOffset now = new(2026, 11, 4, 2, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Pass(TimeSpan time)
    {
        now += time;
        foreach (var timer in timers.ToList()) timer.FireUntil(now);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Due(this, () => callback(state));
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    private sealed class Due(ManualClock clock, Action fire) : ITimer
    {
        private DateTimeOffset? next;
        private TimeSpan period;

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            (next, period) = (dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime, every);
            return true;
        }

        public void FireUntil(DateTimeOffset now)
        {
            if (next is null || next > now) return;
            next = period > TimeSpan.Zero ? now + period : null;
            fire();
        }

        public void Dispose() => clock.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
