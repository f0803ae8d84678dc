using Legwork.Kernel;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using Legwork.Places.Grids;

namespace Legwork.Places.Lists;

/// <summary>What a file of grids would change, beside the book.</summary>
internal static class CheckGrids
{
    public static async Task<Outcome<GridsTaken>> Of(AddressBook book, Stream geoJson)
    {
        var read = await GeoJson.Read(geoJson);
        if (!read.Ok) return read.Refusal!;
        var notes = TakeGrids.Overlaps(read.Value);
        var (added, changed, same) = (0, 0, 0);
        foreach (var feature in read.Value)
        {
            if (book.Grid(feature.Code) is not { } known) added++;
            else if (known.Until is { } day) notes.Add($"{feature.Code} was retired on {day:O} and stays so.");
            else if (known.Order == feature.Order && book.GridIndex.Outline(feature.Code)?.EqualsExact(feature.Outline) == true) same++;
            else changed++;
        }
        return new GridsTaken(added, changed, same, notes);
    }
}
