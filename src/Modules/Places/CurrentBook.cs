using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Platform.Storage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Legwork.Places;

/// <summary>
/// The one book of this node. Each change raises the stored version in its own unit, so a book is current when its version is the
/// stored one, whichever node made the change.
/// </summary>
internal sealed class CurrentBook(Store store, AddressParser parser)
{
    private readonly SemaphoreSlim building = new(1);
    private volatile AddressBook? held;

    public AddressParser Parser => parser;

    /// <summary>One builds at a time, and when that one has gone, the next.</summary>
    public async Task<AddressBook> Get(CancellationToken cancel)
    {
        if (held is { } book && book.Version == await store.ReadAsync(VersionAsync, cancel)) return book;
        await building.WaitAsync(cancel);
        try
        {
            if (held is { } other && other.Version == await store.ReadAsync(VersionAsync, cancel)) return other;
            return held = await store.ReadAsync(Load, cancel);
        }
        finally
        {
            building.Release();
        }
    }

    /// <summary>For imports and matching, which have threads of their own.</summary>
    public AddressBook Get()
    {
        if (held is { } book && book.Version == store.Read(Version)) return book;
        building.Wait();
        try
        {
            if (held is { } other && other.Version == store.Read(Version)) return other;
            return held = store.Read(session => Session.AtHand(Load(session)));
        }
        finally
        {
            building.Release();
        }
    }

    public static long Version(Session session) => Session.AtHand(VersionAsync(session));

    public static async Task<long> VersionAsync(Session session) =>
        (long)(await session.Prepared("select version from places_version").ScalarAsync())!;

    /// <summary>Every unit that changes what a book holds calls this, last.</summary>
    public static void Changed(Session session) => session.Execute("update places_version set version = version + 1");

    /// <summary>Takes the version's row, so that on PostgreSQL a second change waits here and then sees the first.</summary>
    public static void Lock(Session session) => session.Execute("update places_version set version = version");

    /// <summary>Whether the places are still as the book of this version has them; nobody changes them until the unit ends.</summary>
    public static bool IsCurrent(Session session, long version)
    {
        Lock(session);
        return Version(session) == version;
    }

    private async Task<AddressBook> Load(Session session)
    {
        // The version first: a change between the two reads makes a book that is newer than it says, and is read again.
        var version = await VersionAsync(session);
        var rows = await session.QueryAsync<GridRow>("select code, name, walk_order, outline, valid_from, valid_to, demonstration from places_grid");
        var reader = new WKBReader();
        var outlines = new Dictionary<string, Geometry>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.ValidTo is null && row.Outline is not null)) outlines.Add(row.Code, reader.Read(row.Outline));
        return new AddressBook(parser, new PlacesKnown(
            await session.QueryAsync<Place>("select code, name from places_street order by code"),
            await session.QueryAsync<Place>("select code, name from places_community order by code"),
            rows.ConvertAll(row => row.ToGrid()),
            await session.QueryAsync<Dwelling>("select id, key, text, grid, lon, lat from places_dwelling order by key"),
            await session.QueryAsync<Lesson>("select form, hint, dwelling, name from places_alias where undone_at is null order by id"),
            outlines), version);
    }
}

/// <summary>A row of <c>places_grid</c>.</summary>
internal sealed record GridRow(string Code, string Name, long WalkOrder, byte[]? Outline, string? ValidFrom, string? ValidTo, long Demonstration)
{
    public Grid ToGrid() => new(Code, Name, WalkOrder, Day(ValidFrom), Day(ValidTo), Demonstration == 1);

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
