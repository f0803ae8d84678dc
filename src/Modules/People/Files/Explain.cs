using System.Text.Json;
using Legwork.Yaml;

namespace Legwork.People.Files;

/// <summary>A finding in a sentence that a clerk understands, in zh-CN, bo or en, from <c>Texts/findings.yaml</c>.</summary>
internal sealed class Explain
{
    private readonly Dictionary<string, Dictionary<string, string>> texts = Read();

    /// <param name="called">How the reader calls a value; by default as the lists write it.</param>
    public string Sentence(string kind, string args, string language, Func<string, string>? called = null)
    {
        var sentence = texts[$"people.why.{kind}"][language.Split('-')[0]];
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(args)!)
            // Whoever has a province's name is not that province.
            sentence = sentence.Replace($"{{{name}}}",
                name.StartsWith("name", StringComparison.Ordinal) ? value : called?.Invoke(value) ?? value, StringComparison.Ordinal);
        return sentence;
    }

    public bool Knows(string kind) => texts.ContainsKey("people.finding." + kind);

    public string Name(string kind, string language) => texts[$"people.finding.{kind}"][language.Split('-')[0]];

    private static Dictionary<string, Dictionary<string, string>> Read() =>
        YamlNode.Parse(typeof(Explain).Assembly.GetManifestResourceStream("Legwork.People.Texts.findings.yaml")!, "findings.yaml").Entries()
            .ToDictionary(entry => entry.Key, entry => entry.Value.Entries().ToDictionary(text => text.Key, text => text.Value.Text()));
}
