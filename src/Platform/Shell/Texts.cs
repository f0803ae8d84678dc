using System.Reflection;
using Legwork.Yaml;

namespace Legwork.Platform.Shell;

/// <summary>One text in the three languages.</summary>
/// <param name="EnglishOne">The English form for a count of one; Chinese and Tibetan do not inflect.</param>
/// <param name="TibetanNeedsReview">The Tibetan is our best effort and waits for a native reader.</param>
internal sealed record Text(string Key, string Chinese, string Tibetan, string English, string? EnglishOne, bool TibetanNeedsReview)
{
    public string In(Language language) =>
        language == Language.Tibetan ? Tibetan : language == Language.English ? English : Chinese;
}

/// <summary>
/// Every text that the product shows. A module keeps its own as <c>Texts/*.yaml</c>, embedded in its assembly:
/// <code>
/// people.search.title: { zh: 查找居民, bo: མི་དམངས་འཚོལ་བ།, en: Find a resident }
/// people.found: { zh: "找到 {0} 人", bo: "མི་ {0} རྙེད།", en: "{0} people found", en_one: "{0} person found", bo_review: true }
/// </code>
/// </summary>
public sealed class Texts
{
    internal const string CalledPrefix = "called.";

    private readonly Dictionary<string, Text> texts = new(StringComparer.Ordinal);

    /// <param name="missingThrows">True in development and tests: an unknown key is a bug. False in production: the key is shown.</param>
    /// <param name="called">Found by <see cref="T.Called"/>, beside the texts <c>called.…</c> of the modules.</param>
    public Texts(IEnumerable<Assembly> assemblies, bool missingThrows, IEnumerable<ICalledWords>? called = null)
    {
        MissingThrows = missingThrows;
        foreach (var assembly in assemblies.Distinct())
        {
            foreach (var name in assembly.GetManifestResourceNames()
                .Where(n => n.Contains("Texts.") && n.EndsWith(".yaml", StringComparison.Ordinal)))
            {
                using var stream = new StreamReader(assembly.GetManifestResourceStream(name)!);
                foreach (var text in Read(stream, name)) Add(text, name);
            }
        }
        foreach (var (chinese, tibetan, english) in (called ?? []).SelectMany(words => words.Words))
            texts.TryAdd(CalledPrefix + chinese, new Text(CalledPrefix + chinese, chinese, tibetan, english, null, TibetanNeedsReview: false));
    }

    public bool MissingThrows { get; }

    internal IReadOnlyCollection<Text> All => texts.Values;

    public bool Has(string key) => texts.ContainsKey(key);

    internal Text? Find(string key) => texts.GetValueOrDefault(key);

    /// <summary>Reads one file of texts.</summary>
    /// <exception cref="YamlFault">An entry lacks a language, has a field that is not known, or the file is not YAML.</exception>
    internal static IReadOnlyList<Text> Read(TextReader yaml, string source)
    {
        var root = YamlNode.Parse(yaml.ReadToEnd(), source);
        var read = root.Entries().Select(entry => Entry(entry.Key, entry.Value)).ToList();
        root.Done();
        return read;
    }

    private static Text Entry(string key, YamlNode said)
    {
        if (new[] { "zh", "bo", "en" }.FirstOrDefault(language => string.IsNullOrWhiteSpace(said.TextOrNone(language))) is { } missing)
            throw said.Wrong($"stands in zh, bo and en, and '{missing}' is missing");
        return new Text(key, said.Text("zh"), said.Text("bo"), said.Text("en"), said.TextOrNone("en_one"), said.Flag("bo_review"));
    }

    private void Add(Text text, string source)
    {
        if (!texts.TryAdd(text.Key, text)) throw new FormatException($"{source}: {text.Key} is already a text.");
    }
}
