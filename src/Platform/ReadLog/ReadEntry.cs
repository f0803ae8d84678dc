using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.ReadLog;

/// <summary>One look at personal data: who, as what, why, doing what, and at whom. A batch job is one entry with a
/// scope instead of persons.</summary>
/// <param name="Act">Stable code of what was done, <c>people.view</c>.</param>
/// <param name="SubjectScope"><c>persons</c> when <paramref name="Persons"/> lists them; else a place code or <c>all</c>.</param>
/// <param name="Detail">What a citizen may be told beside it; never personal data of another person.</param>
/// <param name="Reference">The case or file under which it was read, empty when none; a lawful hold may name it.</param>
public sealed record ReadEntry(Guid Account, string ActorName, Role Role, string Purpose, string Act,
    IReadOnlyList<PersonId> Persons, string SubjectScope = "persons", string Detail = "",
    string Reference = "")
{
    public static ReadEntry By(Actor actor, Permission permission, string purpose, params IReadOnlyList<PersonId> persons) =>
        new(actor.Account, actor.Name, actor.RoleFor(permission), purpose, permission.Code, persons);
}

internal readonly record struct StoredEntry(long Seq, long At, Guid Account, string Actor, string Role, string Purpose,
    string Act, string SubjectScope, byte[] Subjects, string Detail, string Reference);
