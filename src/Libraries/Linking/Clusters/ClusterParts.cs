namespace Legwork.Linking;

/// <summary>
/// Clusters in parts that cannot touch each other: two clusters only ever join over a pair that reaches the bar itself, so what no chain
/// of such pairs connects is clustered apart, to the same end. Pairs between parts are dropped, and where even the rest is too much for
/// memory, the parts are taken in several passes over the pairs.
/// </summary>
internal static class ClusterParts
{
    /// <param name="edgesMax">Edges held at once; a single part may exceed it.</param>
    /// <returns>For each node the smallest node of its cluster.</returns>
    public static int[] Cluster(int count, KeptPairs pairs, IReadOnlyCollection<(int A, int B)> apart, ClusterRule rule,
        Func<int, UInt128>? sourcesOf, long edgesMax)
    {
        var parts = new UnionFind(count);
        foreach (var pair in pairs.All())
            if (pair.Bits >= rule.JoinFrom) parts.Union(pair.A, pair.B);
        var part = parts.Roots();
        var edges = new int[count];
        foreach (var pair in pairs.All())
            if (part[pair.A] == part[pair.B]) edges[part[pair.A]]++;

        var roots = new int[count];
        for (var i = 0; i < count; i++) roots[i] = i;
        for (var from = 0; from < count;)
        {
            long held = edges[from];
            var to = from + 1;
            while (to < count && held + edges[to] <= edgesMax) held += edges[to++];
            if (held > 0) ClusterSome(from, to);
            from = to;
        }

        return roots;

        void ClusterSome(int from, int to)
        {
            bool Among(int a, int b) => part[a] == part[b] && part[a] >= from && part[a] < to;
            var some = Agglomeration.Cluster(count, pairs.All().Where(p => Among(p.A, p.B))
                    .Select(p => new Edge(p.A, p.B, p.Bits, rule.Excused?.Invoke(p.Pattern) ?? false,
                        rule.Apart?.Invoke(p.A, p.B, p.Pattern) ?? false)),
                [.. apart.Where(p => Among(p.A, p.B))], rule, sourcesOf);
            for (var i = 0; i < count; i++)
                if (part[i] >= from && part[i] < to) roots[i] = some[i];
        }
    }
}
