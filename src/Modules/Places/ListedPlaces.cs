using Legwork.Platform.Districts;
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

    private volatile Names held = new(-1, 0, []);

    public string? NameOf(string code)
    {
        var names = held;
        if (clock.GetElapsedTime(names.SeenAt) < TrustedFor && names.ByCode.TryGetValue(code, out var name)) return name;
        return Current(names).ByCode.GetValueOrDefault(code);
    }

    private Names Current(Names known)
    {
        var now = clock.GetTimestamp();
        return held = store.Read(CurrentBook.Version) == known.Version ? known with { SeenAt = now } : store.Read(session => Load(session, now));
    }

    // The version first, as the book does: a change between the reads makes names that are newer than they say, and are read again.
    private static Names Load(Session session, long now)
    {
        var version = CurrentBook.Version(session);
        var rows = session.Query<NameRow>("select code, name from places_community union all select code, name from places_grid");
        return new Names(version, now, rows.ToDictionary(row => row.Code, row => row.Name, StringComparer.Ordinal));
    }

    private sealed record Names(long Version, long SeenAt, Dictionary<string, string> ByCode);

    private sealed record NameRow(string Code, string Name);
}
