using System.Text;
using Legwork.Kernel;

namespace Legwork.Linking;

/// <summary>The closed set of ways in which a column is derived from others. Each is a pure function of the texts.</summary>
public static class Transforms
{
    public static readonly IReadOnlyList<string> Names =
        ["slice", "whole", "digits", "sorted_digits", "sorted_words", "letters", "sorted", "joined", "either", "first_word", "last_word", "soundex",
            "no_spaces", "unless_ends", "before_end", "part", "unless_like", "unless_same", "fuller", "pinyin", "pinyin_folded", "syllables", "heard",
            "resident_number", "other_paper"];

    internal static string Apply(Derivation derivation, ReadOnlySpan<string> texts)
    {
        var text = texts[0];
        return derivation.As switch
        {
            "slice" => Slice(text, derivation.From, derivation.Length),
            "whole" => text.Length == derivation.Length ? text : "",
            "digits" => Keep(text, char.IsAsciiDigit),
            "sorted_digits" => new string([.. text.Where(char.IsAsciiDigit).Order()]),
            "sorted_words" => string.Join(' ', text.Split(' ').Order(StringComparer.Ordinal)),
            "letters" => Keep(text, char.IsLetter),
            "no_spaces" => Keep(text, c => !char.IsWhiteSpace(c)),
            "first_word" => Slice(text.Split(' ')[0], derivation.From, derivation.Length),
            "last_word" => Slice(text.Split(' ')[^1], derivation.From, derivation.Length),
            "soundex" => Soundex(text),
            "unless_ends" => Ending(text, derivation) is null ? text : "",
            "before_end" => Ending(text, derivation) is { } end ? text[..^end.Length] : "",
            "part" => Part(text, derivation),
            "unless_like" => derivation.Table!.Like(texts[0], texts[1]) ? "" : text,
            "unless_same" => derivation.Table!.Fold(texts[0]) == derivation.Table.Fold(texts[1]) ? "" : text,
            "fuller" => text.Length > 0 && texts[1].Length > text.Length && derivation.Table!.Like(texts[0], texts[1]) ? texts[1] : text,
            "resident_number" => Form(text) is NumberForm.Valid or NumberForm.Damaged ? text : "",
            "other_paper" => Form(text) == NumberForm.OtherPaper ? text : "",
            "pinyin" => Pinyin.Key(text),
            "pinyin_folded" => Pinyin.Folded(text),
            "syllables" => derivation.Table!.Fold(text),
            "heard" => derivation.Table!.Heard(text),
            "either" => texts.ToArray().FirstOrDefault(t => t.Length > 0) ?? "",
            "sorted" => Combine(texts, derivation, sort: true),
            "joined" => Combine(texts, derivation, sort: false),
            _ => throw new InvalidOperationException($"no transform {derivation.As}"),
        };
    }

    /// <summary>Lower case and half-width, inner spaces single; the raw text stays with the caller.</summary>
    internal static string FoldCase(string text)
    {
        var plain = true;
        foreach (var c in text)
        {
            // Unified ideographs have no other form and no case; to ask ICU for each of them would be half of reading a table.
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '\'' or '|' or '/' or (>= '\u4e00' and <= '\u9fff')) continue;
            plain = false;
            break;
        }

        if (plain) return text;
        var folded = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return folded.Contains("  ") ? string.Join(' ', folded.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : folded;
    }

    /// <summary>American Soundex (National Archives): a letter and three digits, h and w transparent.</summary>
    public static string Soundex(string text)
    {
        const string codes = "01230120022455012623010202";
        Span<char> code = ['0', '0', '0', '0'];
        var n = 0;
        var last = '0';
        foreach (var raw in text)
        {
            var c = char.ToLowerInvariant(raw);
            if (c is < 'a' or > 'z') continue;
            var digit = codes[c - 'a'];
            if (n == 0) code[n++] = c;
            else if (digit != '0' && digit != last) code[n++] = digit;
            if (c is not ('h' or 'w')) last = digit;
            if (n == 4) break;
        }

        return n == 0 ? "" : code.ToString();
    }

    /// <summary>The part with number <c>from</c> of a text cut at the first of the words; missing when it is not cut so often.</summary>
    private static string Part(string text, Derivation derivation)
    {
        var parts = text.Split(derivation.Words[0]);
        return derivation.From < parts.Length ? parts[derivation.From] : "";
    }

    private static NumberForm Form(string text) => ResidentNumber.FormOf(ResidentNumber.Normalise(text));

    private static string? Ending(string text, Derivation derivation) =>
        derivation.Words.FirstOrDefault(w => text.EndsWith(w, StringComparison.Ordinal));

    private static string Slice(string text, int from, int length)
    {
        var start = from < 0 ? Math.Max(0, text.Length + from) : Math.Min(from, text.Length);
        return text.Substring(start, Math.Min(length, text.Length - start));
    }

    private static string Keep(string text, Func<char, bool> wanted)
    {
        foreach (var c in text)
            if (!wanted(c)) return new string([.. text.Where(wanted)]);
        return text;
    }

    /// <summary>Missing when any part is missing: half a key would bring strangers together.</summary>
    private static string Combine(ReadOnlySpan<string> texts, Derivation derivation, bool sort)
    {
        var parts = new string[texts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (texts[i].Length == 0) return "";
            parts[i] = Slice(texts[i], derivation.From, derivation.Length);
        }

        if (sort) Array.Sort(parts, StringComparer.Ordinal);
        return string.Join('|', parts);
    }
}
