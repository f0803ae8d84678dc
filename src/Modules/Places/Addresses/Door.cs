using System.Runtime.CompilerServices;

namespace Legwork.Places.Addresses;

/// <summary>One value a <see cref="Slot"/>; 0 is absent. Values are packed by <see cref="Number"/>.</summary>
[InlineArray(Count)]
internal struct Door : IEquatable<Door>
{
    public const int Count = 11;

    private long first;

    public long this[Slot slot]
    {
        readonly get => this[(int)slot];
        set => this[(int)slot] = value;
    }

    public readonly bool Has(Slot slot) => this[(int)slot] != 0;

    /// <summary>Whether the finest part is there: a room, a household or a house number.</summary>
    public readonly bool NamesADwelling => Has(Slot.Room) || Has(Slot.Household) || Has(Slot.Number);

    public readonly bool IsEmpty
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (this[i] != 0) return false;
            }
            return true;
        }
    }

    /// <summary>Whether no part that both state differs. What only one of them states is left open.</summary>
    public readonly bool Agrees(in Door other)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] != other[i] && this[i] != 0 && other[i] != 0) return false;
        }
        return true;
    }

    public readonly bool Equals(Door other)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] != other[i]) return false;
        }
        return true;
    }

    public override readonly bool Equals(object? obj) => obj is Door other && Equals(other);

    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Count; i++) hash.Add(this[i]);
        return hash.ToHashCode();
    }
}

/// <summary>
/// A number as doors carry it — 12, 12A, A3, 东 — packed into one long: digits above bit 17, then the letter in front, then the
/// letter behind, and bit 0 set so that 0 means absent. Letters are positions in the habits' list of labels.
/// </summary>
internal static class Number
{
    public const long DigitsMax = 9_999_999;

    public static long Of(long digits, int before = 0, int behind = 0, bool hasDigits = true) =>
        (((digits + (hasDigits ? 1 : 0)) << 17) | ((long)before << 9) | ((long)behind << 1) | 1L);

    /// <summary>The same letters around other digits.</summary>
    public static long WithDigits(long packed, long digits) => Of(digits, (int)(packed >> 9) & 0xff, (int)(packed >> 1) & 0xff);

    public static long Digits(long packed) => (packed >> 17) - 1;

    public static bool HasDigits(long packed) => packed >> 17 > 0;

    public static int Write(long packed, string labels, Span<char> to)
    {
        var written = 0;
        var before = (int)(packed >> 9) & 0xff;
        var behind = (int)(packed >> 1) & 0xff;
        if (before > 0) to[written++] = labels[before - 1];
        if (HasDigits(packed))
        {
            Digits(packed).TryFormat(to[written..], out var length, default, System.Globalization.CultureInfo.InvariantCulture);
            written += length;
        }
        if (behind > 0) to[written++] = labels[behind - 1];
        return written;
    }
}
