using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform;
using YamlDotNet.RepresentationModel;

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

    public static Sensitive Load(string path)
    {
        var stream = YamlFile.Load(path);
        var words = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var years = 14;
        foreach (var (key, value) in (YamlMappingNode)stream.Documents[0].RootNode)
        {
            if (value is YamlSequenceNode list) words.Add(((YamlScalarNode)key).Value!, [.. list.Select(word => ((YamlScalarNode)word).Value!)]);
            else years = int.Parse(((YamlScalarNode)value).Value!, CultureInfo.InvariantCulture);
        }
        return new Sensitive(words, years);
    }
}
