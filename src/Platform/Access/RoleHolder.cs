using Legwork.Platform.Storage;

namespace Legwork.Platform.Access;

/// <summary>One of the staff who holds a role, as a form offers them: nobody has to know a sign-in name by heart.</summary>
/// <param name="Scope">Where the role is held; one line for each place.</param>
public sealed record RoleHolder(Guid Account, string SignIn, string Name, Scope Scope)
{
    /// <summary>Who holds the role today in one of these places or inside it, in order of place and name.</summary>
    public static async Task<IReadOnlyList<RoleHolder>> In(Session session, Role role, IReadOnlyCollection<Scope> places, DateOnly day) =>
        [.. (await Of(session, role, day)).Where(holder => places.Any(place => place.Covers(holder.Scope)))
            .Select(holder => holder.Told).Distinct()
            .OrderBy(choice => choice.Scope.Code, StringComparer.Ordinal).ThenBy(choice => choice.Name, StringComparer.Ordinal)];

    /// <summary>Who was meant: the sign-in name, or a name that only one holder of the role has today.</summary>
    /// <param name="place">A place that the role must cover; null for any.</param>
    public static RoleHolder? Find(Session session, Role role, string asked, DateOnly day, string? place = null)
    {
        var holders = Session.AtHand(Of(session, role, day)).Where(holder => place is null || new Scope(holder.Scope).Covers(place)).ToList();
        var meant = Accounts.FindBySignIn(session, asked)?.Id is { } account && holders.Exists(holder => holder.Id == account) ? [account]
            : holders.Where(holder => holder.Name == asked.Trim()).Select(holder => holder.Id).Distinct().ToList();
        return meant.Count == 1 ? holders.Find(holder => holder.Id == meant[0])!.Told : null;
    }

    /// <summary>Whose role covers the place on a day, the narrowest scope first; their names are on the notice board anyway.</summary>
    public static async Task<IReadOnlyList<RoleHolder>> Over(Session session, Role role, string place, DateOnly day) =>
        [.. (await Of(session, role, day)).Select(holder => holder.Told).Where(holder => holder.Scope.Covers(place))
            .DistinctBy(holder => (holder.Name, holder.Scope))
            .OrderByDescending(holder => holder.Scope.Code.Length).ThenBy(holder => holder.Name, StringComparer.Ordinal)];

    private static async Task<List<HolderRow>> Of(Session session, Role role, DateOnly day) => (await session.QueryAsync<HolderRow>("""
        select a.id, a.sign_in, a.name, g.scope, g.from_day, g.until_day from access_grant g join access_account a on a.id = g.account
        where g.role = @role and g.ended_at is null and a.state = 'active'
        """, new { role = role.ToString() })).FindAll(holder => holder.HoldsOn(day));

    private sealed record HolderRow(Guid Id, string SignIn, string Name, string Scope, string FromDay, string? UntilDay)
    {
        public RoleHolder Told => new(Id, SignIn, Name, new Scope(Scope));

        public bool HoldsOn(DateOnly day) =>
            string.CompareOrdinal(FromDay, Iso(day)) <= 0 && (UntilDay is null || string.CompareOrdinal(Iso(day), UntilDay) < 0);

        private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
