using System.Globalization;
using System.Text;

namespace Legwork.Yaml;

/// <summary>
/// One value of a YAML file, a text, a list or a map, that knows its file, line and path. Read by what belongs there: every reading of a
/// key marks it, and <see cref="Done"/> refuses whatever nobody reads, since a mistyped key that is silently ignored would silently change
/// a rule. For one thread, while a file is read.
/// </summary>
/// <exception cref="YamlFault">Thrown by every reading of a value that is missing or not what it should be.</exception>
public sealed class YamlNode
{
    // A name that an editor saved in GB18030 must not become a row of question marks in a rule.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Place place;
    private readonly string? text;
    private readonly List<YamlNode>? items;
    private readonly Dictionary<string, YamlNode>? entries;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    internal YamlNode(Place place, int line, string text) => (this.place, Line, this.text) = (place, line, text);

    internal YamlNode(Place place, int line, List<YamlNode> items) => (this.place, Line, this.items) = (place, line, items);

    internal YamlNode(Place place, int line, Dictionary<string, YamlNode> entries) => (this.place, Line, this.entries) = (place, line, entries);

    public string File => place.File;

    /// <summary>Where the value begins, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Where its key stands; of the root and an item of a list, where it begins.</summary>
    public int KeyLine => place.KeyLine > 0 ? place.KeyLine : Line;

    /// <summary>From the root, items counted from 1: <c>counter.roles[2]</c>.</summary>
    public string Path => place.Path;

    public bool IsText => text is not null;

    public bool IsList => items is not null;

    public bool IsMap => entries is not null;

    /// <summary>The keys of a map in the order of the file.</summary>
    public IReadOnlyCollection<string> Keys => Map().Keys;

    /// <exception cref="YamlFault">It cannot be opened as one YAML document; messages name the file as <paramref name="path"/> does.</exception>
    public static YamlNode Load(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > 4L * YamlTree.CharsMax }) throw new YamlFault(path, 0, "", "the file is too long");
        using var stream = System.IO.File.OpenRead(path);
        return Parse(stream, path);
    }

    /// <param name="name">Of the file, for messages.</param>
    public static YamlNode Parse(string text, string name) => YamlTree.Read(name, text);

    /// <summary>A file as it lies on a disk or in an assembly.</summary>
    public static YamlNode Parse(Stream stream, string name)
    {
        using var reader = new StreamReader(stream, Utf8);
        try
        {
            return YamlTree.Read(name, reader.ReadToEnd());
        }
        catch (DecoderFallbackException e)
        {
            throw new YamlFault(name, 0, "", "the file is not in UTF-8; save it in that encoding", e);
        }
    }

    // What this node is.

    public string Text() => text is { Length: > 0 } ? text : throw Wrong("a text belongs here");

    public int Number(int min = 0, int max = int.MaxValue) =>
        int.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : throw Wrong(min == 0 && max == int.MaxValue
            ? "a whole number belongs here" : Invariant($"a whole number from {min} to {max} belongs here"));

    /// <summary>A number with a fraction; underscores may part its digits.</summary>
    public double Decimal(double low, double high) =>
        double.TryParse(Text().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= low && number <= high
            ? number : throw Wrong(Invariant($"a number from {low} to {high} belongs here"));

    public DateOnly Day() => DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw Wrong("a day such as 2026-10-31 belongs here");

    public bool Flag() => text switch { "true" => true, "false" => false, _ => throw Wrong("true or false belongs here") };

    /// <summary>A word of an enumeration as rule files write it: <c>grid_worker</c> for <c>GridWorker</c>.</summary>
    public T Enum<T>() where T : struct, Enum => Named<T>(Text());

    /// <summary>The key under which this value stands, as <see cref="Enum{T}()"/>.</summary>
    public T KeyAs<T>() where T : struct, Enum => Named<T>(place.Name);

    public string OneOf(IReadOnlyCollection<string> words) =>
        words.Contains(Text()) ? text! : throw Wrong($"'{text}' is none of {string.Join(", ", words)}");

    public IReadOnlyList<YamlNode> List() => items ?? throw Wrong("a list belongs here");

    public IReadOnlyList<string> Words() => [.. List().Select(item => item.Text())];

    /// <summary>Words of which one may be empty, where a list means "nothing" by it.</summary>
    public IReadOnlyList<string> WordsOrEmpty() => [.. List().Select(item => item.text ?? throw item.Wrong("a text belongs here"))];

    /// <summary>One text, standing for a list of one, or a list of texts.</summary>
    public IReadOnlyList<string> WordOrWords() => IsText ? [Text()] : Words();

    /// <summary>All entries of a map by their keys, in the order of the file; all count as read.</summary>
    public IEnumerable<KeyValuePair<string, YamlNode>> Entries()
    {
        asked.UnionWith(Map().Keys);
        return Map();
    }

    // What stands under a key of this map.

    public bool Has(string key) => Find(key) is not null;

    public YamlNode? Find(string key)
    {
        asked.Add(key);
        return Map().GetValueOrDefault(key);
    }

    public YamlNode this[string key] => Find(key) ?? throw Wrong($"'{key}' is missing");

    public string Text(string key) => this[key].Text();

    public string Text(string key, string otherwise) => TextOrNone(key) ?? otherwise;

    public string? TextOrNone(string key) => Find(key)?.Text();

    public int Number(string key, int min = 0, int max = int.MaxValue) => this[key].Number(min, max);

    public double Decimal(string key, double otherwise, double low, double high) => Find(key)?.Decimal(low, high) ?? otherwise;

    public DateOnly Day(string key) => this[key].Day();

    public DateOnly? DayOrNone(string key) => Find(key)?.Day();

    public bool Flag(string key, bool otherwise = false) => Find(key)?.Flag() ?? otherwise;

    public T Enum<T>(string key) where T : struct, Enum => this[key].Enum<T>();

    public IReadOnlyList<string> Words(string key) => this[key].Words();

    /// <summary>None when the key is absent.</summary>
    public IReadOnlyList<string> WordsOrNone(string key) => Find(key)?.Words() ?? [];

    public IReadOnlyList<YamlNode> List(string key) => this[key].List();

    /// <inheritdoc cref="WordsOrNone"/>
    public IReadOnlyList<YamlNode> ListOrNone(string key) => Find(key)?.List() ?? [];

    /// <summary>Refuses every other key at once: told before what a mistyped key leaves missing.</summary>
    public void Only(params IReadOnlyCollection<string> known)
    {
        asked.UnionWith(known);
        foreach (var (key, value) in Map())
            if (!known.Contains(key)) throw Unknown(key, value, known);
    }

    /// <summary>Refuses every key, here and below, that nobody has asked for.</summary>
    public void Done()
    {
        foreach (var (key, value) in entries ?? [])
        {
            if (!asked.Contains(key)) throw Unknown(key, value, asked);
            value.Done();
        }
        foreach (var item in items ?? []) item.Done();
    }

    /// <summary>A fault at this value.</summary>
    public YamlFault Wrong(string why) => new(File, Line, Path, why);

    /// <summary>A fault at what stands under a key, or at this map when nothing does.</summary>
    public YamlFault Wrong(string key, string why) => (entries?.GetValueOrDefault(key) is { } value) ? value.Wrong(why) : Wrong($"{key}: {why}");

    /// <summary>The same value standing elsewhere, with nothing read of it.</summary>
    internal YamlNode At(Place elsewhere, Func<YamlNode, Place, YamlNode> again)
    {
        if (items is not null) return new YamlNode(elsewhere, Line, [.. items.Select((item, i) => again(item, elsewhere.Item(i + 1)))]);
        if (entries is null) return new YamlNode(elsewhere, Line, text!);
        return new YamlNode(elsewhere, Line,
            entries.ToDictionary(entry => entry.Key, entry => again(entry.Value, elsewhere.Entry(entry.Key, entry.Value.KeyLine)),
            StringComparer.Ordinal));
    }

    private YamlFault Unknown(string key, YamlNode value, IReadOnlyCollection<string> known) =>
        new(File, value.KeyLine, Path, $"'{key}' is not known here{(known.Count > 0 ? $"; known are {string.Join(", ", known)}" : "")}");

    private Dictionary<string, YamlNode> Map() => entries ?? throw Wrong("an entry with named values belongs here");

    private T Named<T>(string word) where T : struct, Enum =>
        System.Enum.GetValues<T>().Cast<T?>()
            .FirstOrDefault(value => string.Equals(value.ToString(),
                word.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
        ?? throw Wrong($"'{word}' is none of {string.Join(", ", System.Enum.GetNames<T>().Select(Written))}");

    private static string Written(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Invariant(FormattableString said) => FormattableString.Invariant(said);
}
