using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Legwork.Kernel;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Legwork.Places.Grids;

/// <summary>One feature of a file of grids.</summary>
internal sealed record GridFeature(string Code, string? Street, string? Community, string? Name, long Order, bool Demonstration, Geometry Outline);

/// <summary>Reads grids from GeoJSON (RFC 7946: polygons and multipolygons, longitude before latitude) and writes outlines back.</summary>
/// <remarks>
/// By hand: NetTopologySuite's reader takes as long (900 grids: 36–95 ms without a check of validity, ours 47–94 ms with it),
/// accepts a latitude of 200 and a bow tie, and its fault names no feature (tried 2026-11-29).
/// </remarks>
internal static partial class GeoJson
{
    private const int RingPointsMin = 4;
    private const int PointsMax = 100_000;
    private const int TextMax = 200;
    private static readonly GeometryFactory Shapes = new();

    /// <summary>All features or the first fault, which names its feature.</summary>
    public static async Task<Outcome<List<GridFeature>>> Read(Stream stream)
    {
        var text = await JsonText.Read(stream);
        if (!text.Ok) return text.Refusal!;
        var at = 0;
        try
        {
            using var document = JsonDocument.Parse(text.Value);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var features)
                || features.ValueKind != JsonValueKind.Array)
                return Refusal.Of("places.geojson", "This is not a GeoJSON FeatureCollection: it has no list of features.");
            if (features.GetArrayLength() == 0) return Refusal.Of("places.geojson", "The file holds no grid.");
            var demonstration = IsTrue(root, "demonstration");
            var read = new List<GridFeature>();
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var feature in features.EnumerateArray())
            {
                at++;
                var one = ReadFeature(feature, read.Count + 1, demonstration);
                if (!one.Ok) return one.Refusal!;
                if (!known.Add(one.Value.Code))
                    return Refusal.Of("places.grid_code", $"Feature {read.Count + 1}: the code {one.Value.Code} stands twice.");
                read.Add(one.Value);
            }
            return read;
        }
        catch (JsonException fault)
        {
            return Refusal.Of("places.geojson", $"This is not JSON: line {fault.LineNumber + 1} cannot be read.");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for a text with half a surrogate pair, \ud840 alone.
            return Refusal.Of("places.geojson", $"Feature {at} holds a text that is not Unicode. Export the file again.");
        }
    }

    public static string Write(Geometry outline)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, outline);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Geometry outline)
    {
        writer.WriteStartObject();
        writer.WriteString("type", outline.GeometryType);
        writer.WriteStartArray("coordinates");
        if (outline is Polygon single) WriteRings(writer, single);
        for (var i = 0; outline is MultiPolygon && i < outline.NumGeometries; i++)
        {
            writer.WriteStartArray();
            WriteRings(writer, (Polygon)outline.GetGeometryN(i));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="FormatException">Not a polygon or multipolygon.</exception>
    public static Geometry ReadOutline(string json)
    {
        using var document = JsonDocument.Parse(json);
        var read = ReadGeometry(document.RootElement);
        return read.Ok ? read.Value : throw new FormatException(read.Refusal!.Message);
    }

    private static Outcome<GridFeature> ReadFeature(JsonElement feature, int at, bool demonstration)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
            return Refusal.Of("places.geojson", $"Feature {at} has no properties.");
        var code = Text(properties, "code") ?? "";
        if (!GridCode().IsMatch(code))
            return Refusal.Of("places.grid_code",
                $"Feature {at}: '{Short(code)}' is no grid code (twelve digits of the community, a hyphen, the grid).");
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object)
            return Refusal.Of("places.outline", $"Feature {at} ({code}) has no geometry.");
        if (WrongType(properties) is { } wrong) return Refusal.Of("places.geojson", $"Feature {at} ({code}): {wrong}");
        var outline = ReadGeometry(geometry);
        if (!outline.Ok) return Refusal.Of("places.outline", $"Feature {at} ({code}): {outline.Refusal!.Message}");
        return new GridFeature(code, Text(properties, "street"), Text(properties, "community"), Text(properties, "name"),
            properties.TryGetProperty("order", out var order) && order.ValueKind == JsonValueKind.Number ? order.GetInt64() : at,
            demonstration || IsTrue(properties, "demonstration"), outline.Value);
    }

    /// <summary>A property that is there but of another kind is a mistake, not a property that is missing.</summary>
    private static string? WrongType(JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            var (name, kind) = (property.Name, property.Value.ValueKind);
            if (kind == JsonValueKind.Null) continue;
            if (name is "street" or "community" or "name" && kind != JsonValueKind.String) return $"{name} is not a text.";
            if (name is "street" or "community" or "name" && property.Value.GetString()!.Length > TextMax)
                return $"{name} has more than {TextMax} signs.";
            if (name == "order" && !(kind == JsonValueKind.Number && property.Value.TryGetInt64(out _))) return "order is not a whole number.";
            if (name == "demonstration" && kind is not (JsonValueKind.True or JsonValueKind.False)) return "demonstration is neither true nor false.";
        }
        return null;
    }

    private static Outcome<Geometry> ReadGeometry(JsonElement geometry)
    {
        var type = Text(geometry, "type");
        if (!geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
            return Fault("it has no coordinates.");
        if (type is not ("Polygon" or "MultiPolygon")) return Fault($"'{Short(type ?? "")}' is neither a Polygon nor a MultiPolygon.");
        var polygons = new List<Polygon>();
        foreach (var rings in type == "Polygon" ? [coordinates] : coordinates.EnumerateArray().ToList())
        {
            var polygon = ReadPolygon(rings);
            if (!polygon.Ok) return polygon.Refusal!;
            polygons.Add(polygon.Value);
        }
        if (polygons.Count == 0) return Fault("it has no coordinates.");
        Geometry outline = polygons.Count == 1 ? polygons[0] : Shapes.CreateMultiPolygon([.. polygons]);
        if (new IsValidOp(outline).ValidationError is { } error)
            return Fault(string.Create(CultureInfo.InvariantCulture,
                $"{error.Message.ToLowerInvariant()} at {error.Coordinate.X}, {error.Coordinate.Y}."));
        return outline.Area > 0 ? outline : Fault("it covers nothing.");
    }

    private static Outcome<Polygon> ReadPolygon(JsonElement rings)
    {
        if (rings.ValueKind != JsonValueKind.Array || rings.GetArrayLength() == 0) return Fault("a polygon has no ring.");
        var read = new List<LinearRing>();
        foreach (var ring in rings.EnumerateArray())
        {
            if (ring.ValueKind != JsonValueKind.Array) return Fault("a ring is not a list of points.");
            if (ring.GetArrayLength() > PointsMax) return Fault($"a ring has more than {PointsMax:N0} points.");
            var points = new List<Coordinate>();
            foreach (var point in ring.EnumerateArray())
            {
                if (ReadPoint(point) is not { } coordinate) return Fault($"point {points.Count + 1} is not a longitude and a latitude.");
                points.Add(coordinate);
            }
            if (points.Count < RingPointsMin) return Fault("a ring has fewer than four points.");
            if (!points[0].Equals2D(points[^1])) return Fault("a ring does not end where it begins.");
            read.Add(Shapes.CreateLinearRing([.. points]));
        }
        return Shapes.CreatePolygon(read[0], [.. read.Skip(1)]);
    }

    private static Coordinate? ReadPoint(JsonElement point)
    {
        if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2) return null;
        if (point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number) return null;
        return point[0].TryGetDouble(out var lon) && point[1].TryGetDouble(out var lat) && Math.Abs(lon) <= 180 && Math.Abs(lat) <= 90
            ? new Coordinate(lon, lat) : null;
    }

    private static void WriteRings(Utf8JsonWriter writer, Polygon polygon)
    {
        WriteRing(writer, polygon.ExteriorRing);
        foreach (var hole in polygon.InteriorRings) WriteRing(writer, hole);
    }

    private static void WriteRing(Utf8JsonWriter writer, LineString ring)
    {
        writer.WriteStartArray();
        foreach (var point in ring.Coordinates)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(Math.Round(point.X, 7));
            writer.WriteNumberValue(Math.Round(point.Y, 7));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    private static Refusal Fault(string message) => Refusal.Of("places.outline", message);

    private static string? Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text.Trim() : null;

    private static bool IsTrue(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex(@"^\d{12}-[A-Z0-9]{1,8}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GridCode();
}
