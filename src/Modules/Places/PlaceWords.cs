using Legwork.Places.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Shell;

namespace Legwork.Places;

/// <summary>How a place code reads: the names of its street and community, and the grid.</summary>
internal static class PlaceWords
{
    public static string Of(AddressBook book, string code)
    {
        if (code.Length < Grid.StreetDigits) return code;
        var street = Name(book.Streets, code[..Grid.StreetDigits]);
        if (code.Length < Grid.CommunityDigits) return street;
        var community = Name(book.Communities, code[..Grid.CommunityDigits]);
        return code.Length > Grid.CommunityDigits ? $"{street} {book.Grid(code)?.Name ?? community}" : $"{street} {community}";
    }

    /// <summary>The same with the street as the reader calls it; communities and grids are named by the district's lists alone.</summary>
    public static string Of(AddressBook book, PlaceNames names, Language language, string code) =>
        code.Length < Grid.StreetDigits ? code : code.Length < Grid.CommunityDigits ? names.Of(code, language)
            : names.Of(code[..Grid.StreetDigits], language) + Of(book, code)[Name(book.Streets, code[..Grid.StreetDigits]).Length..];

    public static string Name(IReadOnlyList<Place> places, string code) => places.FirstOrDefault(place => place.Code == code)?.Name ?? code;
}
