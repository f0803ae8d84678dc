using System.Buffers;
using System.Globalization;
using System.Text;

namespace Legwork.Registers;

/// <summary>
/// Characters that print nothing, by Unicode's properties: format characters (Cf) and those that a display may ignore (default-ignorable,
/// DerivedCoreProperties.txt). Programs leave them in cells; nobody sees them, and two cells that differ by one look the same.
/// </summary>
internal static class Unseen
{
    // Default-ignorable characters of the basic plane whose category is another than Cf; from variation selectors to Hangul's fillers.
    private static readonly (char From, char To)[] Ignorable =
    [
        ('\u034f', '\u034f'), ('\u115f', '\u1160'), ('\u17b4', '\u17b5'), ('\u180b', '\u180f'), ('\u2060', '\u206f'), ('\u3164', '\u3164'),
        ('\ufe00', '\ufe0f'), ('\uffa0', '\uffa0'), ('\ufff0', '\ufffb'),
    ];

    private static readonly SearchValues<char> Suspects =
        SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(IsSuspect)]);

    /// <summary>Nothing to see: white space, a control character or a mark that prints nothing.</summary>
    public static bool IsBlank(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || (c >= '\u00ad' && Suspects.Contains(c) && !char.IsSurrogate(c));

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && First(text) is > 0 and var more) text = text[more..];
        while (!text.IsEmpty && Last(text) is > 0 and var less) text = text[..^less];
        return text;
    }

    /// <summary>The text without any of them.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> text) => text.ContainsAny(Suspects) ? Sifted(text, keepJoiners: false) : text;

    /// <summary>
    /// The text without any of them but those that shape a word: joiners and selectors between letters of scripts that are written joined
    /// (Arabic, Indic, Mongolian). Between Han or Tibetan letters they are leftovers too.
    /// </summary>
    public static ReadOnlySpan<char> WithoutLeftovers(ReadOnlySpan<char> text) => text.ContainsAny(Suspects) ? Sifted(text, keepJoiners: true) : text;

    private static string Sifted(ReadOnlySpan<char> text, bool keepJoiners)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var width = Width(text[i..]);
            if (width == 0 || (keepJoiners && Joins(text[i]) && i > 0 && i + 1 < text.Length && IsJoined(text[i - 1]) && IsJoined(text[i + 1])))
                kept.Append(text[i++]);
            else
                i += width;
        }
        return kept.ToString();
    }

    private static int First(ReadOnlySpan<char> text) => IsBlank(text[0]) ? 1 : Width(text);

    private static int Last(ReadOnlySpan<char> text) =>
        IsBlank(text[^1]) ? 1 : text.Length > 1 && char.IsLowSurrogate(text[^1]) && Width(text[^2..]) == 2 ? 2 : 0;

    /// <summary>How many chars the mark at the text's beginning takes; 0 when something is printed there.</summary>
    private static int Width(ReadOnlySpan<char> text)
    {
        if (!Suspects.Contains(text[0])) return 0;
        if (!char.IsSurrogate(text[0])) return 1;
        return Rune.DecodeFromUtf16(text, out var rune, out var width) == OperationStatus.Done
            && (rune.Value is >= 0xE0000 and <= 0xE0FFF || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) ? width : 0;
    }

    // Tags, selectors of Han variants, shorthand and music: their leading halves.
    private static bool IsSuspect(char c) => c is (>= '\udb40' and <= '\udb43') or '\ud82f' or '\ud834'
        || char.GetUnicodeCategory(c) == UnicodeCategory.Format || Array.Exists(Ignorable, range => c >= range.From && c <= range.To);

    private static bool Joins(char c) => c is '\u200c' or '\u200d' or (>= '\u180b' and <= '\u180f');

    private static bool IsJoined(char c) => c is (>= '\u0600' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u18af');
}
