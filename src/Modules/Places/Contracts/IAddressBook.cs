namespace Legwork.Places.Contracts;

/// <summary>
/// Every dwelling, grid and lesson of the district at one moment, in memory and immutable: for imports that ask for each row. Get the
/// current one from <see cref="IPlaces.Book"/>; a change makes a new book.
/// </summary>
public interface IAddressBook
{
    /// <summary>Grows with every change of grids, dwellings or lessons.</summary>
    long Version { get; }

    IReadOnlyList<Place> Streets { get; }

    IReadOnlyList<Place> Communities { get; }

    /// <summary>The grids that hold now, in order of their codes.</summary>
    IReadOnlyList<Grid> Grids { get; }

    IReadOnlyList<Dwelling> Dwellings { get; }

    Dwelling? Find(Guid id);

    Dwelling? Find(string key);

    /// <summary>A grid that holds or held.</summary>
    Grid? Grid(string code);

    /// <returns>Code of the grid whose outline covers the point (the lowest code on a shared border); null outside all.</returns>
    string? GridOf(double lon, double lat);

    /// <summary>Rings of (longitude, latitude) of a grid that holds, each outer ring before its holes; none when the grid has no outline.</summary>
    IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings(string grid);

    /// <summary>How a street or a community lies: around all its grids that hold; null when none of them has an outline.</summary>
    PlaceOutline? Around(string place);

    /// <summary>Sorts the dwellings of one grid as they are walked (ordinal).</summary>
    string WalkOrder(Guid dwelling);

    /// <summary>What a text means. Safe for many threads; about two microseconds when the door is on the list.</summary>
    /// <param name="hint">
    /// Where the row comes from, as code or name of a grid, community or street; chooses among several dwellings that fit, and never
    /// overrules a text that fits only one. Unknown hints count as none.
    /// </param>
    Resolution Resolve(ReadOnlySpan<char> text, string? hint = null);

    /// <summary>
    /// Keys of all dwellings of a road, estate or village that a text names without a whole door (幸福路, 阳光小区, 阳光小区2栋):
    /// those that agree with the parts it does name, in order of their keys. None when the text names a door, or nothing on the list.
    /// </summary>
    IReadOnlyList<string> KeysOf(ReadOnlySpan<char> text);
}

/// <param name="Rings">Outer rings of (longitude, latitude), the largest first.</param>
/// <param name="Middle">The point of the largest ring that is farthest from its border: where a name has most room.</param>
public sealed record PlaceOutline(IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings,
    (double Longitude, double Latitude) Middle);
