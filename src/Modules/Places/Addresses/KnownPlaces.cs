using Legwork.Places.Contracts;

namespace Legwork.Places.Addresses;

/// <summary>
/// The district's own streets and communities, by which the beginning of an address is read: whatever ending a hand gives them, or none
/// (甲街, 甲办, 甲片区, 甲), they end where a name of the list begins. Immutable.
/// </summary>
internal sealed class KnownPlaces
{
    private const int EndingMax = 8;
    private const int NameMax = 12;
    private const int NameMin = 2;

    private readonly AddressHabits habits;
    private readonly NameIndex names;
    private readonly WordList<string> streets;
    private readonly WordList<string> communities;

    public KnownPlaces(AddressHabits habits, GridIndex grids, NameIndex names)
    {
        (this.habits, this.names) = (habits, names);
        streets = Stems(grids.Streets, habits.StreetEndings);
        communities = Stems(grids.Communities, habits.CommunityEndings);
    }

    /// <returns>Characters of a street's name and its ending at the start of the text; 0 when none stands there.</returns>
    public int Street(ReadOnlySpan<char> text, out string? name) => Length(text, streets, out name);

    /// <inheritdoc cref="Street"/>
    public int Community(ReadOnlySpan<char> text, out string? name) => Length(text, communities, out name);

    private int Length(ReadOnlySpan<char> text, WordList<string> places, out string? name)
    {
        var stem = places.Match(text, out name);
        // 甲路 and 甲新村 are called after the street and are not it.
        if (stem == 0 || KnownName(text) > stem) return 0;
        for (var end = stem; end < text.Length && end <= stem + EndingMax && !char.IsAsciiDigit(text[end]) && text[end] is not ('-' or '#'); end++)
            if (IsEnding(text[stem..end], text[..end]) && (BeginsName(text[end..]) || habits.ShortEndings.Contains(text[stem..end].ToString())
                && LooksLikeAName(text[end..]))) return end;
        return 0;
    }

    /// <summary>街, 办 and 辖区 end a street; 路, 新村 and 小区 make another place of it.</summary>
    private bool IsEnding(ReadOnlySpan<char> ending, ReadOnlySpan<char> whole) => ending.IsEmpty
        || habits.ShortEndings.Contains(ending.ToString()) && !names.IsKnown(whole) || habits.Kinds.MatchEnd(ending, out _) == 0;

    private bool BeginsName(ReadOnlySpan<char> text) => KnownName(text) > 0 || communities.Match(text, out _) > 0;

    private int KnownName(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(text.Length, NameMax); length >= NameMin; length--)
            if (names.IsKnown(text[..length])) return length;
        return 0;
    }

    /// <summary>A name that the list lacks, complete before its numbers begin: 新苑 in 甲街新苑3栋.</summary>
    private bool LooksLikeAName(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && text[end] is not ('-' or '#') && Numerals.Read(text[end..], habits.Labels, out _, out _) == 0) end++;
        return end > NameMin && habits.Kinds.MatchEnd(text[..end], out _) is > 0 and var kind && kind < end;
    }

    private static WordList<string> Stems(IReadOnlyList<Place> places, WordList<bool> endings) =>
        new(places.Select(place => (Stem(place.Name, endings), place.Name))
        .Where(place => place.Item1.Length >= NameMin));

    private static string Stem(string name, WordList<bool> endings)
    {
        for (var i = NameMin; i < name.Length; i++)
            if (endings.Match(name.AsSpan(i), out _) == name.Length - i) return name[..i];
        return name;
    }
}
