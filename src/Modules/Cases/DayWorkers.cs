using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>Whom a form may name as a worker of a grid: whoever holds one of the roles that have a day.</summary>
internal static class DayWorkers
{
    public static async Task<IReadOnlyList<RoleHolder>> In(Session session, IReadOnlyList<Role> roles,
        IReadOnlyCollection<Scope> places, DateOnly day)
    {
        var holders = new List<RoleHolder>();
        foreach (var role in roles) holders.AddRange(await RoleHolder.In(session, role, places, day));
        return [.. holders.Distinct()];
    }

    /// <summary>Who was meant: the sign-in name, or a name that only one of them has today.</summary>
    /// <param name="place">A place that the role must cover; null for any.</param>
    public static RoleHolder? Find(Session session, IReadOnlyList<Role> roles, string asked, DateOnly day, string? place = null) =>
        roles.Select(role => RoleHolder.Find(session, role, asked, day, place)).OfType<RoleHolder>()
            .DistinctBy(worker => worker.Account).ToList() is [var one] ? one : null;
}
