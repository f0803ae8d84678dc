using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.ReadLog;

/// <summary>A page tried to show a field that its purpose does not open: a bug, caught before anything is read.</summary>
internal sealed class FieldOutsidePurposeException(string field,
    string purpose) : InvalidOperationException($"The purpose '{purpose}' does not open the field '{field}'.")
{
    public string FieldName { get; } = field;

    public string PurposeCode { get; } = purpose;
}

/// <summary>What may be shown after a look was logged: the fields asked for, less those that the role does not need.</summary>
public sealed class FieldMask
{
    private readonly FieldRules rules;
    private readonly IReadOnlySet<string> asked;
    private readonly bool under14;

    internal FieldMask(FieldRules rules, Purpose purpose, Role role, IReadOnlySet<string> asked, bool under14 = false) =>
        (this.rules, Purpose, Role, this.asked, this.under14) = (rules, purpose, role, asked, under14);

    public Purpose Purpose { get; }

    /// <summary>The role under which the look is in the log.</summary>
    public Role Role { get; }

    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public bool Allowed(string field) => rules[field] is var rule && asked.Contains(field) && rule.For(Role, under14);

    /// <summary>The value, or its type's default when the field is closed.</summary>
    public T? Show<T>(string field, T? value) => Allowed(field) ? value : default;

    /// <summary>The mask for one of the persons: of someone under 14 only what the role needs of a child.</summary>
    public FieldMask Of(bool under14) => under14 == this.under14 ? this : new(rules, Purpose, Role, asked, under14);
}

/// <summary>
/// The one way to personal data: the purpose is on the closed list, the actor's role may claim it, the fields lie within it, and the
/// look is durable in the log before anything comes back.
/// </summary>
public sealed class Reading
{
    private readonly ReadLog log;
    private readonly Purposes purposes;
    private readonly FieldRules fields;

    internal Reading(ReadLog log, Purposes purposes, FieldRules fields) => (this.log, this.purposes, this.fields) = (log, purposes, fields);

    /// <summary>The purposes under which this actor may use the permission, out of those offered, in their order.</summary>
    public IReadOnlyList<Purpose> Open(Actor actor, Permission permission, params IEnumerable<string> offered) =>
        [.. offered.Where(purposes.Has).Select(code => purposes[code]).Where(purpose => RoleFor(actor, permission, purpose) is not null)];

    /// <summary>The purpose claimed, when it is on the list and a role of the actor may both claim it and use the permission.</summary>
    /// <returns>Refusal <c>access.purpose.denied</c>.</returns>
    public Outcome<Purpose> Claim(Actor actor, Permission permission, string code) =>
        purposes.Has(code) && RoleFor(actor, permission, purposes[code]) is not null
            ? purposes[code] : Refusal.Of("access.purpose.denied", "Your role may not read for this purpose. Choose another.");

    /// <summary>A claimed purpose, opening no more than what the actor's role needs, of a person under fourteen less.</summary>
    public Purpose Narrow(Actor actor, Permission permission, Purpose purpose, bool under14)
    {
        var role = RoleFor(actor, permission, purpose)!.Value;
        return purpose with { Fields = purpose.Fields.Where(field => fields[field].For(role, under14)).ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Logs a look at these persons and says what of them may be shown.</summary>
    /// <param name="wanted">The fields the page shows; none is all that the purpose opens.</param>
    /// <exception cref="FieldOutsidePurposeException">A wanted field is not opened by the purpose.</exception>
    public Task<Outcome<FieldMask>> Of(Actor actor, Permission permission, string purpose, IReadOnlyList<PersonId> persons,
        IReadOnlyList<string>? wanted = null, string detail = "", string reference = "") =>
        Log(actor, permission, purpose, wanted,
            (role, code) => new ReadEntry(actor.Account, actor.Name, role, code, permission.Code, persons, Detail: detail, Reference: reference));

    /// <summary>Logs a batch, one entry for everyone in a place, and says what of them may be shown.</summary>
    /// <param name="scope">A place's code, or <c>all</c>.</param>
    /// <exception cref="FieldOutsidePurposeException">A wanted field is not opened by the purpose.</exception>
    public Task<Outcome<FieldMask>> OfAll(Actor actor, Permission permission, string purpose, string scope,
        IReadOnlyList<string>? wanted = null, string detail = "", string reference = "") =>
        Log(actor, permission, purpose, wanted,
            (role, code) => new ReadEntry(actor.Account, actor.Name, role, code, permission.Code, [], scope, detail, reference));

    private async Task<Outcome<FieldMask>> Log(Actor actor, Permission permission, string code,
        IReadOnlyList<string>? wanted, Func<Role, string, ReadEntry> entry)
    {
        var claim = Claim(actor, permission, code);
        if (claim.Refusal is { } refusal) return refusal;
        var purpose = claim.Value;
        foreach (var field in wanted ?? [])
            if (!purpose.Opens(fields[field].Name)) throw new FieldOutsidePurposeException(field, code);
        var role = RoleFor(actor, permission, purpose)!.Value;
        await log.Append(entry(role, code));
        return new FieldMask(fields, purpose, role, wanted is null ? purpose.Fields : wanted.ToHashSet(StringComparer.Ordinal));
    }

    private static Role? RoleFor(Actor actor, Permission permission, Purpose purpose) =>
        actor.Grants.Where(grant => permission.Admits(grant.Role) && purpose.Roles.Contains(grant.Role))
            .Select(grant => (Role?)grant.Role).FirstOrDefault();
}
