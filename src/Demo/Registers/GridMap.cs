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
}
