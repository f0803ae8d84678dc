using Legwork.Places.Addresses;
using Legwork.Places.Contracts;

namespace Legwork.Places.Queue;

/// <summary>Which dwellings a text may mean, likeliest first.</summary>
internal static class Suggest
{
    private const int NamesTried = 6;
    private const double LikenessMin = 0.3;

    public static IReadOnlyList<Dwelling> For(AddressBook book, string text, string? hint)
    {
        var found = book.Resolve(text, hint);
        var suggested = found.Candidates.Select(id => book.Find(id)!).ToList();
        var parsed = book.Parser.Parse(text);
        if (parsed.Name is null) return suggested;
        var place = book.GridIndex.PlaceOf(hint);
        var street = book.GridIndex.StreetNamed(parsed.Street) ?? (place is { Length: >= Grid.StreetDigits } ? place[..Grid.StreetDigits] : null);
        var names = Enumerable.Range(0, book.Index.Names.Count)
            .Select(name => (Name: name, Likeness: Likeness(parsed.Name, book.Index.Names[name])))
            .Where(name => name.Likeness >= LikenessMin)
            .OrderByDescending(name => name.Likeness).ThenBy(name => book.Index.Names[name.Name], StringComparer.Ordinal).Take(NamesTried);
        var likely = names.SelectMany(name => Doors(book, name.Name, parsed).Select(door => (door.Dwelling, Score: name.Likeness + door.Likeness
            + (street is not null && book.Index.Streets[door.Position] == street ? 0.5 : 0))));
        return [.. suggested.Concat(
            likely.OrderByDescending(dwelling => dwelling.Score).ThenBy(dwelling => dwelling.Dwelling.Key, StringComparer.Ordinal)
            .Select(dwelling => dwelling.Dwelling)).DistinctBy(dwelling => dwelling.Id).Take(Resolution.CandidatesMax)];
    }

    /// <summary>1 for the same text, 0 for nothing in common: edits over length, taking one character for one edit.</summary>
    internal static double Likeness(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return 1 - (double)row[right.Length] / Math.Max(Math.Max(left.Length, right.Length), 1);
    }

    private static IEnumerable<(Dwelling Dwelling, int Position, double Likeness)> Doors(AddressBook book, int name, ParsedAddress parsed)
    {
        var asked = book.DoorOf(parsed.Key);
        foreach (var position in book.Index.Names.DwellingsOf(name).ToArray())
        {
            var likeness = Likeness(asked, book.Index.DoorOf(position));
            if (likeness > 0) yield return (book.Index.Dwellings[position], position, likeness);
        }
    }

    /// <summary>The share of stated parts that are the same; nothing when the finest part differs.</summary>
    private static double Likeness(in Door asked, in Door known)
    {
        var (same, stated) = (0, 0);
        for (var i = 0; i < Door.Count; i++)
        {
            if (asked[i] == 0 && known[i] == 0) continue;
            stated++;
            if (asked[i] == known[i]) same++;
        }
        return stated == 0 || !IsSameEnd(asked, known) ? 0 : (double)same / stated;
    }

    private static bool IsSameEnd(in Door asked, in Door known)
    {
        foreach (var slot in (ReadOnlySpan<Slot>)[Slot.Room, Slot.Household, Slot.Number])
        {
            if (asked.Has(slot)) return known[slot] == asked[slot];
        }
        return false;
    }
}
