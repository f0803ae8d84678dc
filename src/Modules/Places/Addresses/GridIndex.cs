using Legwork.Places.Contracts;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

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

    private static string? Named(Dictionary<string, string> names, ReadOnlySpan<char> name) =>
        !name.IsEmpty && names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var code) ? code : null;

    private static string Stem(string street) => street.EndsWith("街道", StringComparison.Ordinal) ? street[..^2] : street;
}
