using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>What everyone may know of the log: how much is read and why, and how much is withheld. No person is in it.</summary>
internal sealed record TransparencyFigures(DateTimeOffset At, DateOnly Since, long HoldsInForce,
    IReadOnlyList<(string Purpose, long Count)> Reads, IReadOnlyList<Head> Heads);

/// <summary>Counts at most every ten minutes: the page is open to everyone, the count is not free.</summary>
internal sealed class Transparency(Store store, Reads reads, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly Lock counting = new();
    private TransparencyFigures? last;

    public TransparencyFigures Figures()
    {
        lock (counting)
        {
            var now = clock.GetUtcNow();
            if (last is { } known && now - known.At < Fresh) return known;
            var since = clock.Today().AddYears(-1);
            var (holds, heads) = store.Read(session => (HoldRecords.CountInForce(session, clock.Today()), Head.Inside(session)));
            return last = new TransparencyFigures(now, since, holds, reads.PerPurpose(since), heads);
        }
    }
}
