using Legwork.Cases.Acts;
using Legwork.Cases.Storage;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Cases;

/// <summary>Listens to Places: when dwellings come to another grid, their open cases follow, each with a line in its history, and so does
/// whoever substitutes in a grid that ended.</summary>
internal static class FollowGridChanges
{
    public const string Kind = "places.grid_changed";

    public static Platform.Outbox.EventHandler Handler(Func<CaseDesk> desk) => new("cases", Kind, (session, row) => Follow(desk(), session, row));

    private static void Follow(CaseDesk desk, Session session, EventRow row)
    {
        var changed = row.Read<GridChanged>();
        if (changed.Retired) SubstitutionRows.Follow(session, changed.From, changed.To);
        var moved = (changed.Dwellings ?? []).ToHashSet(StringComparer.Ordinal);
        var lockRows = session.Engine == Engine.Postgres ? " for update" : "";
        foreach (var @case in CaseRows.Where(session, "place = @p0 and state not in ('closed', 'withdrawn')" + lockRows, changed.From))
        {
            // What lies in the old grid without a dwelling on the list follows the one heir that takes the rest.
            var follows = changed.Dwellings is null || moved.Contains(@case.Group)
                || (changed.TakesRest && changed.Elsewhere?.Contains(@case.Group) != true);
            if (!follows) continue;
            var done = desk.DoByMachine(session, @case, new MoveWithGrid(changed.To));
            if (!done.Ok) throw new InvalidOperationException($"Case {@case.Id} could not follow its grid: {done.Refusal}");
        }
    }

    /// <param name="Dwellings">Keys of the dwellings that moved, which are the groups of their cases; null when the whole grid did.</param>
    private sealed record GridChanged(string From, string To, IReadOnlyList<string>? Dwellings, bool TakesRest,
        IReadOnlyList<string>? Elsewhere, bool Retired);
}
