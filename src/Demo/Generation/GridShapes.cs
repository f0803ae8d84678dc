namespace Legwork.Demo;

/// <summary>
/// Invented outlines: every grid is the set of points nearer to its centre than to any other (a Voronoi cell), so that cells are convex, fill the
/// district without gaps and share their borders. Centres stand in crooked rows within twelve areas and are numbered there and back, as one walks.
/// </summary>
internal static class GridShapes
{
    // A box about Lhasa's centre. Only additions, products and roots of doubles are used: they give the same bits on every machine.
    private const double West = 91.020, East = 91.260, South = 29.590, North = 29.730;
    private static readonly double[] RowEnds = [0.30, 0.62, 1.0];
    private static readonly double[][] ColumnEnds = [[0.27, 0.50, 0.72, 1.0], [0.22, 0.47, 0.74, 1.0], [0.30, 0.55, 0.78, 1.0]];

    /// <summary>Outlines of the grids of each of twelve streets, in walking order; each is a closed ring without its repeated first point.</summary>
    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<MapPoint>>> OfStreets(IReadOnlyList<int> gridsOfStreet, ulong seed)
    {
        var centres = gridsOfStreet.Select((count, street) => Centres(street, count, seed)).ToList();
        var all = centres.SelectMany(points => points).ToList();
        var reach = 6 * Math.Sqrt((East - West) * (North - South) / all.Count);
        return [.. centres.Select(points => (IReadOnlyList<IReadOnlyList<MapPoint>>)[.. points.Select(centre => Cell(centre, all, reach))])];
    }

    private static List<MapPoint> Centres(int street, int count, ulong seed)
    {
        var dice = Dice.Of(seed, "centres", street);
        var row = street / 4;
        var column = street % 4;
        var (bottom, top) = (row == 0 ? 0 : RowEnds[row - 1], RowEnds[row]);
        var (left, right) = (column == 0 ? 0 : ColumnEnds[row][column - 1], ColumnEnds[row][column]);
        var (west, width) = (West + left * (East - West), (right - left) * (East - West));
        var (south, height) = (South + bottom * (North - South), (top - bottom) * (North - South));
        var lines = Math.Max(1, (int)Math.Round(Math.Sqrt(count * height / width)));
        var centres = new List<MapPoint>(count);
        for (var line = 0; line < lines; line++)
        {
            var inLine = count * (line + 1) / lines - count * line / lines;
            for (var i = 0; i < inLine; i++)
            {
                var at = line % 2 == 0 ? i : inLine - 1 - i;
                centres.Add(new MapPoint(
                    west + width * (at + 0.5 + 0.5 * (dice.Fraction() - 0.5)) / inLine,
                    south + height * (line + 0.5 + 0.5 * (dice.Fraction() - 0.5)) / lines));
            }
        }
        return centres;
    }

    private static List<MapPoint> Cell(MapPoint centre, List<MapPoint> all, double reach)
    {
        List<MapPoint> cell = [new(West, South), new(East, South), new(East, North), new(West, North)];
        foreach (var other in all.Where(other => other != centre && Squared(centre, other) < reach * reach).OrderBy(other => Squared(centre, other)))
        {
            if (Squared(centre, other) > 4 * cell.Max(corner => Squared(centre, corner))) break;
            cell = Clip(cell, centre, other);
        }
        return Rounded(cell);
    }

    // Sutherland–Hodgman against the line halfway between the two centres.
    private static List<MapPoint> Clip(List<MapPoint> cell, MapPoint centre, MapPoint other)
    {
        var (dx, dy) = (other.Longitude - centre.Longitude, other.Latitude - centre.Latitude);
        var (mx, my) = ((other.Longitude + centre.Longitude) / 2, (other.Latitude + centre.Latitude) / 2);
        var kept = new List<MapPoint>(cell.Count + 1);
        for (var i = 0; i < cell.Count; i++)
        {
            var (a, b) = (cell[i], cell[(i + 1) % cell.Count]);
            var (sideA, sideB) = (Side(a), Side(b));
            if (sideA <= 0) kept.Add(a);
            if (sideA < 0 && sideB > 0 || sideA > 0 && sideB < 0)
            {
                var t = sideA / (sideA - sideB);
                kept.Add(new MapPoint(a.Longitude + t * (b.Longitude - a.Longitude), a.Latitude + t * (b.Latitude - a.Latitude)));
            }
        }
        return kept;

        double Side(MapPoint p) => (p.Longitude - mx) * dx + (p.Latitude - my) * dy;
    }

    private static List<MapPoint> Rounded(List<MapPoint> cell)
    {
        var rounded = new List<MapPoint>(cell.Count);
        foreach (var corner in cell)
        {
            var point = new MapPoint(Math.Round(corner.Longitude, 6), Math.Round(corner.Latitude, 6));
            if (rounded.Count == 0 || rounded[^1] != point) rounded.Add(point);
        }
        if (rounded.Count > 1 && rounded[0] == rounded[^1]) rounded.RemoveAt(rounded.Count - 1);
        return rounded;
    }

    private static double Squared(MapPoint a, MapPoint b)
    {
        var (dx, dy) = (a.Longitude - b.Longitude, a.Latitude - b.Latitude);
        return dx * dx + dy * dy;
    }
}
