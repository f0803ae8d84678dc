using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Insight.Figures;

/// <summary>
/// The one snapshot of this node. However many look at boards, the district is counted at most once every two seconds, and never twice
/// at a time: who asks meanwhile waits for the same count.
/// </summary>
internal sealed class CurrentFigures(IPlaces places, ICases cases, IRegisters registers, AccessRules access, TimeProvider clock)
{
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(2);

    /// <summary>How far back refused lists are shown.</summary>
    public const int RefusedDays = 30;

    private readonly Lock gate = new();
    private Task<Snapshot>? counting;
    private Snapshot? held;
    private DateTimeOffset heldUntil;

    /// <summary>The figures as they are, or were at most two seconds ago.</summary>
    public Task<Snapshot> Get()
    {
        lock (gate)
        {
            if (held is not null && clock.GetUtcNow() < heldUntil) return Task.FromResult(held);
            return counting ??= Task.Run(CountOnce);
        }
    }

    private Snapshot CountOnce()
    {
        try
        {
            var snapshot = Count();
            lock (gate) (held, heldUntil) = (snapshot, clock.GetUtcNow() + Holds);
            return snapshot;
        }
        finally
        {
            lock (gate) counting = null;
        }
    }

    private Snapshot Count()
    {
        var now = clock.GetUtcNow();
        string Known(string place) => place.Length > 0 ? place : access.District;
        var counted = new Counted(cases.Counts(""),
            [.. registers.CountFiles().Select(count => count with { Place = Known(count.Place) })],
            [.. registers.CountFindingsByPlace().Select(count => count with { Place = Known(count.Place) })],
            registers.Refused(now.AddDays(-RefusedDays)));
        return new Snapshot(places.Book, counted, Platform.Calendar.DayOf(now), now, cases.Trend);
    }
}
