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

/// <summary>A file of grids comes in: read whole, refused by name, or taken in one unit.</summary>
internal sealed class TakeGrids(Store store)
{
    private const int NotesMax = 20;

    // Two offices digitise one border apart; more than this share of the smaller grid is no such seam.
    private const double OverlapShareMax = 0.01;

    public async Task<Outcome<GridsTaken>> From(Stream geoJson, DateOnly? since)
    {
        var read = await GeoJson.Read(geoJson);
        if (!read.Ok) return read.Refusal!;
        var notes = Overlaps(read.Value);
        return await store.Write(session => Take(session, read.Value, since, notes));
    }

    private static GridsTaken Take(Session session, List<GridFeature> features, DateOnly? since, IReadOnlyList<string> overlaps)
    {
        CurrentBook.Lock(session);
        var notes = new List<string>(overlaps);
        var known = session.Query<GridRow>("select code, name, walk_order, outline, valid_from, valid_to, demonstration from places_grid")
            .ToDictionary(row => row.Code, StringComparer.Ordinal);
        var (added, changed, same) = (0, 0, 0);
        var named = Name(session, "places_street", features.Select(feature => (feature.Code[..Grid.StreetDigits], feature.Street)))
            + Name(session, "places_community", features.Select(feature => (feature.Code[..Grid.CommunityDigits], feature.Community)));
        foreach (var feature in features)
        {
            var row = new GridRow(feature.Code,
                feature.Name ?? $"{feature.Community} {feature.Code[(Grid.CommunityDigits + 1)..]}".Trim(), feature.Order,
                new WKBWriter().Write(feature.Outline), since?.ToString("O", CultureInfo.InvariantCulture), null, feature.Demonstration ? 1 : 0);
            if (!known.TryGetValue(feature.Code, out var was))
            {
                session.Execute("""
                    insert into places_grid (code, name, walk_order, outline, valid_from, demonstration)
                    values (@Code, @Name, @WalkOrder, @Outline, @ValidFrom, @Demonstration)
                    """, row);
                added++;
            }
            else if (was.ValidTo is not null)
            {
                notes.Add($"{feature.Code} was retired on {was.ValidTo} and stays so.");
            }
            else if (was.Outline.AsSpan().SequenceEqual(row.Outline)
                && (was.Name, was.WalkOrder, was.Demonstration) == (row.Name, row.WalkOrder, row.Demonstration))
            {
                same++;
            }
            else
            {
                session.Execute("""
                    update places_grid set name = @Name, walk_order = @WalkOrder, outline = @Outline, demonstration = @Demonstration
                        where code = @Code
                    """, row);
                changed++;
            }
        }
        var absent = known.Values.Where(row => row.ValidTo is null).Select(row => row.Code).Except(features.Select(feature => feature.Code)).ToList();
        if (absent.Count > 0)
            notes.Add($"{absent.Count} grids are not in this file and stay as they are: "
                + $"{string.Join(", ", absent.Order(StringComparer.Ordinal).Take(NotesMax))}");
        if (added + changed + named > 0) CurrentBook.Changed(session);
        return new GridsTaken(added, changed, same, notes);
    }

    /// <summary>Streets and communities get the names that most of their grids give them.</summary>
    private static int Name(Session session, string table, IEnumerable<(string Code, string? Name)> names)
    {
        var known = session.Query<Place>($"select code, name from {table}").ToDictionary(place => place.Code, place => place.Name);
        var changed = 0;
        foreach (var group in names.GroupBy(pair => pair.Code))
        {
            var name = group.Where(pair => pair.Name is not null).GroupBy(pair => pair.Name).OrderByDescending(same => same.Count())
                .ThenBy(same => same.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
            if (known.TryGetValue(group.Key, out var was) && (name is null || name == was)) continue;
            session.Execute($"insert into {table} (code, name) values (@code, @name) on conflict (code) do update set name = excluded.name",
                new { code = group.Key, name = name ?? group.Key });
            changed++;
        }
        return changed;
    }

    private static List<string> Overlaps(List<GridFeature> features)
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
