using System.Globalization;
using Legwork.Places.Addresses;
using YamlDotNet.RepresentationModel;

namespace Legwork.Places.Contracts;

/// <summary>
/// How a district writes its addresses, read from <c>districts/{code}/addresses.yaml</c>: words for units, endings of names, what may be
/// left out. Immutable; one instance serves all threads.
/// </summary>
public sealed class AddressHabits
{
    internal const char Dropped = '\0';
    internal const char Dash = '-';

    /// <summary>Every UTF-16 unit folded: full width to half, traditional to simplified, every dash to one, nothing for what means nothing.</summary>
    internal readonly char[] Folded = new char[char.MaxValue + 1];

    private AddressHabits(YamlMappingNode root, string path)
    {
        Labels = Text(root, "labels", path);
        FillFolded(Map(root, "same_characters", path), Text(root, "separators", path));
        Own = new WordList<bool>(Words(root, "own", path).Select(word => (Fold(word), true)));
        Elsewhere = new WordList<bool>(Words(root, "elsewhere", path).Select(word => (Fold(word), true)));
        StreetEndings = new WordList<bool>(Words(root, "street_endings", path).Select(word => (Fold(word), true)));
        CommunityEndings = new WordList<bool>(Words(root, "community_endings", path).Select(word => (Fold(word), true)));
        RenamedStreets = new WordList<string>(Map(root, "renamed_streets", path).Select(pair => (Fold(pair.Key), Fold(pair.Value))));
        NameEndings = new WordList<string>(Map(root, "name_endings", path).Select(pair => (Reversed(Fold(pair.Key)), Fold(pair.Value))));
        LooseEndings = [.. Words(root, "loose_endings", path).Select(Fold)];
        Nicknames = Map(root, "nicknames", path).ToDictionary(pair => Fold(pair.Key), pair => Fold(pair.Value), StringComparer.Ordinal);
        SubMarks = [.. Words(root, "sub_marks", path).Select(word => Fold(word)[0])];
        Beside = [.. Words(root, "beside", path).Select(Fold)];
        Kinds = new WordList<NameKind>(Entries(root, "kinds", path).SelectMany(entry =>
            Words(entry.Value, path).Select(word => (Reversed(Fold(word)), Parse<NameKind>(entry.Key, "kinds", path)))));
        Units = new WordList<Unit>(Entries(root, "units", path).SelectMany(entry =>
            Words(entry.Value, path).Select(word => (Fold(word), Parse<Unit>(entry.Key, "units", path)))));
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

    internal char[] SubMarks { get; }

    internal string[] Beside { get; }

    /// <summary>Keys written backwards.</summary>
    internal WordList<NameKind> Kinds { get; }

    internal WordList<Unit> Units { get; }

    /// <exception cref="FormatException">The file is not as its own comments describe; the message names file and entry.</exception>
    public static AddressHabits Load(string path)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (YamlDotNet.Core.YamlException fault)
        {
            throw new FormatException($"{path}: line {fault.Start.Line} is not YAML.", fault);
        }
        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? new AddressHabits(root, path)
            : throw new FormatException($"{path}: no entries.");
    }

    /// <summary>Reads the habits of a district's folder, and whether they know where the district lies.</summary>
    /// <exception cref="FormatException">As <see cref="Load"/>, or the district's own names are no names of its own, or are elsewhere.</exception>
    internal static void Check(Platform.DistrictFacts facts, string folder)
    {
        var path = Path.Combine(folder, "addresses.yaml");
        if (!File.Exists(path)) throw new FormatException($"{path}:1: the file is missing.");
        var habits = Load(path);
        foreach (var place in new[] { facts.Province, facts.City })
        {
            if (!Knows(habits.Own, habits.Fold(place.Chinese)))
                throw Platform.DistrictFile.Wrong(path, "own", $"{place.Chinese}, where the district lies, is not among its own");
            if (Knows(habits.Elsewhere, habits.Fold(place.Chinese)))
                throw Platform.DistrictFile.Wrong(path, "elsewhere", $"the district lies in {place.Chinese}");
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

    private void FillFolded(IEnumerable<KeyValuePair<string, string>> same, string separators)
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
        foreach (var (from, to) in same) Folded[from[0]] = to[0];
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlMappingNode root, string name, string path) =>
        root.Children.TryGetValue(name, out var node) && node is YamlMappingNode map
            ? map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, pair.Value))
            : throw new FormatException($"{path}: '{name}' is missing or not a map.");

    private static IEnumerable<KeyValuePair<string, string>> Map(YamlMappingNode root, string name, string path) =>
        Entries(root, name, path).Select(entry => entry.Value is YamlScalarNode { Value.Length: > 0 } value
            ? KeyValuePair.Create(entry.Key, value.Value) : throw new FormatException($"{path}: '{name}.{entry.Key}' has no value."));

    private static IEnumerable<string> Words(YamlMappingNode root, string name, string path) =>
        root.Children.TryGetValue(name, out var node) ? Words(node, path) : throw new FormatException($"{path}: the list '{name}' is missing.");

    private static IEnumerable<string> Words(YamlNode node, string path) => node is YamlSequenceNode list
        ? list.Select(word => word is YamlScalarNode { Value.Length: > 0 } text
            ? text.Value : throw new FormatException($"{path}: line {word.Start.Line} is not a word."))
        : throw new FormatException($"{path}: line {node.Start.Line} is not a list.");

    private static string Text(YamlMappingNode root, string name, string path) =>
        root.Children.TryGetValue(name, out var node) && node is YamlScalarNode { Value.Length: > 0 } text
            ? text.Value : throw new FormatException($"{path}: '{name}' is missing.");

    private static T Parse<T>(string word, string entry, string path) where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var value) ? value : throw new FormatException($"{path}: '{entry}' does not know '{word}'.");
}
