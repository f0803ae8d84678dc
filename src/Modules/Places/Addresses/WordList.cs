using System.Collections.Frozen;

namespace Legwork.Places.Addresses;

/// <summary>Words looked up at a place in a text, the longest first; one look-up when no word begins with the character there.</summary>
internal sealed class WordList<T>(IEnumerable<(string Word, T Meaning)> words)
{
    private readonly FrozenDictionary<char, (string Word, T Meaning)[]> byFirst = words
        .Where(word => word.Word.Length > 0).DistinctBy(word => word.Word).GroupBy(word => word.Word[0])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(word => word.Word.Length).ToArray());

    /// <returns>Length of the longest word that <paramref name="text"/> starts with; 0 when none does.</returns>
    public int Match(ReadOnlySpan<char> text, out T? meaning)
    {
        meaning = default;
        if (text.IsEmpty || !byFirst.TryGetValue(text[0], out var words)) return 0;
        foreach (var (word, of) in words)
        {
            if (!text.StartsWith(word)) continue;
            meaning = of;
            return word.Length;
        }
        return 0;
    }

    /// <summary>As <see cref="Match"/>, for words that were listed backwards, at the end of <paramref name="text"/>.</summary>
    public int MatchEnd(ReadOnlySpan<char> text, out T? meaning)
    {
        meaning = default;
        if (text.IsEmpty || !byFirst.TryGetValue(text[^1], out var words)) return 0;
        foreach (var (word, of) in words)
        {
            if (word.Length > text.Length || !EndsWithReversed(text, word)) continue;
            meaning = of;
            return word.Length;
        }
        return 0;
    }

    private static bool EndsWithReversed(ReadOnlySpan<char> text, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (text[text.Length - 1 - i] != word[i]) return false;
        }
        return true;
    }
}
