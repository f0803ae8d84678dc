namespace Legwork.Places.Addresses;

/// <summary>Numbers as addresses write them: 12, 十二, 一〇一, 廿三, 壹, 12A, A3.</summary>
internal static class Numerals
{
    // 两 is left out: it begins names of places, and nobody counts doors with it.
    private const string Digits = "零一二三四五六七八九";
    private const string FormalDigits = "零壹贰叁肆伍陆柒捌玖";

    /// <summary>The heavenly stems that count doors.</summary>
    public static bool IsStem(char c) => "甲乙丙丁戊己庚辛".Contains(c);

    public static bool IsChinese(char c) => ChineseDigit(c) >= 0 || Power(c) > 0;

    /// <summary>Reads one number at the start of <paramref name="text"/>.</summary>
    /// <param name="chinese">Whether a Chinese numeral took part, so that the caller can ask for a unit behind it (八一路 is a name).</param>
    /// <returns>Characters read; 0 when there is no number or it is longer than a door can be.</returns>
    public static int Read(ReadOnlySpan<char> text, string labels, out long packed, out bool chinese)
    {
        packed = 0;
        chinese = false;
        var start = text.Length > 1 && char.IsAsciiLetter(text[0]) && char.IsAsciiDigit(text[1]) ? 1 : 0;
        var length = start;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || IsChinese(text[length])))
        {
            // 3四组 are two numbers; only a zero joins the two kinds of digits (一0一).
            if (length > start && IsSwitch(text[length - 1], text[length])) break;
            chinese |= !char.IsAsciiDigit(text[length]);
            length++;
        }
        if (length == start || !TryValue(text[start..length], chinese, out var value)) return 0;
        var behind = 0;
        if (length < text.Length && char.IsAsciiLetter(text[length]) && (length + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[length + 1])))
            behind = labels.IndexOf(text[length]) + 1;
        // 6甲号 is 6号甲.
        else if (length + 1 < text.Length && IsStem(text[length]) && text[length + 1] == '号')
            behind = labels.IndexOf(text[length]) + 1;
        packed = Number.Of(value, start == 1 ? labels.IndexOf(text[0]) + 1 : 0, behind);
        return length + (behind > 0 ? 1 : 0);
    }

    private static bool IsSwitch(char left, char right) =>
        char.IsAsciiDigit(left) != char.IsAsciiDigit(right) && left is not ('0' or '零') && right is not ('0' or '零');

    private static bool TryValue(ReadOnlySpan<char> text, bool chinese, out long value)
    {
        value = 0;
        if (chinese && text.IndexOfAny("十百千拾佰仟廿") >= 0) return TryPositional(text, out value);
        foreach (var c in text)
        {
            value = value * 10 + (char.IsAsciiDigit(c) ? c - '0' : ChineseDigit(c));
            if (value > Number.DigitsMax) return false;
        }
        return true;
    }

    private static bool TryPositional(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        long digit = -1;
        foreach (var c in text)
        {
            var power = Power(c);
            if (power == 0)
            {
                digit = Math.Max(digit, 0) * 10 + (char.IsAsciiDigit(c) ? c - '0' : ChineseDigit(c));
            }
            else
            {
                value += c == '廿' ? 20 : (digit < 0 ? 1 : digit) * power;
                digit = -1;
            }
            if (value > Number.DigitsMax || digit > Number.DigitsMax) return false;
        }
        value += Math.Max(digit, 0);
        return value > 0;
    }

    private static int ChineseDigit(char c) => Digits.IndexOf(c) is >= 0 and var digit ? digit : FormalDigits.IndexOf(c);

    private static int Power(char c) => c switch
    {
        '十' or '拾' or '廿' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1000,
        _ => 0,
    };
}
