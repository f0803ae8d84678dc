namespace Legwork.Platform.Access;

/// <summary>How much harm a field can do in wrong hands (PIPL art. 28).</summary>
internal enum Sensitivity
{
    Ordinary = 1,
    Personal = 2,
    Sensitive = 3,
    Grave = 4,
}

/// <summary>A field of the person file that pages may show.</summary>
/// <param name="NeededBy">Roles that may see it at all; null for every role that a purpose admits.</param>
/// <param name="Under14">Roles that may see it of someone under 14.</param>
/// <param name="Retention">Which kind of kept record it belongs to (<see cref="Kept"/>).</param>
internal sealed record FieldRule(string Name, Sensitivity Sensitivity, IReadOnlySet<Role>? NeededBy, IReadOnlySet<Role> Under14, string Retention)
{
    public bool For(Role role, bool under14) => NeededBy?.Contains(role) != false && (!under14 || Under14.Contains(role));
}

/// <summary>The fields and who needs them, as the modules declare them (<see cref="AccessBook"/>).</summary>
internal sealed class FieldRules
{
    private readonly IReadOnlyDictionary<string, FieldRule> byName;

    internal FieldRules(IReadOnlyDictionary<string, FieldRule> byName) => this.byName = byName;

    public IEnumerable<FieldRule> All => byName.Values;

    /// <exception cref="KeyNotFoundException">There is no such field: a typing error in a page.</exception>
    public FieldRule this[string name] =>
        byName.TryGetValue(name, out var rule) ? rule : throw new KeyNotFoundException($"No module declares the field '{name}'.");
}
