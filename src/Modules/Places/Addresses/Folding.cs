namespace Legwork.Places.Addresses;

/// <summary>The first look at a text: one writing for each character, no spaces, no remarks in brackets.</summary>
internal static class Folding
{
    private const string Opening = "([{【〔〖<〈「『";
    private const string Closing = ")]}】〕〗>〉」』";
    private const int PartInBracketsMax = 5;

    /// <param name="to">At least as long as <paramref name="text"/>.</param>
    /// <param name="note">The first remark in brackets, as it was written.</param>
    /// <returns>Characters written.</returns>
    public static int Fold(AddressHabits habits, ReadOnlySpan<char> text, Span<char> to, out ReadOnlySpan<char> note)
    {
        note = default;
        var table = habits.Folded;
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = table[text[i]];
            if (c >= '\u4e00' && c != '一')
            {
                to[length++] = c;
            }
            else if (c == AddressHabits.Dropped || IsClosing(c))
            {
                continue;
            }
            else if (c == ' ')
            {
                if (StandsBetweenNumbers(table, text, i, to[..length])) to[length++] = AddressHabits.Dash;
            }
            else if (c is '#' or 'N' && NumberMark(table, text, i, to[..length]) is > 0 and var mark)
            {
                to[length++] = AddressHabits.Dash;
                i += mark - 1;
            }
            else if (c == '一')
            {
                // 1一2一101: typed for a dash, since nobody mixes the two kinds of digits in one number this way.
                var dash = length > 0 && char.IsAsciiDigit(to[length - 1]) && i + 1 < text.Length && char.IsAsciiDigit(table[text[i + 1]]);
                to[length++] = dash ? AddressHabits.Dash : c;
            }
            else if (Opening.Contains(c))
            {
                var end = EndOfBracket(table, text, i + 1);
                var inner = text[(i + 1)..end];
                if (IsPart(habits, inner)) continue;
                if (note.IsEmpty) note = inner;
                i = end;
            }
            else
            {
                to[length++] = c;
            }
        }
        return length;
    }

    /// <summary>No.71, № 71 and #71 behind a name: the mark says that a number follows. 3#2 and 3#楼 say something of the number before.</summary>
    /// <returns>Characters up to the number; 0 when there is no such mark.</returns>
    private static int NumberMark(char[] table, ReadOnlySpan<char> text, int at, ReadOnlySpan<char> before)
    {
        if (before.IsEmpty || char.IsAsciiLetterOrDigit(before[^1])) return 0;
        var i = at + 1;
        if (table[text[at]] == 'N' && (i == text.Length || table[text[i++]] != 'O')) return 0;
        while (i < text.Length && table[text[i]] is AddressHabits.Dash or ' ' or AddressHabits.Dropped) i++;
        return i < text.Length && char.IsAsciiDigit(table[text[i]]) ? i - at : 0;
    }

    private static bool IsClosing(char c) => Closing.Contains(c);

    private static int EndOfBracket(char[] table, ReadOnlySpan<char> text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (IsClosing(table[text[i]])) return i;
        }
        return text.Length;
    }

    /// <summary>太阳小区(二期)3栋: what stands in brackets is a part of the address, not a remark.</summary>
    private static bool IsPart(AddressHabits habits, ReadOnlySpan<char> inner)
    {
        if (inner.IsEmpty || inner.Length > PartInBracketsMax) return false;
        Span<char> folded = stackalloc char[PartInBracketsMax];
        for (var i = 0; i < inner.Length; i++) folded[i] = habits.Folded[inner[i]];
        var part = folded[..inner.Length];
        var number = Numerals.Read(part, habits.Labels, out _, out _);
        if (number == 0 && habits.Labels.Contains(part[0])) number = 1;
        return number > 0 && number < part.Length && habits.Units.Match(part[number..], out _) == part.Length - number;
    }

    private static bool StandsBetweenNumbers(char[] table, ReadOnlySpan<char> text, int at, ReadOnlySpan<char> before)
    {
        if (before.IsEmpty || !char.IsAsciiLetterOrDigit(before[^1])) return false;
        while (at < text.Length && table[text[at]] == ' ') at++;
        return at < text.Length && char.IsAsciiDigit(table[text[at]]);
    }
}
