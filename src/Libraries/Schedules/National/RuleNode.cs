using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Legwork.Schedules.National;

/// <summary>
/// One mapping of a rule file. Every reading marks its key; <see cref="NothingElse"/> then refuses what nobody reads: a mistyped key that is
/// silently ignored would silently change the schedule.
/// </summary>
/// <exception cref="RuleFileException">Thrown by every reading of a value that is missing or not what it should be; names file and line.</exception>
internal sealed partial class RuleNode
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly string file;
    private readonly int line;

    private RuleNode(string file, YamlNode node)
    {
        this.file = file;
        line = (int)node.Start.Line;
        if (node is not YamlMappingNode mapping) throw new RuleFileException(file, line, "an entry with named values belongs here");
        foreach (var (key, value) in mapping.Children) values[(key as YamlScalarNode)?.Value ?? ""] = value;
    }

    public int Line => line;

    public IEnumerable<string> Keys => values.Keys;

    /// <param name="name">Of the file, for messages.</param>
    public static RuleNode Parse(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count != 1) throw new RuleFileException(name, 0, "one document belongs in a file");
            return new RuleNode(name, stream.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw new RuleFileException(name, (int)e.Start.Line, e.InnerException?.Message ?? e.Message);
        }
    }

    public bool Has(string key) => values.ContainsKey(key);

    public string Text(string key) => Scalar(key, Node(key));

    public string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public int Whole(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw Wrong(key, "a whole number belongs here");

    public bool Flag(string key) => Has(key) && (bool.TryParse(Text(key), out var flag) ? flag : throw Wrong(key, "true or false belongs here"));

    public DateOnly Day(string key) => DateOnly.TryParseExact(Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw Wrong(key, "a day such as 2026-06-17 belongs here");

    /// <summary>"birth", or a length of time such as "18 months".</summary>
    public Period Period(string key) => ParsePeriod(key, Text(key));

    public IReadOnlyList<string> Texts(string key) => !Has(key) ? [] : Node(key) is YamlSequenceNode list
        ? [.. list.Children.Select(node => Scalar(key, node))]
        : throw Wrong(key, "a list belongs here");

    public RuleNode Entry(string key) => new(file, Node(key));

    public IReadOnlyList<RuleNode> Entries(string key) => !Has(key) ? [] : Node(key) is YamlSequenceNode list
        ? [.. list.Children.Select(node => new RuleNode(file, node))]
        : throw Wrong(key, "a list of entries belongs here");

    /// <summary>A text in the three languages; without Tibetan, Chinese stands in until somebody writes it.</summary>
    public LocalText Local(string key)
    {
        var entry = Entry(key);
        var text = new LocalText(entry.Text("zh"), entry.Text("bo", entry.Text("zh")), entry.Text("en"));
        entry.Flag("bo_review");
        entry.NothingElse();
        return text;
    }

    /// <param name="effective">Said by the entry's place; null when the entry says it itself.</param>
    public Standing Standing(string? effective = null)
    {
        if (effective is null && !Vague().IsMatch(effective = Text("effective"))) throw Wrong("effective", "a day, a month or a year belongs here");
        var confidence = Text("confidence") switch
        {
            "H" => Confidence.High,
            "M" => Confidence.Medium,
            "L" => Confidence.Low,
            _ => throw Wrong("confidence", "H, M or L belongs here"),
        };
        var sources = Texts("sources");
        if (sources.Count == 0) throw Wrong("sources", "at least one source belongs here");
        var why = Has("why") ? Local("why") : null;
        if (confidence != Confidence.High && why is null) throw Wrong("confidence", "M and L say why, under 'why'");
        return new Standing(effective, sources, confidence, why);
    }

    /// <summary>"at least 28 days from dose 1", or "7 to 10 days from dose 1".</summary>
    public RowInterval? Interval()
    {
        if (!Has("interval")) return null;
        var text = Text("interval");
        var match = AtLeast().Match(text);
        if (match.Success) return new RowInterval(ParsePeriod("interval", match.Groups[1].Value), null, Number(match.Groups[2]));
        match = Between().Match(text);
        if (!match.Success) throw Wrong("interval", "write it as 'at least 28 days from dose 1' or '7 to 10 days from dose 1'");
        var (from, to) = (ParsePeriod("interval", $"{match.Groups[1].Value} {match.Groups[3].Value}"), ParsePeriod("interval", $"{match.Groups[2].Value} {match.Groups[3].Value}"));
        if (from.CompareTo(to) > 0) throw Wrong("interval", "the longer time stands second");
        return new RowInterval(from, to, Number(match.Groups[4]));
    }

    /// <summary>"counted IPV DTaP-IPV-Hib under 3": how many doses of these vaccines, or of "any", have counted so far.</summary>
    public IReadOnlyList<RowCondition> Conditions(string key) => [.. Texts(key).Select(text =>
    {
        var match = Counted().Match(text);
        if (!match.Success) throw Wrong(key, "write it as 'counted MPSV-A is 1', 'counted … at least 2' or 'counted … under 1'");
        var how = match.Groups[2].Value switch { "is" => CountedAs.Is, "under" => CountedAs.Under, _ => CountedAs.AtLeast };
        return new RowCondition(match.Groups[1].Value is "any" ? [] : match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), how, Number(match.Groups[3]));
    })];

    /// <summary>"DT", or "DT from 6 years".</summary>
    public IReadOnlyList<AlsoCounts> Also(string key) => [.. Texts(key).Select(text =>
    {
        var from = text.IndexOf(" from ", StringComparison.Ordinal);
        return from < 0 ? new AlsoCounts(text, null) : new AlsoCounts(text[..from], ParsePeriod(key, text[(from + 6)..]));
    })];

    public void NothingElse()
    {
        if (values.Keys.FirstOrDefault(key => !read.Contains(key)) is { } unknown)
            throw new RuleFileException(file, (int)values[unknown].Start.Line, $"'{unknown}' is not known here");
    }

    public RuleFileException Wrong(string key, string why) =>
        new(file, values.TryGetValue(key, out var node) ? (int)node.Start.Line : line, $"{key}: {why}");

    private Period ParsePeriod(string key, string text) => text == "birth" ? default : Schedules.Period.TryParse(text, out var period)
        ? period : throw Wrong(key, $"'{text}' is no length of time such as '18 months'");

    private YamlNode Node(string key)
    {
        read.Add(key);
        return values.TryGetValue(key, out var node) ? node : throw Wrong(key, "it is missing");
    }

    private string Scalar(string key, YamlNode node) => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong(key, "a text belongs here");

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}(-\d{2}(-\d{2})?)?$")]
    private static partial Regex Vague();

    [GeneratedRegex(@"^at least (\d{1,4} \w+) from dose (\d{1,2})$")]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"^(\d{1,4}) to (\d{1,4}) (\w+) from dose (\d{1,2})$")]
    private static partial Regex Between();

    [GeneratedRegex(@"^counted ([\w -]+?) (is|under|at least) (\d{1,2})$")]
    private static partial Regex Counted();
}
