using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Insight;

/// <summary>What places are called and how grids lie: streets in the reader's language, communities and grids as the district's lists write them.</summary>
internal sealed class PlaceWords(PlaceNames names, AddressBook book)
{
    private readonly Dictionary<string, string> communities = book.Communities.ToDictionary(community => community.Code, community => community.Name, StringComparer.Ordinal);

    public IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings(string grid) => book.Rings(grid);

    /// <summary>The place's own name, without what it lies in.</summary>
    public string Of(string code, Language language) =>
        code.Contains('-') ? book.Grid(code)?.Name ?? code
        : code.Length == Grid.CommunityDigits ? communities.GetValueOrDefault(code, code)
        : names.Of(code, language);

    /// <summary>With the street and community that it lies in, each once: lists write some grids with their community's name.</summary>
    public string Whole(string code, Language language)
    {
        if (code.Length <= Grid.StreetDigits) return Of(code, language);
        var (street, own) = (Of(code[..Grid.StreetDigits], language), Of(code, language));
        var community = Of(code[..Math.Min(code.Length, Grid.CommunityDigits)], language);
        return own.StartsWith(community, StringComparison.Ordinal) ? $"{street} {own}" : $"{street} {community} {own}";
    }
}
