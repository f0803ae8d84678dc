using Legwork.Linking;
using Legwork.Platform;

namespace Legwork.People.Search;

/// <summary>
/// Tibetan names as they are written in letters outside the district's lists (Tashi Dorje): each is looked for as the pinyin of every Chinese
/// spelling of its elements (zhaxiduoji), which is how names are kept. The last element may be a beginning.
/// </summary>
internal sealed class LatinNames(PlatformPlaces folders)
{
    private const int WaysMax = 24;
    private const int BeginningMin = 3;

    private readonly Lazy<IReadOnlyList<(string Latin, string[] Pinyin)>> words = new(() => Load(Path.Combine(folders.RulesFolder, "linking",
        "tibetan-names.yaml")));

    /// <param name="letters">Folded, without blanks.</param>
    /// <returns>What the name may be in pinyin; none when the letters are no such name from end to end.</returns>
    public IReadOnlyList<string> InPinyin(string letters)
    {
        if (letters.Length < BeginningMin || !letters.All(char.IsAsciiLetter)) return [];
        var ways = new List<string>();
        Read(letters, "", ways);
        return ways;
    }

    private void Read(string rest, string before, List<string> ways)
    {
        foreach (var (latin, pinyin) in words.Value)
        {
            var isWhole = rest.StartsWith(latin, StringComparison.Ordinal);
            if (!isWhole && !(rest.Length >= BeginningMin && latin.StartsWith(rest, StringComparison.Ordinal))) continue;
            foreach (var one in pinyin)
            {
                if (ways.Count >= WaysMax) return;
                if (!isWhole || rest.Length == latin.Length) ways.Add(before + one);
                else Read(rest[latin.Length..], before + one, ways);
            }
        }
    }

    private static List<(string Latin, string[] Pinyin)> Load(string path) => [.. VariantTable.Load(path).Groups
        .SelectMany(group => group.Latin.Select(latin => (latin, group.Spellings
            .Select(spelling => string.Concat(spelling.Select(c => Pinyin.Of(c)))).Distinct(StringComparer.Ordinal).ToArray())))
        .OrderByDescending(word => word.latin.Length)];
}
