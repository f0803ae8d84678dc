using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;

namespace Legwork.People.Desk;

/// <summary>
/// The one way by which pages of this module come to personal data: the purpose is checked, the look is in the log, and only then
/// is anything shown.
/// </summary>
internal sealed class FileReading(ReadLog log, Purposes purposes)
{
    /// <summary>The purposes under which this actor may use the permission, out of those offered, in their order.</summary>
    public IReadOnlyList<Purpose> Open(Actor actor, Permission permission, params IEnumerable<string> offered) =>
        [.. offered.Where(purposes.Has).Select(code => purposes[code]).Where(purpose => RoleFor(actor, permission, purpose) is not null)];

    /// <summary>The purpose claimed, when it is on the list and one of the actor's roles may claim it with this permission.</summary>
    /// <returns>Refusal <c>people.purpose.denied</c>.</returns>
    public Outcome<Purpose> Claim(Actor actor, Permission permission, string code) =>
        purposes.Has(code) && RoleFor(actor, permission, purposes[code]) is not null
            ? purposes[code] : Refusal.Of("people.purpose.denied", "Your role may not read for this purpose. Choose another.");

    /// <summary>Appends who is about to be seen; what was claimed may be shown when this completes.</summary>
    /// <param name="claimed">From <see cref="Claim"/>.</param>
    public Task Log(Actor actor, Permission permission, Purpose claimed, IReadOnlyList<PersonId> persons, string detail = "") =>
        log.Append(new ReadEntry(actor.Account, actor.Name, RoleFor(actor, permission, claimed) ?? throw new InvalidOperationException("The purpose was not claimed."),
            claimed.Code, permission.Code, persons, Detail: detail));

    /// <summary>Appends a batch: everyone whom the scope covers.</summary>
    public Task LogScope(Actor actor, Permission permission, Purpose claimed, string scope, string detail = "") =>
        log.Append(new ReadEntry(actor.Account, actor.Name, RoleFor(actor, permission, claimed) ?? throw new InvalidOperationException("The purpose was not claimed."),
            claimed.Code, permission.Code, [], scope, detail));

    private static Role? RoleFor(Actor actor, Permission permission, Purpose purpose) =>
        actor.Grants.Where(grant => permission.Roles.Contains(grant.Role) && purpose.Roles.Contains(grant.Role)).Select(grant => (Role?)grant.Role).FirstOrDefault();
}
