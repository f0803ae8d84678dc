using Legwork.Yaml;

namespace Legwork.People.Files;

/// <summary>How periods of insurance stand beside each other, from <c>rules/people/periods.yaml</c>.</summary>
/// <param name="MayOverlap">Pairs of schemes, each in both orders.</param>
internal sealed record PeriodRules(IReadOnlySet<(string One, string Other)> MayOverlap, int GapDaysTold)
{
    /// <exception cref="YamlFault">The file is not what its own head describes.</exception>
    public static PeriodRules Load(string path)
    {
        var root = YamlNode.Load(path);
        root.Only("may_overlap", "gap_days_told", "source", "confidence");
        var pairs = new HashSet<(string, string)>();
        foreach (var entry in root.ListOrNone("may_overlap"))
        {
            var pair = entry.Words();
            if (pair.Count != 2) throw entry.Wrong("a pair of schemes is two words");
            pairs.Add((pair[0], pair[1]));
            pairs.Add((pair[1], pair[0]));
        }
        return new PeriodRules(pairs, root.Number("gap_days_told", min: 1, max: 3653));
    }
}
