namespace Legwork.Platform.Access;

/// <summary>
/// Why someone reads personal data: from the closed list that the modules declare (<see cref="AccessBook"/>), which fixes the roles that may
/// claim it and the fields it opens (PIPL arts 5, 6, 19).
/// </summary>
public sealed record Purpose(string Code, IReadOnlySet<Role> Roles, IReadOnlySet<string> Fields, string Zh, string Bo, string En, string Basis)
{
    public bool Opens(string field) => Fields.Contains(field);
}

public sealed class Purposes
{
    private readonly IReadOnlyDictionary<string, Purpose> byCode;

    internal Purposes(IReadOnlyDictionary<string, Purpose> byCode) => this.byCode = byCode;

    public IEnumerable<Purpose> All => byCode.Values;

    /// <exception cref="KeyNotFoundException">The list is closed: a purpose that is not on it does not exist.</exception>
    public Purpose this[string code] => byCode.TryGetValue(code, out var purpose)
        ? purpose : throw new KeyNotFoundException($"'{code}' is not on the list of purposes.");

    public bool Has(string code) => byCode.ContainsKey(code);
}
