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

    /// <summary>With the street and community that it lies in: <c>公德林街道 雪社区 第三网格</c>.</summary>
    public string Whole(string code, Language language) => string.Join(' ', new[] { Grid.StreetDigits, Grid.CommunityDigits }
        .Where(digits => code.Length > digits).Select(digits => code[..digits]).Append(code).Select(part => Of(part, language)));
}
