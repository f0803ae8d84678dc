using Legwork.Places.Contracts;

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

    public static string Name(IReadOnlyList<Place> places, string code) => places.FirstOrDefault(place => place.Code == code)?.Name ?? code;
}
