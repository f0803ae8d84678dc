namespace Legwork.Places.Addresses;

/// <summary>
/// Gives each number its part of the door. Words decide where there are words; numbers without them fill the parts that are still
/// open between their neighbours, coarse to fine.
/// </summary>
internal static class Reading
{
    // Rooms carry their floor: what has three digits or more is a room before it is a building.
    private const long RoomMin = 100;

    // What is higher than any house is no floor that could be written before a room.
    private const long StoreysMax = 200;

    public static Door Of(NameKind kind, in Items items, int count)
    {
        Door door = default;
        var inVillage = IsVillage(kind, items, count);
        var hasLane = false;
        for (var i = 0; i < count;)
        {
            if (items[i].Unit == Unit.None)
            {
                var run = i;
                while (run < count && items[run].Unit == Unit.None) run++;
                FillBare(ref door, kind, inVillage, items, i, run, count);
                i = run;
            }
            else
            {
                hasLane |= items[i].Unit == Unit.Lane;
                Place(ref door, kind, inVillage, items, i, count);
                i++;
            }
        }
        Settle(ref door, kind, hasLane);
        SettleStorey(ref door);
        return door;
    }

    /// <summary>One door, one reading, in whatever order its words stood.</summary>
    private static void Settle(ref Door door, NameKind kind, bool hasLane)
    {
        if (hasLane && !door.NamesADwelling && !door.Has(Slot.Building)) Move(ref door, Slot.Alley, Slot.Number);
        var isBuilding = door.Has(Slot.Building) || door.Has(Slot.Entrance) || door.Has(Slot.Room);
        if (!isBuilding && !door.Has(Slot.Household) && (kind == NameKind.Village || door.Has(Slot.Group)))
            Move(ref door, Slot.Number, Slot.Household);
        var hasInside = door.Has(Slot.Entrance) || door.Has(Slot.Room) || door.Has(Slot.Storey)
            || (door.Has(Slot.Household) && !door.Has(Slot.Group));
        if (kind != NameKind.Road && hasInside && !door.Has(Slot.Building)) Move(ref door, Slot.Number, Slot.Building);
        // In a building a household is a room.
        if (IsInside(door)) Move(ref door, Slot.Household, Slot.Room);
    }

    /// <summary>3楼302 says its floor twice; 3楼2号 is room 302, and not 5楼2号. A floor with nothing finer stays part of the door.</summary>
    private static void SettleStorey(ref Door door)
    {
        var (storey, room) = (door[Slot.Storey], door[Slot.Room]);
        if (storey == 0 || !Number.HasDigits(storey) || !Number.HasDigits(room) || Number.Digits(storey) >= StoreysMax) return;
        door[Slot.Storey] = 0;
        if (Number.Digits(room) is > 0 and < RoomMin)
            door[Slot.Room] = Number.WithDigits(room, Number.Digits(storey) * RoomMin + Number.Digits(room));
    }

    private static void Move(ref Door door, Slot from, Slot to)
    {
        var value = door[from];
        door[from] = 0;
        if (value != 0) Set(ref door, to, value);
    }

    /// <summary>Groups and households, unless the text speaks of buildings or of three numbers in a row.</summary>
    private static bool IsVillage(NameKind kind, in Items items, int count)
    {
        var bare = 0;
        for (var i = 0; i < count; i++)
        {
            var unit = items[i].Unit;
            if (unit is Unit.Building or Unit.Entrance or Unit.Room) return false;
            if (unit == Unit.Group) return true;
            if (unit == Unit.None) bare++;
        }
        return kind == NameKind.Village && bare <= 2;
    }

    private static void Place(ref Door door, NameKind kind, bool inVillage, in Items items, int i, int count)
    {
        var (value, unit) = items[i];
        var next = i + 1 < count ? items[i + 1].Unit : (Unit?)null;
        switch (unit)
        {
            case Unit.Phase: Set(ref door, Slot.Phase, value); break;
            case Unit.Zone: Set(ref door, Slot.Zone, value); break;
            case Unit.Alley or Unit.Lane: Set(ref door, Slot.Alley, value); break;
            case Unit.Building: Set(ref door, Slot.Building, value); break;
            case Unit.Storey:
                if (!door.Has(Slot.Building) && next is Unit.Entrance) door[Slot.Building] = value;
                else Set(ref door, Slot.Storey, value);
                break;
            case Unit.Entrance: Set(ref door, Slot.Entrance, value); break;
            case Unit.Room: Set(ref door, Slot.Room, value); break;
            case Unit.Group: Set(ref door, Slot.Group, value); break;
            case Unit.Household: Set(ref door, IsInside(door) ? Slot.Room : Slot.Household, value); break;
            case Unit.Sub: Set(ref door, Slot.Sub, value); break;
            default: Set(ref door, SlotOfNumber(door, kind, inVillage, items, i, count), value); break;
        }
    }

    /// <summary>号 and #: a household in a village, a house on a road, a building in an estate when something finer follows.</summary>
    private static Slot SlotOfNumber(in Door door, NameKind kind, bool inVillage, in Items items, int i, int count)
    {
        if (inVillage) return Slot.Household;
        if (IsInside(door)) return Slot.Room;
        if (kind == NameKind.Road && !door.Has(Slot.Number)) return Slot.Number;
        var finer = false;
        for (var j = i + 1; j < count; j++)
        {
            if (items[j].Unit is Unit.Building or Unit.Zone or Unit.Phase) return Slot.Number;
            finer |= items[j].Unit != Unit.Sub;
        }
        return finer ? Slot.Building : Slot.Number;
    }

    private static bool IsInside(in Door door) => door.Has(Slot.Building) || door.Has(Slot.Entrance) || door.Has(Slot.Storey);

    private static void FillBare(ref Door door, NameKind kind, bool inVillage, in Items items, int from, int to, int count)
    {
        var bound = to < count ? items[to].Unit : (Unit?)null;
        if (inVillage)
        {
            FillVillage(ref door, items, from, to, bound);
            return;
        }
        if (door.Has(Slot.Storey) && from + 1 == to)
        {
            Set(ref door, Slot.Room, items[from].Value);
            return;
        }
        if (kind == NameKind.Road && !door.Has(Slot.Number) && !door.Has(Slot.Zone) && !door.Has(Slot.Building))
        {
            // 56-3号: the word stands behind both, the first is the house.
            door[Slot.Number] = items[from].Value;
            if (++from == to) return;
        }
        var first = door.Has(Slot.Entrance) ? Slot.Room
            : door.Has(Slot.Building) ? Slot.Entrance
            : door.Has(Slot.Zone) || door.Has(Slot.Number) ? Slot.Building : Slot.Zone;
        var last = bound switch
        {
            Unit.Building or Unit.Hash => Slot.Zone,
            Unit.Entrance => Slot.Building,
            Unit.Room => Slot.Entrance,
            Unit.Zone or Unit.Phase => Slot.Phase,
            Unit.Number or Unit.Household when to + 1 == count => Slot.Entrance,
            Unit.Storey => Slot.Entrance,
            _ => Slot.Room,
        };
        FillEstate(ref door, items, from, to, first, last);
    }

    private static void FillVillage(ref Door door, in Items items, int from, int to, Unit? bound)
    {
        var numbers = to - from;
        if (!door.Has(Slot.Group) && (numbers > 1 || bound is Unit.Household or Unit.Number or Unit.Hash) && bound != Unit.Group)
        {
            door[Slot.Group] = items[from++].Value;
            numbers--;
        }
        if (numbers > 0) Set(ref door, Slot.Household, items[from++].Value);
        if (from < to) Set(ref door, Slot.Sub, items[from].Value);
    }

    private static void FillEstate(ref Door door, in Items items, int from, int to, Slot first, Slot last)
    {
        var numbers = to - from;
        if (numbers == 1 && last == Slot.Room && first <= Slot.Building && !IsRoom(items[from]))
        {
            Set(ref door, door.Has(Slot.Zone) ? Slot.Building : Slot.Number, items[from].Value);
            return;
        }
        // A fourth number that is smaller than a room cuts a door from it: 1-2-101-3.
        if (numbers == 4 && last == Slot.Room && IsRoom(items[from + 2]) && !IsRoom(items[from + 3])) first = Slot.Building;
        var parts = Parts(first, last, numbers);
        for (var i = 0; i < numbers; i++) Set(ref door, i < parts.Length ? parts[i] : Slot.Sub, items[from + i].Value);
    }

    /// <summary>Which parts so many numbers fill: with fewer than are open, the zone is left out first, then the entrance.</summary>
    private static ReadOnlySpan<Slot> Parts(Slot first, Slot last, int numbers)
    {
        ReadOnlySpan<Slot> open = [Slot.Zone, Slot.Building, Slot.Entrance, Slot.Room];
        if (last == Slot.Phase) return [Slot.Phase];
        // 2单元101-1室: the first is the room, the word's own number cuts a door from it.
        if (last < first) return [Slot.Room];
        open = open[(first - Slot.Zone)..(last - Slot.Zone + 1)];
        if (numbers < open.Length && first == Slot.Zone) open = open[1..];
        if (numbers >= open.Length) return open;
        if (last != Slot.Room) return open[..numbers];
        return numbers == 1 ? [Slot.Room] : [Slot.Building, Slot.Room];
    }

    private static bool IsRoom(Item item) => Number.Digits(item.Value) >= RoomMin;

    /// <summary>A part named twice keeps the first; a house, household or room cut in two (19-1户) keeps both.</summary>
    private static void Set(ref Door door, Slot slot, long value)
    {
        if (!door.Has(slot)) door[slot] = value;
        else if (slot is Slot.Number or Slot.Household or Slot.Room && !door.Has(Slot.Sub)) door[Slot.Sub] = value;
    }
}
