using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Places.Addresses;

/// <summary>The dwellings of a district by what texts say of them: key within a street, name, door. Immutable.</summary>
internal sealed class DwellingIndex
{
    private readonly Dictionary<string, int> firstByLocalKey = new(StringComparer.Ordinal);
    private readonly int[] nextWithLocalKey;
    private readonly Door[] doors;

    public DwellingIndex(AddressParser parser, IReadOnlyList<Dwelling> dwellings, IEnumerable<KeyValuePair<string, string>> nicknames,
        IReadOnlyList<string> streetStems)
    {
        Dwellings = dwellings;
        nextWithLocalKey = new int[dwellings.Count];
        doors = new Door[dwellings.Count];
        Streets = new string[dwellings.Count];
        var byName = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        Span<char> scratch = stackalloc char[AddressScan.ScratchMax];
        for (var i = 0; i < dwellings.Count; i++)
        {
            var key = dwellings[i].Key;
            var slash = key.IndexOf('/');
            Streets[i] = string.Intern(key[..slash]);
            var local = key[(slash + 1)..];
            nextWithLocalKey[i] = firstByLocalKey.TryGetValue(local, out var other) ? other : -1;
            firstByLocalKey[local] = i;
            var scan = new AddressScan(parser.Habits, AddressParser.Cut(local), scratch);
            doors[i] = scan.Door;
            var name = scan.Name.ToString();
            if (!byName.TryGetValue(name, out var of)) byName.Add(name, of = []);
            of.Add(i);
        }
        Names = new NameIndex(parser.Habits, byName, nicknames, streetStems);
        Order = WalkingOrder();
    }

    public IReadOnlyList<Dwelling> Dwellings { get; }

    public string[] Streets { get; }

    public NameIndex Names { get; }

    /// <summary>Each dwelling's place in its grid's walking order, from 1: by road or estate, then by number.</summary>
    public int[] Order { get; }

    public ref readonly Door DoorOf(int dwelling) => ref doors[dwelling];

    /// <summary>The dwellings whose key within their street is this one, one a street at most.</summary>
    public void WithLocalKey(ReadOnlySpan<char> key, ref Found found)
    {
        if (!firstByLocalKey.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var i)) return;
        for (; i >= 0; i = nextWithLocalKey[i]) found.Add(i);
    }

    /// <summary>
    /// The dwellings of these names whose door is the one asked for, parts that only one side states left open; of a name that has the
    /// door in every part, only that one.
    /// </summary>
    public void WithDoor(ReadOnlySpan<int> names, in Door asked, ref Found found)
    {
        foreach (var name in names)
        {
            var loose = found;
            var before = found.Count;
            foreach (var i in Names.DwellingsOf(name))
            {
                ref readonly var known = ref doors[i];
                if (known.Equals(asked)) found.Add(i);
                else if (IsSameDoor(asked, known)) loose.Add(i);
            }
            if (found.Count == before) found = loose;
        }
    }

    /// <summary>Keys of the dwellings in <paramref name="street"/> (empty: in any) that have one of these names and
    /// agree with the door's parts.</summary>
    public IReadOnlyList<string> KeysOf(ReadOnlySpan<int> names, in Door asked, string street)
    {
        var keys = new List<string>();
        foreach (var name in names)
        {
            foreach (var i in Names.DwellingsOf(name))
            {
                if (asked.Agrees(doors[i]) && (street.Length == 0 || Streets[i] == street)) keys.Add(Dwellings[i].Key);
            }
        }
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    /// <summary>Whether the finest part is stated by both and the same, and nothing both state differs.</summary>
    private static bool IsSameDoor(in Door asked, in Door known)
    {
        if (asked[Slot.Sub] != known[Slot.Sub]) return false;
        if (asked.Has(Slot.Room)) return asked[Slot.Room] == known[Slot.Room] && asked.Agrees(known);
        if (asked.Has(Slot.Household))
            return asked[Slot.Household] == known[Slot.Household]
                ? asked.Agrees(known) : !asked.Has(Slot.Group) && IsOnlyNumber(known, asked[Slot.Household], Slot.Number);
        var number = asked[Slot.Number];
        if (number == 0) return false;
        if (known.Has(Slot.Number)) return number == known[Slot.Number] && !known.Has(Slot.Room) && asked.Agrees(known);
        // 5号 for a building or household that is a dwelling by itself.
        return IsOnlyNumber(known, number, Slot.Household) || IsOnlyNumber(known, number, Slot.Building);
    }

    private static bool IsOnlyNumber(in Door known, long number, Slot slot)
    {
        if (known[slot] != number) return false;
        for (var i = 0; i < Door.Count; i++)
        {
            if (known[i] != 0 && (Slot)i != slot) return false;
        }
        return true;
    }

    /// <summary>
    /// The one grid of all dwellings in <paramref name="within"/>, everywhere when it is null, that have one of these names and agree with the
    /// door's coarse parts; for a house number between two known ones, the grid of both neighbours.
    /// </summary>
    public string? GridOfDoor(ReadOnlySpan<int> names, in Door asked, Scope? within)
    {
        var coarse = asked;
        coarse[Slot.Number] = coarse[Slot.Room] = coarse[Slot.Household] = coarse[Slot.Sub] = coarse[Slot.Entrance] = coarse[Slot.Storey] = 0;
        var (grid, fitting) = OneGrid(names, coarse, asked[Slot.Number], within);
        if (fitting > 0 || !coarse.Has(Slot.Building)) return grid;
        coarse[Slot.Building] = 0;
        return OneGrid(names, coarse, 0, within).Grid;
    }

    private (string? Grid, int Fitting) OneGrid(ReadOnlySpan<int> names, in Door coarse, long number, Scope? within)
    {
        string? grid = null;
        var (fitting, several, below, above) = (0, false, -1, -1);
        foreach (var name in names)
        {
            foreach (var i in Names.DwellingsOf(name))
            {
                if (within is { } place && !place.Covers(Dwellings[i].Grid) || !coarse.Agrees(doors[i])) continue;
                fitting++;
                several |= grid is not null && grid != Dwellings[i].Grid;
                grid = Dwellings[i].Grid;
                var known = doors[i][Slot.Number];
                if (known == 0 || number == 0) continue;
                if (known <= number && (below < 0 || known > doors[below][Slot.Number])) below = i;
                if (known >= number && (above < 0 || known < doors[above][Slot.Number])) above = i;
            }
        }
        if (!several) return (grid, fitting);
        return (below >= 0 && above >= 0 && Dwellings[below].Grid == Dwellings[above].Grid ? Dwellings[below].Grid : null, fitting);
    }

    private int[] WalkingOrder()
    {
        var order = new int[Dwellings.Count];
        var sorted = Enumerable.Range(0, order.Length).OrderBy(i => Dwellings[i].Grid, StringComparer.Ordinal)
            .ThenBy(i => Names.NameOf(i), StringComparer.Ordinal).ThenBy(i => i, Comparer<int>.Create(CompareDoors)).ToList();
        for (var k = 0; k < sorted.Count; k++)
            order[sorted[k]] = k > 0 && Dwellings[sorted[k]].Grid == Dwellings[sorted[k - 1]].Grid ? order[sorted[k - 1]] + 1 : 1;
        return order;
    }

    private int CompareDoors(int left, int right)
    {
        for (var slot = 0; slot < Door.Count; slot++)
        {
            var compared = doors[left][slot].CompareTo(doors[right][slot]);
            if (compared != 0) return compared;
        }
        return left.CompareTo(right);
    }
}

/// <summary>The dwellings found so far: how many, and the first of them.</summary>
internal struct Found
{
    public const int Kept = 64;

    private FoundItems items;

    /// <summary>May be more than are kept.</summary>
    public int Count { get; private set; }

    public readonly int this[int i] => items[i];

    public readonly int KeptCount => Math.Min(Count, Kept);

    public void Add(int dwelling)
    {
        if (Count < Kept) items[Count] = dwelling;
        Count++;
    }

    [System.Runtime.CompilerServices.InlineArray(Kept)]
    private struct FoundItems
    {
        private int first;
    }
}
