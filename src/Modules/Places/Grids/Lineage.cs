using Legwork.Platform.Storage;

namespace Legwork.Places.Grids;

/// <summary>Which grids came in the place of which.</summary>
internal sealed class Lineage
{
    private readonly ILookup<string, string> heirs;

    private Lineage(IEnumerable<(string Retired, string Heir)> pairs) =>
        heirs = pairs.ToLookup(pair => pair.Retired, pair => pair.Heir, StringComparer.Ordinal);

    public static Lineage Load(Session session) => Session.AtHand(LoadAsync(session));

    public static async Task<Lineage> LoadAsync(Session session) =>
        new((await session.QueryAsync<Row>("select retired, heir from places_lineage order by retired, heir"))
            .Select(row => (row.Retired, row.Heir)));

    /// <summary>The grids that hold now in the place of this one, itself while it was never retired; in order of codes.</summary>
    public IReadOnlyList<string> HeirsOf(string grid)
    {
        if (!heirs.Contains(grid)) return [grid];
        var living = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([grid]);
        while (open.TryPop(out var code))
        {
            if (!heirs.Contains(code)) living.Add(code);
            foreach (var heir in heirs[code]) open.Push(heir);
        }
        return [.. living];
    }

    private sealed record Row(string Retired, string Heir);
}
