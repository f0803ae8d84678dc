using Legwork.People.Records;
using Legwork.Platform;
using YamlDotNet.RepresentationModel;

namespace Legwork.People.Files;

/// <summary>One source of an attribute in the order of trust.</summary>
/// <param name="Source">What the list means (<see cref="Sources"/>), or <see cref="Statement"/>.</param>
/// <param name="Column">The field of that list; empty for statements.</param>
/// <param name="Since">The column that dates the value, or empty.</param>
/// <param name="Only">The rows that count: a column and the values it may have; empty text is an absent value.</param>
internal sealed record SourceRule(string Source, string Column, string Since, IReadOnlyDictionary<string, IReadOnlyList<string>> Only)
{
    public const string Statement = "statement";

    public bool Counts(IReadOnlyDictionary<string, string> row)
    {
        foreach (var (column, values) in Only)
            if (!values.Contains(row.GetValueOrDefault(column) ?? "")) return false;
        return true;
    }
}

/// <summary>One attribute of a person and which source decides it.</summary>
/// <param name="Shows">The field of the closed list of purposes that opens it.</param>
/// <param name="Lasting">Held for life: not limited by dates, and told even by a row that has left its list.</param>
/// <param name="Names">What the attribute is called, by the first part of the language's tag; a statement of someone on a case uses it.</param>
/// <param name="OnlyByCases">Stated by the verified result of a case and by nobody at a desk.</param>
/// <param name="Why">The reason of the order, by the first part of the language's tag.</param>
internal sealed record AttributeRule(string Code, string Shows, bool Lasting, bool OnlyByCases, IReadOnlyList<SourceRule> Order, IReadOnlyDictionary<string, string> Names,
    IReadOnlyDictionary<string, string> Why, string Basis, string Confidence)
{
    public bool MayBeStated => !OnlyByCases && Order.Any(rule => rule.Source == SourceRule.Statement);

    public string NameIn(string language) => Names[language.Split('-')[0]];

    public string WhyIn(string language) => Why[language.Split('-')[0]];
}

/// <summary>Which source decides which attribute, from <c>rules/people/precedence.yaml</c>.</summary>
internal sealed class Precedence
{
    private readonly Dictionary<string, AttributeRule> byCode;

    private Precedence(IReadOnlyList<AttributeRule> all) => (All, byCode) = (all, all.ToDictionary(rule => rule.Code, StringComparer.Ordinal));

    public IReadOnlyList<AttributeRule> All { get; }

    public AttributeRule? Find(string code) => byCode.GetValueOrDefault(code);

    public AttributeRule this[string code] => byCode[code];

    /// <exception cref="FormatException">The file is not what its own head describes; the message names the entry.</exception>
    public static Precedence Load(string path)
    {
        var stream = YamlFile.Load(path);
        return new Precedence([.. ((YamlMappingNode)stream.Documents[0].RootNode).Children.Select(entry =>
            Attribute(((YamlScalarNode)entry.Key).Value!, entry.Value as YamlMappingNode ?? throw new FormatException($"{path}: '{entry.Key}' is not an entry."), path))]);
    }

    private static AttributeRule Attribute(string code, YamlMappingNode entry, string path)
    {
        if (!entry.Children.TryGetValue("order", out var node) || node is not YamlSequenceNode order)
            throw new FormatException($"{path}: '{code}' lacks the list 'order'.");
        return new AttributeRule(code, Text(entry, "shows") ?? throw new FormatException($"{path}: '{code}' lacks 'shows'."), Text(entry, "lasting") == "true", Text(entry, "stated_by") == "cases",
            [.. order.Children.Select(rule => Source((YamlMappingNode)rule, $"{path}: '{code}'"))], Words(entry, "name", $"{path}: '{code}'"), Words(entry, "why", $"{path}: '{code}'"), Text(entry, "basis") ?? "", Text(entry, "confidence") ?? "");
    }

    private static SourceRule Source(YamlMappingNode rule, string where)
    {
        var source = Text(rule, "source") ?? throw new FormatException($"{where} has a source without a name.");
        var column = Text(rule, "column") ?? "";
        if (source != SourceRule.Statement && !Sources.Order.Contains(source)) throw new FormatException($"{where}: no list means '{source}'.");
        if (column.Length == 0 && source != SourceRule.Statement) throw new FormatException($"{where}: '{source}' lacks 'column'.");
        var only = rule.Children.TryGetValue("only", out var node) && node is YamlMappingNode limits
            ? limits.Children.ToDictionary(limit => ((YamlScalarNode)limit.Key).Value!,
                limit => (IReadOnlyList<string>)[.. ((YamlSequenceNode)limit.Value).Children.Select(value => ((YamlScalarNode)value).Value ?? "")], StringComparer.Ordinal)
            : [];
        return new SourceRule(source, column, Text(rule, "since") ?? "", only);
    }

    private static Dictionary<string, string> Words(YamlMappingNode entry, string name, string where)
    {
        if (!entry.Children.TryGetValue(name, out var node) || node is not YamlMappingNode said) throw new FormatException($"{where} lacks '{name}'.");
        var words = said.Children.ToDictionary(word => ((YamlScalarNode)word.Key).Value!, word => ((YamlScalarNode)word.Value).Value!, StringComparer.Ordinal);
        return words.ContainsKey("zh") && words.ContainsKey("bo") && words.ContainsKey("en") ? words
            : throw new FormatException($"{where}: '{name}' does not stand in zh, bo and en.");
    }

    private static string? Text(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) && value is YamlScalarNode { Value: { } text } ? text : null;
}
