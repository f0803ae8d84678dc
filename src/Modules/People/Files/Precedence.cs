using Legwork.People.Records;
using Legwork.Yaml;

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
internal sealed record AttributeRule(string Code, string Shows, bool Lasting, bool OnlyByCases, IReadOnlyList<SourceRule> Order,
    IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string> Why, string Basis, string Confidence)
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

    /// <exception cref="YamlFault">The file is not what its own head describes; the message names file, line and entry.</exception>
    public static Precedence Load(string path)
    {
        var root = YamlNode.Load(path);
        var rules = root.Entries().Select(entry => Attribute(entry.Key, entry.Value)).ToList();
        root.Done();
        return new Precedence(rules);
    }

    private static AttributeRule Attribute(string code, YamlNode entry)
    {
        var onlyByCases = entry.Find("stated_by")?.OneOf(["cases"]) is not null;
        return new AttributeRule(code, entry.Text("shows"), entry.Flag("lasting"), onlyByCases, [.. entry.List("order").Select(Source)],
            Said(entry["name"]), Said(entry["why"]), entry.Text("basis", ""), entry.Text("confidence", ""));
    }

    private static SourceRule Source(YamlNode rule)
    {
        var source = rule.Text("source");
        if (source != SourceRule.Statement && !Sources.Order.Contains(source)) throw rule.Wrong("source", $"no list means '{source}'");
        var column = source == SourceRule.Statement ? rule.Text("column", "") : rule.Text("column");
        var only = rule.Find("only")?.Entries().ToDictionary(limit => limit.Key, limit => limit.Value.WordsOrEmpty(), StringComparer.Ordinal);
        return new SourceRule(source, column, rule.Text("since", ""), only ?? []);
    }

    private static Dictionary<string, string> Said(YamlNode said)
    {
        said.Flag("bo_review");
        return new(StringComparer.Ordinal) { ["zh"] = said.Text("zh"), ["bo"] = said.Text("bo"), ["en"] = said.Text("en") };
    }
}
