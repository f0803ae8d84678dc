using System.Reflection;
using Legwork.Kernel;
using Legwork.Yaml;

namespace Legwork.Registers;

/// <summary>
/// Something said about a file: why it is refused, or a note. The code is stable (<c>registers.*</c>); the sentence is in the
/// language asked for, or in Chinese where that language has none yet.
/// </summary>
/// <param name="Code">Stable; listed with what to do in docs/how-to/import.md.</param>
/// <param name="Args">What the sentence names: <c>field</c>, <c>share</c>, <c>period</c> ….</param>
public sealed record Fault(string Code, IReadOnlyDictionary<string, string> Args)
{
    /// <summary>At most this many rows are named; <see cref="RowCount"/> says how many there are.</summary>
    public const int RowsNamed = 20;

    private const int ArgCharsMax = 300;
    private const int WhyCharsMax = 1_000;

    /// <summary>1-based numbers of the data rows concerned, the first <see cref="RowsNamed"/> of them.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [];

    public int RowCount { get; init; }

    public string Sentence(string language = "zh-CN")
    {
        if (!Sentences.Has(Code)) return Args.GetValueOrDefault("why", Code);
        var sentence = Sentences.Of(Code, language);
        foreach (var (name, value) in Args) sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        if (Rows.Count == 0) return sentence;
        var rows = string.Join(", ", Rows) + (RowCount > Rows.Count ? " …" : "");
        return sentence + Sentences.Of("registers.rows", language)
            .Replace("{rows}", rows, StringComparison.Ordinal)
            .Replace("{count}", RowCount.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>What someone else refuses a file for, in their words.</summary>
    public static Fault By(Refusal refusal) =>
        new(refusal.Code, new Dictionary<string, string>
        {
            ["why"] = refusal.Message.Length <= WhyCharsMax ? refusal.Message : refusal.Message[..WhyCharsMax] + "…",
        });

    public Refusal ToRefusal(string language = "en") => new(Code, Sentence(language));

    public override string ToString() => $"{Code}: {Sentence("en")}";

    internal static Fault Of(string code, params (string Name, object Value)[] args) =>
        new(code, args.ToDictionary(a => a.Name,
            a => Short(Convert.ToString(a.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "")));

    /// <summary>A sentence is stored and shown in three languages, so what a file says in it is short and printable.</summary>
    private static string Short(string text)
    {
        var shown = text.Length <= ArgCharsMax ? text : string.Concat(text.AsSpan(0, ArgCharsMax), "…");
        return string.Concat(shown.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString()));
    }

    internal Fault At(int row) => row > 0 ? this with { Rows = [row], RowCount = 1 } : this;
}

/// <summary>The sentences of all codes, from the file sentences.yaml inside this library.</summary>
public static class Sentences
{
    private static readonly Dictionary<string, Dictionary<string, string>> All = Read();

    public static IReadOnlyCollection<string> Codes => All.Keys;

    public static bool Has(string code) => All.ContainsKey(code);

    /// <summary>The sentence with its names still in braces. Falls back from <c>zh-CN</c> to <c>zh</c>, then to Chinese.</summary>
    /// <exception cref="KeyNotFoundException">No such code: a bug of this library.</exception>
    public static string Of(string code, string language)
    {
        var said = All[code];
        return said.TryGetValue(language, out var sentence) || said.TryGetValue(language.Split('-')[0], out sentence)
            ? sentence : said["zh"];
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Legwork.Registers.sentences.yaml")
            ?? throw new InvalidOperationException("sentences.yaml is not in the library.");
        return YamlNode.Parse(stream, "sentences.yaml").Entries()
            .ToDictionary(code => code.Key, code => code.Value.Entries().ToDictionary(said => said.Key, said => said.Value.Text()));
    }
}
