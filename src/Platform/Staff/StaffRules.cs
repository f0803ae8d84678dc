using System.Text.RegularExpressions;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;

namespace Legwork.Platform.Staff;

/// <summary>
/// Who may give what to whom. Nobody gives a role beyond the places where he administers, nobody touches his own roles, and the
/// district never loses its last administrator.
/// </summary>
internal static partial class StaffRules
{
    /// <summary>Whether <paramref name="by"/> may give this role to this account, in a place that the district knows: a role where nobody lives
    /// and nothing stands would look as if someone were there.</summary>
    public static async Task<Refusal?> MayGive(Actor by, Guid to, RoleGiven given, PlaceNames places) =>
        MayGive(by, to, given.Role, given.Scope) ?? CheckPeriod(given.From, given.Until)
            ?? (await places.Knows(given.Scope.Code, CancellationToken.None) ? null : NoPlace);

    private static Refusal? MayGive(Actor by, Guid to, Role role, Scope scope)
    {
        if (by.Is(to)) return Refusal.Of("access.own_roles", "Nobody changes their own roles. Ask another administrator.");
        if (role == Role.Citizen)
            return Refusal.Of("access.residents_at_counter", "A resident's account is opened at the counter, after an identity check in person.");
        if (role == Role.Receiver) return Refusal.Of("access.receivers_elsewhere", "A system outside is no member of the staff.");
        if (!IsPlace(scope.Code)) return NoPlace;
        return by.May(AccessPermissions.ManageStaff, scope.Code) ? null
            : Refusal.Of("access.out_of_scope", "This lies outside the area that you administer.");
    }

    /// <summary>Whether <paramref name="by"/> may act on the account itself, which needs every role it holds to lie in his area.</summary>
    public static Refusal? MayManage(Actor by, Guid account, IEnumerable<Grant> held)
    {
        if (by.Is(account)) return Refusal.Of("access.own_roles", "Nobody changes their own roles. Ask another administrator.");
        var grants = held.ToList();
        if (grants.Exists(grant => grant.Role == Role.Citizen))
            return Refusal.Of("access.residents_at_counter", "A resident's account is opened at the counter, after an identity check in person.");
        return grants.TrueForAll(grant => by.May(AccessPermissions.ManageStaff, grant.Scope.Code)) ? null
            : Refusal.Of("access.out_of_scope", "This lies outside the area that you administer.");
    }

    /// <summary>Whether someone would still administer the district for good if these grants ended.</summary>
    /// <param name="administrators">Every open-ended administrator's grant that covers the district, by account, with the day it begins.</param>
    public static Refusal? LeavesAnAdministrator(IEnumerable<(Guid Account, long Grant, DateOnly From)> administrators,
        Func<Guid, long, bool> ends, DateOnly today) =>
        administrators.Any(held => held.From <= today && !ends(held.Account, held.Grant)) ? null
            : Refusal.Of("access.last_administrator", "This is the last administrator. Give the role to someone else first.");

    private static Refusal? CheckPeriod(DateOnly from, DateOnly? until) => until is { } end && end <= from
        ? Refusal.Of("access.period", "The last day lies before the first.") : null;

    /// <summary>What is no code, or one that neither the district nor a list of it names.</summary>
    public static readonly Refusal NoPlace = Refusal.Of("access.scope_unknown", "This is not the code of a place.");

    /// <summary>City (4 digits), district (6), street (9), community (12), or a grid in a community.</summary>
    public static bool IsPlace(string code) => PlaceCode().IsMatch(code);

    [GeneratedRegex(@"^(\d{4}|\d{6}|\d{9}|\d{12}(-[A-Za-z0-9]{1,8})?)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceCode();
}
