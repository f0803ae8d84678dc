using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Places;

/// <summary>
/// Names of communities and grids for every page. Kept apart from the book, which holds every dwelling and takes a second to build
/// after a change: a page that only names a place never waits for it.
/// </summary>
internal sealed class ListedPlaces(Store store, TimeProvider clock) : IPlaceLists
{
    /// <summary>A board names a thousand grids: it does not ask the storage about each.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim reading = new(1);
    private volatile Names held = new(-1, 0, []);
    private volatile bool missed = true;

    public string? NameOf(string code)
    {
        if (held.ByCode.TryGetValue(code, out var name)) return name;
        // It may be on a list by now: whoever comes next reads again.
        missed = true;
        return null;
    }

    public IReadOnlyCollection<string> Codes => held.ByCode.Keys;

    public async Task Refresh(CancellationToken cancel)
    {
        if (IsCurrent) return;
        await reading.WaitAsync(cancel);
        try
        {
            if (IsCurrent) return;
            var now = clock.GetTimestamp();
            missed = false;
            held = await store.ReadAsync(session => Read(session, held, now), cancel);
        }
        catch
        {
            missed = true;
            throw;
        }
        finally
        {
            reading.Release();
        }
    }

    private bool IsCurrent => !missed && clock.GetElapsedTime(held.SeenAt) < TrustedFor;

    // The version first, as the book does: a change between the reads makes names that are newer than they say, and are read again.
    private static async Task<Names> Read(Session session, Names known, long now)
    {
        var version = await CurrentBook.VersionAsync(session);
        if (version == known.Version) return known with { SeenAt = now };
        var rows = await session.QueryAsync<NameRow>("select code, name from places_community union all select code, name from places_grid");
        return new Names(version, now, rows.ToDictionary(row => row.Code, row => row.Name, StringComparer.Ordinal));
    }

    private sealed record Names(long Version, long SeenAt, Dictionary<string, string> ByCode);

    private sealed record NameRow(string Code, string Name);
}
