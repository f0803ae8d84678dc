using System.Globalization;
using Legwork.Platform;
using Legwork.Platform.Access;
using YamlDotNet.RepresentationModel;

namespace Legwork.Cases.Rules;

/// <summary>
/// One mapping of a rules file with its way from the root, so that a wrong value is named exactly. Every reading marks its key;
/// <see cref="NothingElse"/> then refuses what nobody reads, which is how a mistyped key is found.
/// </summary>
/// <exception cref="FormatException">Thrown by every reading of a value that is missing or not what it should be.</exception>
internal sealed class RuleEntry
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    private RuleEntry(string where, YamlNode node)
    {
        Where = where;
        if (node is not YamlMappingNode mapping) throw new FormatException($"{where}: an entry with named values belongs here.");
        foreach (var (key, value) in mapping.Children) values.Add(((YamlScalarNode)key).Value ?? "", value);
    }

    public string Where { get; }

    public IEnumerable<string> Keys => values.Keys;

    public static RuleEntry Load(string path) => new RuleEntry(Path.GetFileName(path), YamlFile.Load(path).Documents[0].RootNode);

    public static RuleEntry Of((string Where, string Yaml) file) => new(file.Where, YamlFile.Read(new StringReader(file.Yaml), file.Where).Documents[0].RootNode);

    public bool Has(string key) => values.ContainsKey(key);

    public string Text(string key) => Node(key) is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong(key, "a text belongs here");

    public string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public int Whole(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw Wrong(key, "a whole number belongs here");

    public bool Flag(string key) => Has(key) && (bool.TryParse(Text(key), out var flag) ? flag : throw Wrong(key, "true or false belongs here"));

    public DateOnly Day(string key) => DateOnly.TryParseExact(Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw Wrong(key, "a day such as 2026-10-31 belongs here");

    public TEnum Word<TEnum>(string key) where TEnum : struct, Enum => ToWord<TEnum>(key, Text(key));

    public IReadOnlyList<TEnum> Words<TEnum>(string key) where TEnum : struct, Enum => [.. Texts(key).Select(text => ToWord<TEnum>(key, text))];

    public IReadOnlyList<Role> Roles(string key) => [.. Texts(key).Select(Role.Named)];

    public IReadOnlyList<string> Texts(string key) => Node(key) is YamlSequenceNode list
        ? [.. list.Children.Select(node => (node as YamlScalarNode)?.Value ?? throw Wrong(key, "a list of words belongs here"))]
        : throw Wrong(key, "a list of words belongs here");

    public RuleEntry Entry(string key) => new($"{Where}/{key}", Node(key));

    public IReadOnlyList<RuleEntry> Entries(string key) => Node(key) is YamlSequenceNode list
        ? [.. list.Children.Select((node, i) => new RuleEntry($"{Where}/{key}[{i + 1}]", node))]
        : throw Wrong(key, "a list of entries belongs here");

    public Wording Wording() => new(Text("zh"), Text("bo"), Text("en"), Flag("bo_review"));

    /// <summary>Every entry states where it comes from and how sure that is (A to D).</summary>
    public (string Source, char Confidence) Source() => Text("confidence") is [>= 'A' and <= 'D' and var letter]
        ? (Text("source"), letter) : throw Wrong("confidence", "A, B, C or D belongs here");

    public void NothingElse()
    {
        if (values.Keys.Where(key => !read.Contains(key)).ToList() is { Count: > 0 } unknown)
            throw new FormatException($"{Where}: '{string.Join("', '", unknown)}' is not known here.");
    }

    public FormatException Wrong(string key, string why) => new($"{Where}/{key}: {why}.");

    private TEnum ToWord<TEnum>(string key, string text) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var word) && Enum.IsDefined(word)
            ? word : throw Wrong(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}");

    private YamlNode Node(string key)
    {
        read.Add(key);
        return values.TryGetValue(key, out var node) ? node : throw Wrong(key, "it is missing");
    }
}

/// <summary>One text in the three languages of the district; {words} stand for what is filled in.</summary>
internal sealed record Wording(string Zh, string Bo, string En, bool BoReview)
{
    /// <param name="language">A language tag; anything but Tibetan and English is answered in Chinese.</param>
    public string In(string language) => language.StartsWith("bo", StringComparison.OrdinalIgnoreCase) ? Bo
        : language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    /// <summary>What comes before the first {word}, for lists that fill nothing in.</summary>
    public string Short(string language) => In(language).Split('{')[0].TrimEnd(' ', ':', '：', ',', '，', ';', '；');

    /// <summary>The text with its {words} filled; a word nobody knows stays visible as …</summary>
    public string In(string language, Func<string, string?> word)
    {
        var text = In(language);
        var filled = new System.Text.StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at).Append(word(text[(open + 1)..close]) ?? "…");
            at = close + 1;
        }
        return filled.ToString();
    }
}
