namespace Legwork.Places.Addresses;

/// <summary>
/// Free text → the parts of an address and a key that does not depend on who wrote it. Pure and safe for many threads; about a
/// microsecond a text, linear in its length.
/// </summary>
internal sealed class AddressParser(AddressHabits habits)
{
    public AddressHabits Habits => habits;

    /// <summary>The places of a district by which streets are read; null before there are any.</summary>
    internal KnownPlaces? Known { get; init; }

    /// <summary>Never fails: what cannot be read is in <see cref="ParsedAddress.Rest"/>.</summary>
    public ParsedAddress Parse(ReadOnlySpan<char> text)
    {
        text = Cut(text);
        Span<char> folded = stackalloc char[AddressScan.TextMax];
        Span<char> scratch = stackalloc char[AddressScan.ScratchMax];
        Span<char> key = stackalloc char[AddressScan.ScratchMax];
        var length = Folding.Fold(habits, text, folded, out var note);
        if (length == 0) return ParsedAddress.Empty;
        var scan = new AddressScan(habits, folded[..length], scratch, Known);
        var door = scan.Door;
        return new ParsedAddress(
            Text(scan.Street), Text(scan.Community), Text(scan.Name), scan.Kind, Text(scan.Along),
            Text(door[Slot.Phase]), Text(door[Slot.Zone]), Text(door[Slot.Building]), Text(door[Slot.Entrance]), Text(door[Slot.Room]),
            Text(door[Slot.Group]), Text(door[Slot.Household]), Text(door[Slot.Alley]), Text(door[Slot.Number]), Text(door[Slot.Sub]),
            note.IsEmpty ? Text(scan.Rest) : string.Concat(scan.Rest, note),
            new string(key[..KeyWriting.Key(scan, habits.Labels, key)]), scan.Outside, !scan.Outside && door.NamesADwelling && !scan.RestMatters);
    }

    /// <summary>The key alone, written to <paramref name="to"/> (at least 640 long), without allocating.</summary>
    /// <returns>Characters written.</returns>
    public int WriteKey(ReadOnlySpan<char> text, Span<char> to)
    {
        text = Cut(text);
        Span<char> folded = stackalloc char[AddressScan.TextMax];
        Span<char> scratch = stackalloc char[AddressScan.ScratchMax];
        var length = Folding.Fold(habits, text, folded, out _);
        var scan = new AddressScan(habits, folded[..length], scratch, Known);
        return KeyWriting.Key(scan, habits.Labels, to);
    }

    /// <summary>Longer texts are no addresses; their beginning is read.</summary>
    internal static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text) => text.Length > AddressScan.TextMax ? text[..AddressScan.TextMax] : text;

    private static string? Text(ReadOnlySpan<char> part) => part.IsEmpty ? null : new string(part);

    private string? Text(long value)
    {
        if (value == 0) return null;
        Span<char> text = stackalloc char[16];
        return new string(text[..Number.Write(value, habits.Labels, text)]);
    }
}
