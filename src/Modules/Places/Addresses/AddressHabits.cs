using System.Globalization;
using Legwork.Platform.Districts;
using Legwork.Yaml;

namespace Legwork.Places.Addresses;

/// <summary>
/// How a district writes its addresses, read from <c>districts/{code}/addresses.yaml</c>: words for units, endings of names, what may be
/// left out. Immutable; one instance serves all threads.
/// </summary>
internal sealed class AddressHabits
{
    internal const char Dropped = '\0';
    internal const char Dash = '-';

    /// <summary>Every UTF-16 unit folded: full width to half, traditional to simplified, every dash to one, nothing for what means nothing.</summary>
    internal readonly char[] Folded = new char[char.MaxValue + 1];

    private AddressHabits(YamlNode root)
    {
        Labels = root.Text("labels");
        FillFolded(root["same_characters"], root.Text("separators"));
        Own = Known(root, "own");
        Elsewhere = Known(root, "elsewhere");
        StreetEndings = Known(root, "street_endings");
        CommunityEndings = Known(root, "community_endings");
        RenamedStreets = new WordList<string>(root["renamed_streets"].Entries().Select(pair => (Fold(pair.Key), Fold(pair.Value.Text()))));
        NameEndings = new WordList<string>(root["name_endings"].Entries().Select(pair => (Reversed(Fold(pair.Key)), Fold(pair.Value.Text()))));
        LooseEndings = [.. root.Words("loose_endings").Select(Fold)];
        Nicknames = root["nicknames"].Entries().ToDictionary(pair => Fold(pair.Key), pair => Fold(pair.Value.Text()), StringComparer.Ordinal);
        ShortEndings = [.. root.Words("short_endings").Select(Fold)];
        NumberWords = [.. root.Words("number_words").Select(Fold)];
        SubMarks = [.. root.Words("sub_marks").Select(word => Fold(word)[0])];
        Beside = [.. root.Words("beside").Select(Fold)];
        Kinds = new WordList<NameKind>(root["kinds"].Entries().SelectMany(entry =>
            entry.Value.Words().Select(word => (Reversed(Fold(word)), entry.Value.KeyAs<NameKind>()))));
        Units = new WordList<Unit>(root["units"].Entries().SelectMany(entry =>
            entry.Value.Words().Select(word => (Fold(word), entry.Value.KeyAs<Unit>()))));
        root.Done();
    }

    internal string Labels { get; }

    internal WordList<bool> Own { get; }

    internal WordList<bool> Elsewhere { get; }

    internal WordList<bool> StreetEndings { get; }

    internal WordList<bool> CommunityEndings { get; }

    internal WordList<string> RenamedStreets { get; }

    /// <summary>Keys written backwards, since they are looked up from a name's end.</summary>
    internal WordList<string> NameEndings { get; }

    internal IReadOnlyList<string> LooseEndings { get; }

    internal IReadOnlyDictionary<string, string> Nicknames { get; }

    /// <summary>Endings that a street or community of the list may be given, and that are too common to end any other.</summary>
    internal HashSet<string> ShortEndings { get; }

    /// <summary>Words between a name and its number.</summary>
    internal string[] NumberWords { get; }

    internal char[] SubMarks { get; }

    internal string[] Beside { get; }

    /// <summary>Keys written backwards.</summary>
    internal WordList<NameKind> Kinds { get; }

    internal WordList<Unit> Units { get; }

    /// <exception cref="YamlFault">The file is not as its own comments describe; the message names file, line and entry.</exception>
    public static AddressHabits Load(string path) => new(YamlNode.Load(path));

    /// <summary>Reads the habits of a district's folder, and whether they know where the district lies.</summary>
    /// <exception cref="FormatException">As <see cref="Load"/>, or the district's own names are no names of its own, or are elsewhere.</exception>
    internal static void Check(DistrictFacts facts, string folder)
    {
        var path = Path.Combine(folder, "addresses.yaml");
        if (!File.Exists(path)) throw new FormatException($"{path}:1: the file is missing.");
        var habits = Load(path);
        foreach (var place in new[] { facts.Province, facts.City })
        {
            if (!Knows(habits.Own, habits.Fold(place)))
                throw DistrictFile.Wrong(path, "own", $"{place}, where the district lies, is not among its own");
            if (Knows(habits.Elsewhere, habits.Fold(place)))
                throw DistrictFile.Wrong(path, "elsewhere", $"the district lies in {place}");
        }

        static bool Knows(WordList<bool> words, string place) => words.Match(place, out _) == place.Length;
    }

    /// <summary>A word as it reads after folding, without what folding drops.</summary>
    internal string Fold(string word)
    {
        Span<char> folded = stackalloc char[word.Length];
        var length = 0;
        foreach (var c in word)
        {
            if (Folded[c] is not (Dropped or ' ') and var to) folded[length++] = to;
        }
        return new string(folded[..length]);
    }

    internal static string Reversed(string word) => string.Create(word.Length, word, static (to, from) =>
    {
        from.CopyTo(to);
        to.Reverse();
    });

    private WordList<bool> Known(YamlNode root, string key) => new(root.Words(key).Select(word => (Fold(word), true)));

    private void FillFolded(YamlNode same, string separators)
    {
        for (var i = 0; i <= char.MaxValue; i++)
        {
            var c = (char)i;
            var half = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
            Folded[i] = half switch
            {
                >= '①' and <= '⑨' => (char)('1' + half - '①'),
                _ when char.IsWhiteSpace(half) => ' ',
                _ when char.IsControl(half) || char.GetUnicodeCategory(half) == UnicodeCategory.Format => Dropped,
                '"' or '\'' or '“' or '”' or '‘' or '’' or '《' or '》' or '*' => Dropped,
                '№' => '#',
                _ => char.ToUpperInvariant(half),
            };
        }
        foreach (var c in separators)
        {
            Folded[c] = Dash;
            if (c is >= '!' and <= '~') Folded[c + 0xFEE0] = Dash;
        }
        foreach (var (from, to) in same.Entries()) Folded[from[0]] = to.Text()[0];
    }
}
