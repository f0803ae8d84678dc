using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>Who may reach which case: by a grant that covers its place, or as a substitute on this day.</summary>
internal static class CaseScope
{
    /// <summary>As what an actor reaches a case, best first; empty when not at all.</summary>
    public static IReadOnlyList<Worker> WorkersFor(Session session, Actor actor, CaseRight right, CaseKind kind, Case @case, DateTimeOffset at)
    {
        var (access, roles) = (kind.Access, kind.Access.Roles(right));
        var workers = new List<Worker>();
        foreach (var grant in actor.Grants)
        {
            if (!roles.Contains(grant.Role) || !grant.Scope.Covers(@case.Place)) continue;
            // A case assigned to one worker by name is that worker's, and whoever substitutes for him.
            if (access.HasDay(grant.Role) && @case.AssignedTo != Guid.Empty && !actor.Is(@case.AssignedTo)) continue;
            workers.Add(As(actor, grant.Role, grant.Scope.Code));
        }
        // Whoever stands in does the absent one's own work; what either of them substitutes besides stays theirs.
        if (workers.Count > 0 || actor.For is not null) return workers;
        var substituting = actor.Grants.Select(grant => grant.Role).Where(role => roles.Contains(role) && access.HasDay(role)).Distinct().ToList();
        if (substituting.Count == 0) return workers;
        foreach (var held in SubstitutionRows.HeldBy(session, actor.Account, at))
            if (held.Covers(@case)) workers.AddRange(substituting.Select(role => Instead(actor, role, held)));
        return workers;
    }

    private static Worker As(Actor actor, Role role, string place) =>
        new(actor.Account, actor.Name, role, $"{role}@{place}", actor.For?.Account ?? Guid.Empty);

    private static Worker Instead(Actor actor, Role role, Substitution held) => held.Absent is not { } absent ? As(actor, role, held.Place)
        : new(actor.Account, Actor.NameFor(actor.Name, held.AbsentName), role, $"{role}@{held.Place}", absent);
}
