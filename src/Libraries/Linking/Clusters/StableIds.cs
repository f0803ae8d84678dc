namespace Legwork.Linking;

/// <summary>
/// Carries the ids of things over from one linking to the next. A cluster keeps the id that most of its records had; an id goes to the
/// cluster that holds most of its records, and never to another thing: what is left gets a new one.
/// </summary>
public static class StableIds
{
    /// <param name="clusters">The cluster of each record now.</param>
    /// <param name="before">The id that each record had, or null for a record that is new.</param>
    /// <param name="fresh">Makes an id that was never given before.</param>
    /// <returns>The id of each record now: one id a cluster, one cluster an id.</returns>
    public static TId[] Carry<TId>(ReadOnlySpan<int> clusters, IReadOnlyList<TId?> before, Func<TId> fresh)
        where TId : struct, IEquatable<TId>
    {
        var shared = new Dictionary<(int Cluster, TId Id), (int Records, int First)>();
        for (var r = 0; r < clusters.Length; r++)
        {
            if (before[r] is not { } id) continue;
            shared[(clusters[r], id)] = shared.TryGetValue((clusters[r], id), out var met) ? (met.Records + 1, met.First) : (1, r);
        }

        var given = new Dictionary<int, TId>();
        var taken = new HashSet<TId>();
        foreach (var ((cluster, id), _) in shared.OrderByDescending(s => s.Value.Records).ThenBy(s => s.Value.First))
        {
            if (given.ContainsKey(cluster) || !taken.Add(id)) continue;
            given[cluster] = id;
        }

        var ids = new TId[clusters.Length];
        for (var r = 0; r < ids.Length; r++)
        {
            if (!given.TryGetValue(clusters[r], out var id)) given[clusters[r]] = id = fresh();
            ids[r] = id;
        }

        return ids;
    }
}
