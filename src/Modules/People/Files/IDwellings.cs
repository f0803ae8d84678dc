using Legwork.People.Records;

namespace Legwork.People.Files;

/// <summary>Brings addresses to dwellings and dwellings to places.</summary>
internal interface IDwellings
{
    PlaceCodes Codes { get; }

    /// <summary>Sets <see cref="Record.Dwelling"/> on every record whose address can be read, and the grid that holds now where a
    /// record names one that ended.</summary>
    void Resolve(IReadOnlyList<Record> records);

    /// <summary>Puts the addresses that name no dwelling of the list into the queue where a clerk settles them.</summary>
    Task AskForUnresolved(IReadOnlyList<Record> records);

    /// <summary>The key of the dwelling that an address names, null when it cannot be read; by the places as they are now, for one question
    /// that has many addresses.</summary>
    Func<string, string?> Keys();

    string? StreetOfGrid(string grid);

    /// <summary>The grid itself, or what holds in its place since it was split or merged.</summary>
    string GridNow(string grid, string? dwelling);

    /// <summary>The same for many grids, by the places as they are now.</summary>
    Func<string, string?> StreetsOfGrids();

    /// <summary>Keys of the dwellings of a road, estate or village that a text names without a whole door; none when it names one.</summary>
    IReadOnlyList<string> KeysOf(string address);

    /// <summary>Sorts the dwellings of one grid as they are walked.</summary>
    string WalkOrder(string dwelling);
}
