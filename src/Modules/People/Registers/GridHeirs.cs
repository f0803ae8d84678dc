using System.Collections.Concurrent;
using Legwork.Places.Contracts;

namespace Legwork.People.Registers;

/// <summary>
/// Lists name grids as they were when they were written. A grid that was split or merged since stands for the one in which the row's
/// dwelling lies now, and without a dwelling for the largest that took over.
/// </summary>
internal sealed class GridHeirs(IPlaces places, IAddressBook book)
{
    private readonly ConcurrentDictionary<string, string> largest = new(StringComparer.Ordinal);

    public string Now(string grid, string? dwelling)
    {
        if (!HasEnded(grid)) return grid;
        return dwelling is not null && book.Find(dwelling) is { } known ? known.Grid : largest.GetOrAdd(grid, Largest);
    }

    /// <summary>The grid as a hint to its address: of one that ended only the community still says something.</summary>
    public string? Hint(string? grid) => grid is not null && HasEnded(grid) ? grid[..Grid.CommunityDigits] : grid;

    private bool HasEnded(string grid) => book.Grid(grid) is { Until: not null };

    private string Largest(string grid)
    {
        var heirs = places.HeirsOf(grid);
        return heirs.Count == 0 ? grid : heirs.MaxBy(heir => book.Dwellings.Count(dwelling => dwelling.Grid == heir))!;
    }
}
