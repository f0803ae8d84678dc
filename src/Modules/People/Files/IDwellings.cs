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

    /// <summary>The places as they are now, for one question that has many addresses.</summary>
    KnownPlaces Known();

    /// <summary>The same for a page, which holds no thread meanwhile.</summary>
    Task<KnownPlaces> KnownNow(CancellationToken cancel);

    string? StreetOfGrid(string grid);

    /// <summary>The grid itself, or what holds in its place since it was split or merged.</summary>
    string GridNow(string grid, string? dwelling);

    /// <summary>The same for many grids, by the places as they are now.</summary>
    Func<string, string?> StreetsOfGrids();

    /// <summary>Sorts the dwellings of one grid as they are walked.</summary>
    string WalkOrder(string dwelling);
}

/// <summary>The district's places as they were at one moment, in memory.</summary>
/// <param name="Key">The key of the dwelling that an address names; null when it cannot be read.</param>
/// <param name="KeysAround">Keys of the dwellings of a road, estate or village that a text names without a door; none when it names one.</param>
/// <param name="Grid">Of a dwelling's key.</param>
/// <param name="StreetOfGrid">The street's name.</param>
internal sealed record KnownPlaces(Func<string, string?> Key, Func<string, IReadOnlyList<string>> KeysAround, Func<string, string?> Grid,
    Func<string, string?> StreetOfGrid);
