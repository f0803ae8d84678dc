namespace Legwork.Host.Demonstration;

/// <summary>The machine's time, or an earlier one while a demonstration's past is made.</summary>
internal sealed class DemonstrationClock : TimeProvider
{
    private DateTimeOffset? set;

    public override DateTimeOffset GetUtcNow() => set ?? base.GetUtcNow();

    public void Set(DateTimeOffset at) => set = at;

    public void Release() => set = null;
}
