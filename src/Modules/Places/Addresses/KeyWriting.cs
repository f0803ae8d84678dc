namespace Legwork.Places.Addresses;

/// <summary>Writes a door the one way: 3区1-2-101, 56号附3号, 4组19户. What it writes reads back as the same door.</summary>
internal static class KeyWriting
{
    public const int DoorMax = 96;

    public static int Door(in Door door, NameKind kind, string labels, Span<char> to)
    {
        var writer = new Writer(labels, to);
        writer.Part(door[Slot.Alley], "巷");
        writer.Part(door[Slot.Number], "号");
        if (door.Has(Slot.Number) && !door.Has(Slot.Room) && !door.Has(Slot.Household)) writer.Sub(door[Slot.Sub]);
        writer.Part(door[Slot.Phase], "期");
        writer.Part(door[Slot.Zone], "区");
        // Without words only where an estate's three numbers can be read no other way.
        if (kind == NameKind.Estate && door.Has(Slot.Building) && door.Has(Slot.Entrance) && door.Has(Slot.Room)
            && !door.Has(Slot.Number) && !door.Has(Slot.Group) && !door.Has(Slot.Storey))
        {
            writer.Part(door[Slot.Building], "-");
            writer.Part(door[Slot.Entrance], "-");
            writer.Part(door[Slot.Room], "");
        }
        else
        {
            writer.Part(door[Slot.Building], "栋");
            writer.Part(door[Slot.Entrance], "单元");
            writer.Part(door[Slot.Storey], "层");
            writer.Part(door[Slot.Room], "室");
        }
        writer.Part(door[Slot.Group], "组");
        writer.Part(door[Slot.Household], "户");
        if (!door.Has(Slot.Number) || door.Has(Slot.Room) || door.Has(Slot.Household)) writer.Sub(door[Slot.Sub]);
        return writer.Written;
    }

    /// <summary>The key within a street: name, door, and what of the rest tells doors apart.</summary>
    public static int Key(in AddressScan scan, string labels, Span<char> to)
    {
        var written = 0;
        Append(scan.Name, to, ref written);
        written += Door(scan.Door, scan.Kind, labels, to[written..]);
        if (scan.RestMatters || written == 0) Append(scan.Rest, to, ref written);
        return written;
    }

    private static void Append(ReadOnlySpan<char> text, Span<char> to, ref int written)
    {
        text.CopyTo(to[written..]);
        written += text.Length;
    }

    private ref struct Writer(string labels, Span<char> to)
    {
        private readonly Span<char> to = to;

        public int Written { get; private set; }

        public void Part(long value, ReadOnlySpan<char> unit)
        {
            if (value == 0) return;
            Written += Number.Write(value, labels, to[Written..]);
            unit.CopyTo(to[Written..]);
            Written += unit.Length;
        }

        public void Sub(long value)
        {
            if (value == 0) return;
            to[Written++] = '附';
            Part(value, "号");
        }
    }
}
