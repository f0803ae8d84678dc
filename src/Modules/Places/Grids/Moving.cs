using System.Globalization;
using Legwork.Places.Contracts;
using Legwork.Platform.Outbox;
using Legwork.Platform.Storage;

namespace Legwork.Places.Grids;

/// <summary>Dwellings get another grid: the row, its history and the event, in one unit.</summary>
internal static class Moving
{
    /// <param name="rest">Retired grids with the heir that takes what has no dwelling; told of even when no dwelling moved.</param>
    public static void Move(Session session, Outbox outbox, IReadOnlyList<(Dwelling Was, string To)> moved, DateOnly on,
        IReadOnlyCollection<(string From, string To)> rest)
    {
        Store.Each(session, "update places_dwelling set grid = @p0 where id = @p1", moved.Select(move => (object?[])[move.To, move.Was.Id]));
        Store.Bulk(session, "places_move", ["dwelling", "from_grid", "to_grid", "on_day"],
            moved.Select(move => new object?[] { move.Was.Id, move.Was.Grid, move.To, on.ToString("O", CultureInfo.InvariantCulture) }));
        var pairs = moved.Select(move => (From: move.Was.Grid, move.To)).Concat(rest).Distinct()
            .OrderBy(pair => pair.From, StringComparer.Ordinal).ThenBy(pair => pair.To, StringComparer.Ordinal).ToList();
        var byPair = moved.ToLookup(move => (move.Was.Grid, move.To), move => move.Was.Key);
        var byFrom = moved.ToLookup(move => move.Was.Grid);
        var retired = rest.Select(pair => pair.From).ToHashSet(StringComparer.Ordinal);
        foreach (var (from, to) in pairs)
        {
            var takesRest = rest.Contains((from, to));
            IReadOnlyList<string> elsewhere = takesRest ? [.. byFrom[from].Where(move => move.To != to).Select(move => move.Was.Key)] : [];
            var isWhole = takesRest && elsewhere.Count == 0;
            outbox.Tell(session, PlacesEvents.GridChanged, PlacesEvents.Grids,
                new GridChanged(from, to, isWhole ? null : [.. byPair[(from, to)]], on, takesRest, elsewhere, retired.Contains(from)));
        }
    }
}
