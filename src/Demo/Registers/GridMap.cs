using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Legwork.Demo;

/// <summary>The polygons of the grids, <c>网格.geojson</c>.</summary>
public static class GridMap
{
    public const string FileName = "网格.geojson";

    /// <summary>Grid code → street, from the features' properties.</summary>
    public static IReadOnlyDictionary<string, string> StreetOfGrid(string path)
    {
        using var map = JsonDocument.Parse(File.ReadAllBytes(path));
        return map.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("properties"))
            .ToDictionary(grid => grid.GetProperty("code").GetString()!, grid => grid.GetProperty("street").GetString()!);
    }

    /// <summary>Writes the grids as GeoJSON (RFC 7946), one feature a line, marked as a demonstration.</summary>
    internal static void Write(string path, IEnumerable<Grid> grids)
    {
        var text = new StringBuilder("{\"type\": \"FeatureCollection\", \"demonstration\": true, \"features\": [\n");
        var separator = "";
        foreach (var grid in grids)
        {
            text.Append(separator).Append(CultureInfo.InvariantCulture, $$"""
                {"type": "Feature", "properties": {"code": "{{grid.Code}}", "street": "{{grid.Street.Name}}", "community": "{{grid.Community}}",
                """);
            text.Append(CultureInfo.InvariantCulture,
                $$""" "dwellings": {{grid.Dwellings.Count}}, "order": {{grid.Order}}, "demonstration": true},""");
            text.Append(""" "geometry": {"type": "Polygon", "coordinates": [[""");
            foreach (var corner in grid.Outline.Append(grid.Outline[0]))
                text.Append(CultureInfo.InvariantCulture, $"[{corner.Longitude:0.######}, {corner.Latitude:0.######}], ");
            text.Length -= ", ".Length;
            text.Append("]]}}");
            separator = ",\n";
        }
        File.WriteAllText(path, text.Append("\n]}\n").ToString());
    }
}
