using System.Globalization;
using System.Text.RegularExpressions;
using Legwork.Yaml;

namespace Legwork.Schedules.National;

/// <summary>What a rule file of a national programme writes beyond texts and days: periods, intervals, conditions, where a rule stands.</summary>
internal static partial class RuleWords
{
    /// <summary>"birth", or a length of time such as "18 months".</summary>
    public static Period Period(this YamlNode entry, string key) => PeriodIn(entry[key], entry.Text(key));

    public static Period? PeriodOrNone(this YamlNode entry, string key) => entry.Has(key) ? entry.Period(key) : null;

    /// <summary>A text in the three languages; without Tibetan, Chinese stands in until somebody writes it.</summary>
    public static LocalText Local(this YamlNode entry, string key)
    {
        var said = entry[key];
        said.Flag("bo_review");
        return new LocalText(said.Text("zh"), said.Text("bo", said.Text("zh")), said.Text("en"));
    }

    public static LocalText? LocalOrNone(this YamlNode entry, string key) => entry.Has(key) ? entry.Local(key) : null;

    /// <param name="effective">Said by the entry's place; null when the entry says it itself.</param>
    public static Standing Standing(this YamlNode entry, string? effective = null)
    {
        if (effective is null && !Vague().IsMatch(effective = entry.Text("effective")))
            throw entry.Wrong("effective", "a day, a month or a year belongs here");
        var confidence = entry.Text("confidence") switch
        {
            "H" => Confidence.High,
            "M" => Confidence.Medium,
            "L" => Confidence.Low,
            _ => throw entry.Wrong("confidence", "H, M or L belongs here"),
        };
        var sources = entry.WordsOrNone("sources");
        if (sources.Count == 0) throw entry.Wrong("sources", "at least one source belongs here");
        var why = entry.LocalOrNone("why");
        if (confidence != Confidence.High && why is null) throw entry.Wrong("confidence", "M and L say why, under 'why'");
        return new Standing(effective, sources, confidence, why);
    }

    /// <summary>"at least 28 days from dose 1", or "7 to 10 days from dose 1".</summary>
    public static RowInterval? Interval(this YamlNode entry)
    {
        if (entry.Find("interval") is not { } node) return null;
        var match = AtLeast().Match(node.Text());
        if (match.Success) return new RowInterval(PeriodIn(node, match.Groups[1].Value), null, Number(match.Groups[2]));
        match = Between().Match(node.Text());
        if (!match.Success) throw node.Wrong("write it as 'at least 28 days from dose 1' or '7 to 10 days from dose 1'");
        var unit = match.Groups[3].Value;
        var (from, to) = (PeriodIn(node, $"{match.Groups[1].Value} {unit}"), PeriodIn(node, $"{match.Groups[2].Value} {unit}"));
        if (from.CompareTo(to) > 0) throw node.Wrong("the longer time stands second");
        return new RowInterval(from, to, Number(match.Groups[4]));
    }

    /// <summary>"counted IPV DTaP-IPV-Hib under 3": how many doses of these vaccines, or of "any", have counted so far.</summary>
    public static IReadOnlyList<RowCondition> Conditions(this YamlNode entry, string key) => [.. entry.ListOrNone(key).Select(node =>
    {
        var match = Counted().Match(node.Text());
        if (!match.Success) throw node.Wrong("write it as 'counted MPSV-A is 1', 'counted … at least 2' or 'counted … under 1'");
        var how = match.Groups[2].Value switch { "is" => CountedAs.Is, "under" => CountedAs.Under, _ => CountedAs.AtLeast };
        var of = match.Groups[1].Value;
        return new RowCondition(of is "any" ? [] : of.Split(' ', StringSplitOptions.RemoveEmptyEntries), how, Number(match.Groups[3]));
    })];

    /// <summary>"DT", or "DT from 6 years".</summary>
    public static IReadOnlyList<AlsoCounts> Also(this YamlNode entry, string key) => [.. entry.ListOrNone(key).Select(node =>
    {
        var text = node.Text();
        var from = text.IndexOf(" from ", StringComparison.Ordinal);
        return from < 0 ? new AlsoCounts(text, null) : new AlsoCounts(text[..from], PeriodIn(node, text[(from + 6)..]));
    })];

    private static Period PeriodIn(YamlNode node, string text) => text == "birth" ? default : Schedules.Period.TryParse(text, out var period)
        ? period : throw node.Wrong($"'{text}' is no length of time such as '18 months'");

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}(-\d{2}(-\d{2})?)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Vague();

    [GeneratedRegex(@"^at least (\d{1,4} \w+) from dose (\d{1,2})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"^(\d{1,4}) to (\d{1,4}) (\w+) from dose (\d{1,2})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"^counted ([\w -]+?) (is|under|at least) (\d{1,2})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counted();
}
