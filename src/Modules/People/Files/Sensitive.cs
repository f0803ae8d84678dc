using Legwork.Kernel;
using Legwork.Yaml;

namespace Legwork.People.Files;

/// <summary>Words that tell of imprisonment or illness, and until what age someone is a child, from <c>rules/people/sensitive.yaml</c>.</summary>
/// <param name="Words">For each field of the list of purposes that must be open (<c>custody</c>, <c>health</c>), the words that betray it.</param>
internal sealed record Sensitive(IReadOnlyDictionary<string, IReadOnlyList<string>> Words, int ChildUntilYears)
{
    /// <summary>The field a text needs to be open, or null when it holds nothing sensitive.</summary>
    public string? FieldOf(string text)
    {
        foreach (var (field, words) in Words)
            if (words.Any(word => text.Contains(word, StringComparison.Ordinal))) return field;
        return null;
    }

    /// <summary>Counted anew each day from the birth date; a vague one counts as its latest day, which protects longer.</summary>
    public bool IsChild(VagueDate birth, DateOnly today) => birth.IsKnown && birth.Latest.AddYears(ChildUntilYears) > today;

    /// <exception cref="YamlFault">The file is not what its own head describes.</exception>
    public static Sensitive Load(string path)
    {
        var root = YamlNode.Load(path);
        var years = root.Number("child_until_years", min: 1, max: 30);
        return new Sensitive(root.Entries().Where(entry => entry.Key != "child_until_years")
            .ToDictionary(entry => entry.Key, entry => entry.Value.Words(), StringComparer.Ordinal), years);
    }
}
