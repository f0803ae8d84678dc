using Legwork.Schedules.Cdsi;
using Legwork.Schedules.National;

namespace Legwork.Schedules;

/// <summary>Finds a rule set by what a person writes: <c>cn-2026</c>, or <c>cdsi:DIR</c> for CDC's supporting data.</summary>
public static class RuleSources
{
    private const string Cdsi = "cdsi:";

    /// <param name="name">As above; also the path of a folder of national rules.</param>
    /// <param name="rulesFolder">The folder in which national rule sets lie by their names.</param>
    /// <exception cref="RuleFileException">Nothing is there, or it is not understood.</exception>
    public static RuleSet Load(string name, string rulesFolder)
    {
        if (name.StartsWith(Cdsi, StringComparison.OrdinalIgnoreCase)) return CdsiRules.Load(name[Cdsi.Length..]);
        var folder = Path.Combine(rulesFolder, name);
        if (Directory.Exists(folder)) return NationalRules.Load(folder);
        var known = Directory.Exists(rulesFolder)
            ? string.Join(", ", Directory.GetDirectories(rulesFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal)) : "";
        throw new RuleFileException(folder, 0, $"is not there; the rule sets are {(known.Length > 0 ? known + " and " : "")}cdsi:DIR");
    }
}
