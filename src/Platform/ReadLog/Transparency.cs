using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>What everyone may know of the log: how much is read and why, and how much is withheld. No person is in it.</summary>
internal sealed record TransparencyFigures(DateTimeOffset At, DateOnly Since, long HoldsInForce,
    IReadOnlyList<(string Purpose, long Count)> Reads, IReadOnlyList<Head> Heads);

/// <summary>Counts at most every ten minutes: the page is open to everyone, the count is not free.</summary>
internal sealed class Transparency(Store store, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim counting = new(1);
    private TransparencyFigures? last;

    public async Task<TransparencyFigures> Figures(CancellationToken cancel)
    {
        await counting.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (last is { } known && now - known.At < Fresh) return known;
            var since = clock.Today().AddYears(-1);
            return last = await store.ReadNotesAsync(async session => new TransparencyFigures(now, since,
                await HoldRecords.CountInForce(session, clock.Today()), await Reads.PerPurpose(session, since),
                await Head.InsideAsync(session)), cancel);
        }
        finally
        {
            counting.Release();
        }
    }
}
