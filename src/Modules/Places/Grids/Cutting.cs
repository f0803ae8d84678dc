using Legwork.Kernel;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Triangulate;

namespace Legwork.Places.Grids;

/// <summary>Cuts and joins outlines. Degrees throughout; pure.</summary>
internal static class Cutting
{
    public const int PartsMax = 6;

    // About a fifth of a metre: the seam that two digitised borders may leave.
    private const double Seam = 2e-6;

    /// <summary>The pieces of an outline along a line that crosses it, from west to east.</summary>
    public static Outcome<List<Geometry>> Along(Geometry outline, IReadOnlyList<(double Lon, double Lat)> line)
    {
        if (line.Count < 2 || line.Any(point => !double.IsFinite(point.Lon) || !double.IsFinite(point.Lat)))
            return Refusal.Of("places.line", "A line needs two points or more.");
        var cut = outline.Factory.CreateLineString([.. line.Select(point => new Coordinate(point.Lon, point.Lat))]);
        var polygonizer = new Polygonizer();
        polygonizer.Add(OverlayNGRobust.Overlay(outline.Boundary, cut, SpatialFunction.Union));
        var pieces = polygonizer.GetPolygons().Where(piece => outline.Contains(piece.InteriorPoint))
            .OrderBy(piece => piece.Centroid.X).ThenBy(piece => piece.Centroid.Y).ToList();
        return pieces.Count switch
        {
            < 2 => Refusal.Of("places.line", "The line does not cross the grid from side to side."),
            > PartsMax => Refusal.Of("places.line", $"The line cuts the grid into more than {PartsMax} parts."),
            _ => pieces,
        };
    }

    /// <summary>The part each point belongs to: the piece that covers it, else the nearest.</summary>
    public static int PartOf(IReadOnlyList<Geometry> pieces, double lon, double lat)
    {
        var point = new Point(lon, lat);
        var nearest = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Covers(point)) return i;
            if (pieces[i].Distance(point) < pieces[nearest].Distance(point)) nearest = i;
        }
        return nearest;
    }

    /// <summary>
    /// An outline shared out by the dwellings in it: every spot goes to the part of its nearest dwelling (Voronoi cells, joined).
    /// </summary>
    /// <param name="sites">Points with their part, 0 or 1; on one spot the first counts.</param>
    /// <returns>Two outlines; null when a part has no point.</returns>
    public static (Geometry First, Geometry Second)? Among(Geometry outline, IReadOnlyList<(double Lon, double Lat, int Part)> sites)
    {
        var spots = sites.GroupBy(site => (site.Lon, site.Lat)).Select(group => group.First()).ToList();
        if (spots.Select(site => site.Part).Distinct().Count() < 2) return null;
        var envelope = outline.EnvelopeInternal.Copy();
        foreach (var site in spots) envelope.ExpandToInclude(site.Lon, site.Lat);
        envelope.ExpandBy(Math.Max(envelope.Width, envelope.Height));
        var diagram = new VoronoiDiagramBuilder { ClipEnvelope = envelope };
        diagram.SetSites([.. spots.Select(site => new Coordinate(site.Lon, site.Lat))]);
        var cells = diagram.GetDiagram(outline.Factory);
        var cellsOf = new List<Geometry>[] { [], [] };
        for (var i = 0; i < cells.NumGeometries; i++)
        {
            var cell = cells.GetGeometryN(i);
            var part = spots.First(site => cell.Covers(new Point(site.Lon, site.Lat))).Part;
            cellsOf[part].Add(cell);
        }
        var second = OverlayNGRobust.Overlay(outline, OverlayNGRobust.Union(cellsOf[1]), SpatialFunction.Intersection);
        // What is left, not the other cells: the two parts then share one border and lose nothing.
        var first = OverlayNGRobust.Overlay(outline, second, SpatialFunction.Difference);
        return first.IsEmpty || second.IsEmpty ? null : (first, second);
    }

    /// <summary>One outline of several that touch.</summary>
    public static Outcome<Geometry> Join(IReadOnlyCollection<Geometry> outlines)
    {
        var joined = OverlayNGRobust.Union(outlines);
        if (joined is not Polygon) joined = joined.Buffer(Seam).Buffer(-Seam);
        return joined is Polygon ? joined : Refusal.Of("places.not_neighbours", "These grids do not touch each other.");
    }
}
