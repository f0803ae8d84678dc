using System.Globalization;
using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Cases.Storage;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Districts;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>A worker is ill or away: a supervisor gives the day of his grids to another worker who has a day, with dates and a reason.</summary>
internal sealed class SubstituteWorker(Store store, CaseRules rules, WorkingCalendar calendar, PlaceNames names, TimeProvider clock)
{
    public const int DaysMax = 31;

    private Permission Steer => rules.Access[CaseRight.Steer];

    private IReadOnlyList<Role> HaveDays => rules.Access.Roles(CaseRight.Day);

    /// <param name="absent">Sign-in name of the absent worker, or a name that only one has; empty when a grid has
    /// none, and then <paramref name="place"/> is needed.</param>
    /// <param name="place">One grid or community; empty: every place of the absent worker.</param>
    /// <returns>
    /// How many places were given. Refusals: <c>cases.worker_unknown</c>, <c>cases.absent_unknown</c>, <c>cases.out_of_scope</c>,
    /// <c>cases.own_substitute</c>, <c>cases.place</c>, <c>cases.days</c>, <c>cases.reason</c>.
    /// </returns>
    public async Task<Outcome<int>> Give(Actor supervisor, string absent, string substitute, string place,
        DateOnly from, DateOnly until, string reason)
    {
        var found = await Find(supervisor, absent, substitute, place, from, until, reason);
        if (!found.Ok) return found.Refusal!;
        var (absentee, standsIn, places) = (found.Value.Absent, found.Value.Substitute, found.Value.Places);
        return await store.Write<Outcome<int>>(session =>
        {
            foreach (var given in places)
                SubstitutionRows.Add(session,
                    new Substitution(Guid.CreateVersion7(), given, absentee?.Account, absentee?.Name ?? "", standsIn.Account, standsIn.Name,
                    Iso(from), Iso(until), reason.Trim(), supervisor.Account), clock.GetUtcNow());
            return places.Count;
        });
    }

    /// <summary>What is wrong with everything but the days, for a form whose days are none.</summary>
    public async Task<Refusal?> Faults(Actor supervisor, string absent, string substitute, string place, string reason)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        return (await Find(supervisor, absent, substitute, place, today, today, reason)).Refusal;
    }

    private async Task<Outcome<Stead>> Find(Actor supervisor, string absent, string substitute, string place,
        DateOnly from, DateOnly until, string reason)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        var found = place.Length > 0 && !await names.Knows(place, CancellationToken.None)
            ? Refusal.Of("cases.place", "No list of the district has a place of this code.")
            : store.Read(session => Places(session, supervisor, absent, substitute, place, from > today ? from : today));
        return Refusal.All(found.Refusal, until < from || until < today || until.DayNumber - from.DayNumber >= DaysMax
                ? Refusal.Of("cases.days", $"A substitution ends on or after the day it begins and lasts at most {DaysMax} days.") : null,
            reason.Trim().Length is < 2 or > 500 ? Refusal.Of("cases.reason", "Write the reason: others will read it.") : null) is { } wrong
            ? wrong : found;
    }

    public async Task<Outcome<Done>> End(Actor supervisor, Guid id)
    {
        var given = store.Read(session => SubstitutionRows.Find(session, id));
        if (given is null) return Refusal.Of("cases.not_found", "There is no such substitution.");
        if (!supervisor.May(Steer, given.Place)) return Refusal.Of("cases.out_of_scope", "That place is not one you are responsible for.");
        await store.Write(session => SubstitutionRows.End(session, id, supervisor.Account, clock.GetUtcNow()));
        return Done.It;
    }

    /// <summary>The workers with a day where this supervisor is responsible.</summary>
    public Task<IReadOnlyList<RoleHolder>> Workers(Actor supervisor, CancellationToken cancel) =>
        store.ReadAsync(session => DayWorkers.In(session, HaveDays, supervisor.Where(Steer), calendar.DayOf(clock.GetUtcNow())), cancel);

    /// <summary>The substitutions that hold or will hold where this supervisor is responsible.</summary>
    public async Task<IReadOnlyList<Substitution>> Current(Actor supervisor, CancellationToken cancel)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        return [.. (await store.ReadAsync(session => SubstitutionRows.Current(session, today), cancel))
            .Where(given => supervisor.May(Steer, given.Place))];
    }

    private Outcome<Stead> Places(Session session, Actor supervisor, string absent, string substitute, string place, DateOnly day)
    {
        if (DayWorkers.Find(session, HaveDays, substitute, day) is not { } standsIn)
            return Refusal.Of("cases.worker_unknown", "No grid worker has the substitute's name, or several do: use the sign-in name.");
        var away = absent.Length > 0 ? DayWorkers.Find(session, HaveDays, absent, day) : null;
        if (absent.Length > 0 && away is null)
            return Refusal.Of("cases.absent_unknown", "No grid worker has the absent person's name, or several do: use the sign-in name.");
        if (away?.Account == standsIn.Account) return Refusal.Of("cases.own_substitute", "Nobody substitutes for himself.");
        var grants = away is null ? [] : Accounts.GrantsOf(session, away.Account).Where(grant => HaveDays.Contains(grant.Role));
        var scopes = grants.Select(grant => grant.Scope.Code).Distinct().ToList();
        IReadOnlyList<string> places = place.Length > 0 ? [place] : scopes;
        if (places.Count == 0 || places.Any(one => !Place.IsCode(one)))
            return Refusal.Of("cases.place", "Name a worker, or a grid or community by its code.");
        if (place.Length > 0 && away is not null && !scopes.Any(scope => new Scope(scope).Covers(place)))
            return Refusal.Of("cases.place", "The absent worker does not work there.");
        return places.All(one => supervisor.May(Steer, one)) ? new Stead(away, standsIn, places)
            : Refusal.Of("cases.out_of_scope", "That place is not one you are responsible for.");
    }

    private sealed record Stead(RoleHolder? Absent, RoleHolder Substitute, IReadOnlyList<string> Places);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
