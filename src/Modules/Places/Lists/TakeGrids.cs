using System.Globalization;
using Legwork.Kernel;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;
using Legwork.Platform.Storage;
using NetTopologySuite.IO;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Legwork.Places.Lists;

/// <summary>
/// A file of grids comes in: read whole, refused by name, or taken in small units, names of streets and communities first. A grid is true by
/// itself, and each unit raises the version, so a book made in the middle has some grids already and says of which moment it is; nobody decides
/// anything on all of them at once. After a kill the file is taken again; what is there is the same.
/// </summary>
internal sealed class TakeGrids(Store store)
{
    private const int NotesMax = 20;

    // A row carries an outline of some kilobytes.
    private const int GridsPerUnit = 100;

    // Two offices digitise one border apart; more than this share of the smaller grid is no such seam.
    private const double OverlapShareMax = 0.01;

    public async Task<Outcome<GridsTaken>> From(Stream geoJson, DateOnly? since)
    {
        var read = await GeoJson.Read(geoJson);
        if (!read.Ok) return read.Refusal!;
        var features = read.Value;
        var rows = features.ConvertAll(feature => new GridRow(feature.Code,
            feature.Name ?? $"{feature.Community} {feature.Code[(Grid.CommunityDigits + 1)..]}".Trim(), feature.Order,
            new WKBWriter().Write(feature.Outline), since?.ToString("O", CultureInfo.InvariantCulture), null, feature.Demonstration ? 1 : 0));
        var taken = new GridsTaken(0, 0, 0, Overlaps(features));
        await TakeNames("places_street", features.Select(feature => (feature.Code[..Grid.StreetDigits], feature.Street)));
        await TakeNames("places_community", features.Select(feature => (feature.Code[..Grid.CommunityDigits], feature.Community)));
        foreach (var rowsOfUnit in rows.Chunk(GridsPerUnit))
        {
            var some = await store.Write(session => Take(session, rowsOfUnit));
            taken = new GridsTaken(taken.Added + some.Added, taken.Changed + some.Changed, taken.Same + some.Same, [.. taken.Notes, .. some.Notes]);
        }
        var absent = store.Read(session => session.Query<string>("select code from places_grid where valid_to is null"))
            .Except(rows.Select(row => row.Code)).ToList();
        if (absent.Count == 0) return taken;
        var named = string.Join(", ", absent.Order(StringComparer.Ordinal).Take(NotesMax));
        return taken with { Notes = [.. taken.Notes, $"{absent.Count} grids are not in this file and stay as they are: {named}"] };
    }

    private static GridsTaken Take(Session session, GridRow[] rows)
    {
        CurrentBook.Lock(session);
        var known = session.Query<GridRow>($"""
            select code, name, walk_order, outline, valid_from, valid_to, demonstration from places_grid where {session.Among("code", "codes")}
            """, new { codes = Array.ConvertAll(rows, row => row.Code) }).ToDictionary(row => row.Code, StringComparer.Ordinal);
        var (added, changed, notes) = (new List<GridRow>(), new List<GridRow>(), new List<string>());
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Code, out var was)) added.Add(row);
            else if (was.ValidTo is not null) notes.Add($"{row.Code} was retired on {was.ValidTo} and stays so.");
            else if (!was.Outline.AsSpan().SequenceEqual(row.Outline)
                || (was.Name, was.WalkOrder, was.Demonstration) != (row.Name, row.WalkOrder, row.Demonstration)) changed.Add(row);
        }
        Store.Each(session, """
            insert into places_grid (code, name, walk_order, outline, valid_from, demonstration) values (@p0, @p1, @p2, @p3, @p4, @p5)
            """, added.Select(row => (object?[])[row.Code, row.Name, row.WalkOrder, row.Outline, row.ValidFrom, row.Demonstration]));
        Store.Each(session, "update places_grid set name = @p1, walk_order = @p2, outline = @p3, demonstration = @p4 where code = @p0",
            changed.Select(row => (object?[])[row.Code, row.Name, row.WalkOrder, row.Outline, row.Demonstration]));
        if (added.Count + changed.Count > 0) CurrentBook.Changed(session);
        return new GridsTaken(added.Count, changed.Count, rows.Length - added.Count - changed.Count - notes.Count, notes);
    }

    /// <summary>Streets and communities get the names that most of their grids give them.</summary>
    private async Task TakeNames(string table, IEnumerable<(string Code, string? Name)> names)
    {
        var given = names.GroupBy(pair => pair.Code).Select(ofCode => new Place(ofCode.Key,
            ofCode.Where(pair => pair.Name is not null).GroupBy(pair => pair.Name).OrderByDescending(same => same.Count())
                .ThenBy(same => same.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? "")).ToList();
        foreach (var some in given.Chunk(Store.RowsPerUnit))
            await store.Write(session =>
            {
                CurrentBook.Lock(session);
                var known = session.Query<Place>($"select code, name from {table}").ToDictionary(place => place.Code, place => place.Name);
                var fresh = some.Where(place => !known.TryGetValue(place.Code, out var was) || (place.Name.Length > 0 && place.Name != was)).ToList();
                if (fresh.Count == 0) return;
                Store.Each(session, $"insert into {table} (code, name) values (@p0, @p1) on conflict (code) do update set name = excluded.name",
                    fresh.Select(place => (object?[])[place.Code, place.Name.Length > 0 ? place.Name : place.Code]));
                CurrentBook.Changed(session);
            });
    }

    internal static List<string> Overlaps(List<GridFeature> features)
    {
        var tree = new STRtree<GridFeature>();
        foreach (var feature in features) tree.Insert(feature.Outline.EnvelopeInternal, feature);
        var notes = new List<string>();
        foreach (var feature in features)
        {
            foreach (var other in tree.Query(feature.Outline.EnvelopeInternal).Where(other => string.CompareOrdinal(feature.Code, other.Code) < 0))
            {
                if (notes.Count == NotesMax) return notes;
                if (!feature.Outline.Overlaps(other.Outline) && !feature.Outline.Covers(other.Outline) && !other.Outline.Covers(feature.Outline))
                    continue;
                var shared = OverlayNGRobust.Overlay(feature.Outline, other.Outline, SpatialFunction.Intersection).Area;
                var share = shared / Math.Min(feature.Outline.Area, other.Outline.Area);
                if (share > OverlapShareMax) notes.Add($"{feature.Code} and {other.Code} overlap by {share:P0} of the smaller.");
            }
        }
        return notes;
    }
}
