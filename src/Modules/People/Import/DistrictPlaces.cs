using System.Text.Json;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Places.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Registers;

namespace Legwork.People.Import;

internal sealed class DistrictPlaces(PlatformPlaces folders) : IDwellings, ITakePlaces
{
    private readonly AddressParser parser = new(AddressHabits.Load(Path.Combine(folders.DistrictFolder, "addresses.yaml")));
    private readonly Dictionary<string, string> streetOfGrid = [];
    private readonly Dictionary<string, string> gridOfKey = [];

    public string AddressList => "地址";

    public PlaceCodes Codes => new(key => gridOfKey.GetValueOrDefault(key), name => null);

    public void Resolve(IReadOnlyList<Record> records) => Parallel.ForEach(records, record =>
    {
        if (record.Address is { } text) record.Dwelling = parser.Parse(text).Key;
    });

    public string? StreetOfGrid(string grid) => streetOfGrid.GetValueOrDefault(grid);

    public Task<Refusal?> TakeGrids(string path, Actor actor)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
            streetOfGrid[feature.GetProperty("properties").GetProperty("code").GetString()!] = feature.GetProperty("properties").GetProperty("street").GetString()!;
        return Task.FromResult<Refusal?>(null);
    }

    public Task<FileTaken> TakeAddresses(string path, LayoutMatch match, Actor actor)
    {
        foreach (var row in RegisterFile.Open(path, match.Layout).Value.Rows()) gridOfKey.TryAdd(parser.Parse(row["address"]!).Key, row["grid"]!);
        return Task.FromResult(new FileTaken(Path.GetFileName(path), AddressList, Verdict.Take, 0, 0, 0, 0, 0, [], [], []));
    }
}
