using Legwork.Cases.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;

namespace Legwork.Insight.Figures;

/// <summary>
/// The one snapshot of this node. However many look at boards, the district is counted at most once every two seconds, and never twice
/// at a time: who asks meanwhile waits for the same count, and a page of a board draws the one before. What was known on an earlier day stays
/// so and is kept for minutes.
/// Only news of another node's count makes it count anew at once.
/// </summary>
internal sealed class CurrentFigures(IPlaces places, ICases cases, FigureBook book, AccessRules access, TimeProvider clock, IServiceProvider services)
{
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(2);

    // Names and shapes of places are today's on every board, so an earlier day is drawn anew now and then.
    private static readonly TimeSpan DayHolds = TimeSpan.FromMinutes(10);
    private const int DaysHeldMax = 8;

    private readonly Lock gate = new();
    private readonly DrawnParts drawn = new();
    private readonly Dictionary<DateOnly, (Task<Snapshot> Counting, DateTimeOffset Until)> days = [];
    private Task<Snapshot>? counting;
    private Snapshot? held;
    private DateTimeOffset heldUntil;
    private int round;

    /// <summary>The figures as they are, or were at most two seconds ago.</summary>
    public Task<Snapshot> Get()
    {
        lock (gate)
        {
            if (held is not null && clock.GetUtcNow() < heldUntil) return Task.FromResult(held);
            if (counting is not null) return counting;
            var begun = round;
            return counting = Task.Run(() => CountOnce(begun));
        }
    }

    /// <summary>The figures as they were at most four seconds ago: nobody waits for a count who can be shown the one before.</summary>
    public Task<Snapshot> Look()
    {
        lock (gate)
        {
            var now = Get();
            return held is not null && clock.GetUtcNow() < heldUntil + Holds ? Task.FromResult(held) : now;
        }
    }

    /// <summary>The figures as they were known at the end of an earlier day.</summary>
    public Task<Snapshot> GetOn(DateOnly day)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var (over, _) in days.Where(entry => entry.Value.Until <= now || entry.Value.Counting.IsFaulted).ToList()) days.Remove(over);
            if (days.TryGetValue(day, out var known)) return known.Counting;
            if (days.Count >= DaysHeldMax) days.Remove(days.MinBy(entry => entry.Value.Until).Key);
            days[day] = (Task.Run(() => CountOn(day)), now + DayHolds);
            return days[day].Counting;
        }
    }

    /// <summary>Another node counted figures with this mark: what is held, or being counted, may be of before them.</summary>
    public void Renew(string mark)
    {
        lock (gate)
        {
            if (held?.Mark == mark) return;
            (held, counting) = (null, null);
            round++;
        }
    }

    private async Task<Snapshot> CountOnce(int begun)
    {
        try
        {
            var snapshot = await Count();
            lock (gate)
                if (begun == round) (held, heldUntil) = (snapshot, clock.GetUtcNow() + Holds);
            return snapshot;
        }
        finally
        {
            lock (gate)
                if (begun == round) counting = null;
        }
    }

    // Shared by all who look, so that nobody's leaving ends it.
    private async Task<Snapshot> Count() => new(await places.BookNow(CancellationToken.None),
        await DistrictCounts.Of(await cases.Counts(null), book, services, access.District, on: null), clock.Today(), clock.GetUtcNow(),
        cases.Trend, drawn);

    private async Task<Snapshot> CountOn(DateOnly day)
    {
        var standing = await cases.CountsOn(day);
        var counts = standing.GroupBy(count => (count.Place, count.Kind, count.State))
            .Select(alike => new CaseCount(alike.Key.Place, alike.Key.Kind, alike.Key.State, alike.Sum(count => count.Cases), Overdue: 0)).ToList();
        return new Snapshot(await places.BookNow(CancellationToken.None), await DistrictCounts.Of(counts, book, services, access.District, day), day,
            clock.GetUtcNow(),
            (place, from) => Task.FromResult(Trend([.. standing.Where(count => new Scope(place).Covers(count.Place))], from, day)), new DrawnParts());
    }

    private static IReadOnlyList<CaseDay> Trend(List<CaseStanding> standing, DateOnly from, DateOnly to)
    {
        var opened = standing.ToLookup(count => count.Opened, count => count.Cases);
        var over = standing.ToLookup(count => (count.Since, count.State), count => count.Cases);
        return [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)
            .Select(day => new CaseDay(day, opened[day].Sum(), over[(day, CaseStates.Closed)].Sum(), over[(day, CaseStates.Withdrawn)].Sum()))];
    }
}
