using YamlDotNet.RepresentationModel;

namespace Legwork.Platform.Access;

/// <summary>How much harm a field can do in wrong hands (PIPL art. 28).</summary>
public enum Sensitivity
{
    Ordinary = 1,
    Personal = 2,
    Sensitive = 3,
    Grave = 4,
}

/// <summary>A field of the person file that pages may show.</summary>
/// <param name="NeededBy">Roles that may see it at all; null for every role that a purpose admits.</param>
/// <param name="Under14">Roles that may see it of someone under 14.</param>
/// <param name="Retention">Which entry of <c>retention.yaml</c> says how long it is kept.</param>
public sealed record FieldRule(string Name, Sensitivity Sensitivity, IReadOnlySet<Role>? NeededBy, IReadOnlySet<Role> Under14, string Retention)
{
    public bool For(Role role, bool under14) => NeededBy?.Contains(role) != false && (!under14 || Under14.Contains(role));
}

/// <summary>The fields and who needs them, from <c>rules/access/fields.yaml</c>.</summary>
public sealed class FieldRules
{
    private readonly Dictionary<string, FieldRule> byName;

    private FieldRules(Dictionary<string, FieldRule> byName) => this.byName = byName;

    public IEnumerable<FieldRule> All => byName.Values;

    /// <exception cref="KeyNotFoundException">There is no such field: a typing error in a page.</exception>
    public FieldRule this[string name] => byName.TryGetValue(name, out var rule) ? rule : throw new KeyNotFoundException($"'{name}' is not a field of fields.yaml.");

    /// <exception cref="FormatException">An entry is incomplete; or a purpose opens a field that is not listed, or that none of its roles needs.</exception>
    public static FieldRules Load(string path, Purposes purposes)
    {
        var stream = YamlFile.Load(path);
        var rules = new Dictionary<string, FieldRule>(StringComparer.Ordinal);
        foreach (var (key, value) in (YamlMappingNode)stream.Documents[0].RootNode)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (value is not YamlMappingNode entry) throw new FormatException($"{path}: '{name}' is not an entry.");
            rules.Add(name, new FieldRule(name,
                Enum.TryParse<Sensitivity>(Text(entry, "sensitivity"), ignoreCase: true, out var sensitivity) ? sensitivity : throw new FormatException($"{path}: '{name}' lacks a sensitivity."),
                Roles(entry, "needed_by", name), Roles(entry, "under_14", name) ?? throw new FormatException($"{path}: '{name}' lacks under_14."),
                Text(entry, "retention") ?? throw new FormatException($"{path}: '{name}' lacks a retention.")));
        }
        foreach (var purpose in purposes.All)
        {
            foreach (var field in purpose.Fields)
            {
                if (!rules.TryGetValue(field, out var rule)) throw new FormatException($"{path}: purpose '{purpose.Code}' opens the field '{field}', which is not listed.");
                if (!purpose.Roles.Any(role => rule.For(role, under14: false))) throw new FormatException($"{path}: purpose '{purpose.Code}' opens '{field}' to roles that do not need it.");
            }
        }
        return new FieldRules(rules);

        string? Text(YamlMappingNode entry, string name) => entry.Children.TryGetValue(name, out var node) ? (node as YamlScalarNode)?.Value : null;

        HashSet<Role>? Roles(YamlMappingNode entry, string name, string field) => !entry.Children.TryGetValue(name, out var node) ? null
            : node is not YamlSequenceNode words ? throw new FormatException($"{path}: '{field}' has a {name} that is not a list.")
            : [.. words.Select(word => Purposes.RoleNamed(((YamlScalarNode)word).Value!) ?? throw new FormatException($"{path}: '{field}' names the unknown role '{word}'."))];
    }
}
