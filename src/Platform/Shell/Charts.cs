using System.Globalization;
using System.Text;

namespace Legwork.Platform.Shell;

/// <summary>One bar: its name, its figure, where the figure leads, and the tone when it is not plain.</summary>
public sealed record Bar(string Label, long Value, string? Href = null, Tone Tone = Tone.Plain);

/// <summary>A grid on the map.</summary>
/// <param name="Step">0 (least) to 5 (most), the colour's step; its meaning stands in the legend.</param>
/// <param name="Title">What a pointer or a reader is told: name and figure.</param>
/// <param name="Rings">Rings of (longitude, latitude) in degrees, the outer first. The map is flat: fit for a district.</param>
public sealed record GridShape(string Code, string Title, int Step, string Href,
    IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings);

/// <summary>A street or community on the map: its border over the grids, and its name inside.</summary>
/// <param name="Rings">As of <see cref="GridShape"/>.</param>
/// <param name="Middle">Where the name stands.</param>
public sealed record PartShape(string Name, IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings,
    (double Longitude, double Latitude) Middle)
{
    private const int LineMax = 12;

    /// <summary>A long name breaks in two near its middle, so that it stays within its own border.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var breaks = Enumerable.Range(1, Math.Max(0, Name.Length - 2)).Where(i => Name[i] is ' ' or '\u0f0b').ToList();
            if (Name.Length <= LineMax || breaks.Count == 0) return [Name];
            var middle = breaks.MinBy(i => Math.Abs(i - (Name.Length / 2))) + 1;
            return [Name[..middle], Name[middle..]];
        }
    }
}

/// <summary>Brings grids onto a drawing of a given width: north up, distances true along both axes at the middle latitude.</summary>
internal sealed class FlatMap
{
    private readonly double west, north, scale, shrink;

    public FlatMap(IReadOnlyCollection<GridShape> grids, double width)
    {
        var points = grids.SelectMany(g => g.Rings).SelectMany(r => r).ToList();
        Width = width;
        if (points.Count == 0)
        {
            (Height, scale, shrink) = (width / 2, 1, 1);
            return;
        }
        (west, north) = (points.Min(p => p.Longitude), points.Max(p => p.Latitude));
        var south = points.Min(p => p.Latitude);
        shrink = Math.Cos((north + south) / 2 * Math.PI / 180);
        scale = width / Math.Max((points.Max(p => p.Longitude) - west) * shrink, 1e-9);
        Height = Math.Max(1, (north - south) * scale);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>An SVG path in whole units and relative steps: a third of the bytes of absolute coordinates.</summary>
    public string Path(IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> rings)
    {
        var path = new StringBuilder();
        foreach (var ring in rings)
        {
            long x = 0, y = 0;
            for (var i = 0; i < ring.Count; i++)
            {
                var (toX, toY) = At(ring[i]);
                if (i == 0) path.Append('M').Append(toX).Append(' ').Append(toY);
                else if (toX != x || toY != y) path.Append('l').Append(toX - x).Append(' ').Append(toY - y);
                (x, y) = (toX, toY);
            }
            if (ring.Count > 0) path.Append('z');
        }
        return path.ToString();
    }

    /// <summary>In whole units of the drawing.</summary>
    public (long X, long Y) At((double Longitude, double Latitude) point) =>
        ((long)Math.Round((point.Longitude - west) * shrink * scale), (long)Math.Round((north - point.Latitude) * scale));
}

/// <summary>The lines of a trend on a drawing of 600 × 180 units.</summary>
internal sealed class TrendLine
{
    public const int Width = 600, Height = 180;

    public TrendLine(IReadOnlyList<(DateOnly Day, long Value)> points)
    {
        Most = Math.Max(1, points.Count == 0 ? 1 : points.Max(p => p.Value));
        var first = points.Count == 0 ? 0 : points[0].Day.DayNumber;
        var days = Math.Max(1, points.Count == 0 ? 1 : points[^1].Day.DayNumber - first);
        Dots = [.. points.Select(p => (
            X: Math.Round((double)(p.Day.DayNumber - first) / days * Width, 1),
            Y: Math.Round(Height - (double)p.Value / Most * Height, 1)))];
    }

    public long Most { get; }

    public IReadOnlyList<(double X, double Y)> Dots { get; }

    public string Line => Dots.Count == 0 ? "" : "M" + string.Join('L', Dots.Select(d => Number(d.X) + " " + Number(d.Y)));

    public string Under => Dots.Count == 0 ? "" : $"{Line}L{Number(Dots[^1].X)} {Height}L{Number(Dots[0].X)} {Height}Z";

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
