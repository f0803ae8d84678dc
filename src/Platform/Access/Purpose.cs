using Legwork.Platform.Shell;
using YamlDotNet.RepresentationModel;

namespace Legwork.Platform.Access;

/// <summary>
/// Why someone reads personal data: from the closed list in <c>rules/access/purposes.yaml</c>, which fixes the roles that may
/// claim it and the fields it opens (PIPL arts 5, 6, 19).
/// </summary>
public sealed record Purpose(string Code, IReadOnlySet<Role> Roles, IReadOnlySet<string> Fields, string Zh, string Bo, string En, string Basis)
{
    public bool Opens(string field) => Fields.Contains(field);

    /// <summary>The purpose in the reader's language.</summary>
    public string In(Language language) => language == Language.Tibetan ? Bo : language == Language.English ? En : Zh;
}

public sealed class Purposes
{
    private readonly Dictionary<string, Purpose> byCode;

    private Purposes(Dictionary<string, Purpose> byCode) => this.byCode = byCode;

    public IEnumerable<Purpose> All => byCode.Values;

    /// <exception cref="KeyNotFoundException">The list is closed: a purpose that is not on it does not exist.</exception>
    public Purpose this[string code] => byCode.TryGetValue(code, out var purpose)
        ? purpose : throw new KeyNotFoundException($"'{code}' is not on the list of purposes.");

    public bool Has(string code) => byCode.ContainsKey(code);

    /// <summary>A role as the rule files write it, <c>grid_worker</c>.</summary>
    internal static Role? RoleNamed(string word) =>
        Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => role.ToString()!.Equals(word.Replace("_", ""), StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">The file is not what docs/how-to/access.md describes; the message names the entry.</exception>
    public static Purposes Load(string path)
    {
        var stream = YamlFile.Load(path);
        var list = new Dictionary<string, Purpose>(StringComparer.Ordinal);
        foreach (var (key, value) in (YamlMappingNode)stream.Documents[0].RootNode)
        {
            var code = ((YamlScalarNode)key).Value!;
            if (value is not YamlMappingNode entry) throw new FormatException($"{path}: '{code}' is not an entry.");
            list.Add(code, new Purpose(
                code,
                Words(entry, "roles").Select(word => RoleNamed(word)
                    ?? throw new FormatException($"{path}: '{code}' names the unknown role '{word}'.")).ToHashSet(),
                Words(entry, "fields").ToHashSet(StringComparer.Ordinal),
                Text(entry, "zh"), Text(entry, "bo"), Text(entry, "en"), Text(entry, "basis")));
        }
        return new Purposes(list);

        string Text(YamlMappingNode entry, string name) => entry.Children.TryGetValue(name, out var node) && node is YamlScalarNode { Value: { } text }
            ? text : throw new FormatException($"{path}: an entry lacks '{name}'.");

        IEnumerable<string> Words(YamlMappingNode entry, string name) => entry.Children.TryGetValue(name, out var node) && node is YamlSequenceNode words
            ? words.Select(word => ((YamlScalarNode)word).Value!) : throw new FormatException($"{path}: an entry lacks the list '{name}'.");
    }
}
