using Legwork.Linking;

namespace Legwork.People.Files;

/// <summary>
/// What a name can be found by, each as a beginning: its characters from any one on (卓嘎嘉措, 嘎嘉措, 嘉措), its pinyin from any
/// syllable on (zhuogajiacuo, gajiacuo …), the initials (zgjc), and the Tibetan syllables from any one on.
/// </summary>
internal static class NameTokens
{
    public static IEnumerable<string> Of(string name)
    {
        var folded = Fold(name);
        if (folded.Length == 0) yield break;
        if (IsTibetan(folded[0]))
        {
            var syllables = folded.Split('་', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < syllables.Length; i++) yield return string.Join('་', syllables[i..]);
            yield break;
        }
        for (var i = 0; i < Math.Max(1, folded.Length - 1); i++) yield return folded[i..];
        var pinyin = folded.Select(c => Pinyin.Of(c)).ToArray();
        if (!pinyin.All(syllable => syllable.Length > 0 && char.IsAsciiLetter(syllable[0]))) yield break;
        for (var i = 0; i < Math.Max(1, pinyin.Length - 1); i++) yield return string.Concat(pinyin[i..]);
        yield return string.Concat(pinyin.Select(syllable => syllable[0]));
    }

    /// <summary>One form for what people type: middle dots, spaces and marks go, full width becomes half, letters are lower case.</summary>
    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var n = 0;
        foreach (var c in text.IsNormalized(System.Text.NormalizationForm.FormKC) ? text : text.Normalize(System.Text.NormalizationForm.FormKC))
        {
            if (n == folded.Length) break;
            if (c is '་' or '༌') folded[n++] = '་';
            else if (IsTibetan(c) && char.IsPunctuation(c)) continue;
            else if (char.IsLetterOrDigit(c) || IsTibetan(c)) folded[n++] = char.ToLowerInvariant(c);
        }
        return folded[..n].Trim('་').ToString();
    }

    private static bool IsTibetan(char c) => c is >= '\u0f00' and <= '\u0fff';
}
