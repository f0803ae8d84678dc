using Legwork.Places.Contracts;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;

namespace Legwork.Insight;

/// <summary>What a board calls its places, as every page does, and how grids lie.</summary>
internal sealed class PlaceWords(PlaceNames names, IAddressBook book)
{
    public IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings(string grid) => book.Rings(grid);

    public PlaceOutline? Around(string place) => book.Around(place);

    /// <summary>The place's own name, without what it lies in.</summary>
    public string Of(string code, Language language) => names.Own(code, language);

    /// <summary>With the street and community that it lies in.</summary>
    public string Whole(string code, Language language) => names.Of(code, language);
}
