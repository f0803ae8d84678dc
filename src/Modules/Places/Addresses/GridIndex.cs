using System.Collections.Concurrent;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using NetTopologySuite.Algorithm.Construct;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;

namespace Legwork.Places.Addresses;

/// <summary>Streets, communities and grids by code and name, and outlines by point. Immutable.</summary>
internal sealed class GridIndex
{
    private readonly Dictionary<string, Grid> byCode;
    private readonly Dictionary<string, string> codeByWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> streetByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> communityByName = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, Geometry> outlineOf;
    private readonly STRtree<(string Code, IPreparedGeometry Outline)> outlines = new();
    private readonly ConcurrentDictionary<string, PlaceOutline?> around = new(StringComparer.Ordinal);

    public GridIndex(PlacesKnown known)
    {
        Streets = known.Streets;
        Communities = known.Communities;
        byCode = known.Grids.ToDictionary(grid => grid.Code, StringComparer.Ordinal);
        Current = [.. known.Grids.Where(grid => grid.Until is null).OrderBy(grid => grid.Code, StringComparer.Ordinal)];
        StreetStems = [.. Streets.Select(street => Stem(street.Name)).Where(stem => stem.Length >= 2)];
        foreach (var street in Streets) streetByName.TryAdd(street.Name, street.Code);
        foreach (var community in Communities.GroupBy(community => community.Name).Where(group => group.Count() == 1).Select(group => group.Single()))
            communityByName.Add(community.Name, community.Code);
        foreach (var (name, code) in communityByName.Concat(streetByName)) codeByWord.TryAdd(name, code);
        foreach (var place in Streets.Concat(Communities)) codeByWord.TryAdd(place.Code, place.Code);
        foreach (var code in byCode.Keys) codeByWord.TryAdd(code, code);
        outlineOf = known.Outlines;
        foreach (var (code, outline) in known.Outlines) outlines.Insert(outline.EnvelopeInternal, (code, PreparedGeometryFactory.Prepare(outline)));
        outlines.Build();
    }

    public IReadOnlyList<Place> Streets { get; }

    public IReadOnlyList<Place> Communities { get; }

    public IReadOnlyList<Grid> Current { get; }

    public IReadOnlyList<string> StreetStems { get; }

    /// <summary>The next wider place of a code: grid, community, street; null above.</summary>
    public static string? Above(string code) => code.Length switch
    {
        > Grid.CommunityDigits => code[..Grid.CommunityDigits],
        > Grid.StreetDigits => code[..Grid.StreetDigits],
        _ => null,
    };

    /// <summary>Those that hold and those retired.</summary>
    public IEnumerable<Grid> All => byCode.Values;

    public Geometry? Outline(string code) => outlineOf.GetValueOrDefault(code);

    public Grid? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The code that a row's hint stands for: a code as it is, a street or community by its name.</summary>
    public string? PlaceOf(string? hint) => hint is { Length: > 0 } && codeByWord.TryGetValue(hint, out var code) ? code : null;

    public string? StreetNamed(ReadOnlySpan<char> name) => Named(streetByName, name);

    public string? CommunityNamed(ReadOnlySpan<char> name) => Named(communityByName, name);

    public string? Covering(double lon, double lat)
    {
        var point = new Point(lon, lat);
        string? lowest = null;
        foreach (var (code, outline) in outlines.Query(point.EnvelopeInternal))
        {
            if ((lowest is null || string.CompareOrdinal(code, lowest) < 0) && outline.Covers(point)) lowest = code;
        }
        return lowest;
    }

    /// <summary>Joined when a map asks for it first, and kept: grids change rarely and boards are looked at all day.</summary>
    public PlaceOutline? Around(string place) => around.GetOrAdd(place, Join);

    /// <summary>Rings of (longitude, latitude), each outer ring before its holes, as maps draw them.</summary>
    public static List<IReadOnlyList<(double, double)>> Rings(Geometry outline)
    {
        var rings = new List<IReadOnlyList<(double, double)>>();
        for (var i = 0; i < outline.NumGeometries; i++)
        {
            if (outline.GetGeometryN(i) is not Polygon polygon) continue;
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                rings.Add([.. ring.Coordinates.Select(point => (point.X, point.Y))]);
        }
        return rings;
    }

    private PlaceOutline? Join(string place)
    {
        var scope = new Scope(place);
        var outlines = Current.Where(grid => scope.Covers(grid.Code)).Select(grid => Outline(grid.Code)).OfType<Geometry>().ToList();
        if (outlines.Count == 0) return null;
        // Holes are gaps between drawn grids, or another place, which has an outline of its own.
        var joined = OverlayNGRobust.Union(outlines);
        var parts = Enumerable.Range(0, joined.NumGeometries).Select(joined.GetGeometryN).OfType<Polygon>()
            .Select(part => (Polygon)part.Factory.CreatePolygon(part.Shell)).OrderByDescending(part => part.Area).ToList();
        if (parts.Count == 0) return null;
        var middle = MaximumInscribedCircle.GetCenter(parts[0], parts[0].EnvelopeInternal.Diameter / 100);
        return new PlaceOutline([.. parts.SelectMany(Rings)], (middle.X, middle.Y));
    }

    private static string? Named(Dictionary<string, string> names, ReadOnlySpan<char> name) =>
        !name.IsEmpty && names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var code) ? code : null;

    private static string Stem(string street) => street.EndsWith("街道", StringComparison.Ordinal) ? street[..^2] : street;
}
