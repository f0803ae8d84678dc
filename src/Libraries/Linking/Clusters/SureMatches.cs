namespace Legwork.Linking;

/// <summary>
/// What needs no weighing: pairs that a person decided, and records that agree in a sure key of the model and are confirmed by other
/// comparisons, or denied by all of them. A decision that two records differ outranks every key.
/// </summary>
internal static class SureMatches
{
    /// <summary>Records of one key are compared pair by pair up to this many; more of them say that the key is a placeholder.</summary>
    private const int GroupMax = 40;

    /// <returns>The nodes, and the pairs of records that a key tells apart.</returns>
    public static (NodeSet Nodes, List<(int A, int B)> Apart) Join(LinkModel model, Columns columns, Comparer singles,
        IReadOnlyList<Decision> decisions)
    {
        var groups = new Groups(columns.Count, decisions);
        var told = new List<(int A, int B)>();
        foreach (var sure in model.Sure)
        {
            var pass = new Pass(sure.Columns, new BlockingKeys([sure.Columns], columns, 1)[0], singles.Nodes, GroupMax);
            for (var block = 0; block < pass.BlockCount; block++)
            {
                var members = pass.Members(block);
                for (var i = 0; i < members.Length; i++)
                {
                    for (var j = i + 1; j < members.Length; j++)
                    {
                        if (Confirmed(sure, singles, members[i], members[j])) groups.Union(members[i], members[j]);
                        else if (sure.ElseApart && Denied(sure, singles, members[i], members[j])) told.Add((members[i], members[j]));
                    }
                }
            }
        }

        // Whom a third record binds together stays together: the key denies, it does not tear.
        told.RemoveAll(pair => groups.Find(pair.A) == groups.Find(pair.B));
        return (NodeSet.From(groups.Roots()), told);
    }

    private static bool Confirmed(SureKey sure, Comparer singles, int a, int b)
    {
        if (sure.AgreeIn.Count == 0) return true;
        foreach (var alternative in sure.AgreeIn)
        {
            var all = true;
            foreach (var agreement in alternative)
                all = all && agreement.Holds(singles.Comparisons, singles.Agreement(agreement.Comparison, a, b));
            if (all) return true;
        }

        return false;
    }

    private static bool Denied(SureKey sure, Comparer singles, int a, int b)
    {
        foreach (var alternative in sure.AgreeIn)
        {
            var denied = false;
            foreach (var agreement in alternative)
                denied = denied || agreement.IsDenied(singles.Comparisons, singles.Agreement(agreement.Comparison, a, b));
            if (!denied) return false;
        }

        return true;
    }

    /// <summary>Groups that only grow together, but never over a decision that two records differ.</summary>
    private sealed class Groups
    {
        private readonly UnionFind joined;
        private readonly Dictionary<int, List<int>> others = [];

        public Groups(int count, IReadOnlyList<Decision> decisions)
        {
            joined = new UnionFind(count);
            foreach (var decision in decisions)
                if (decision.Same) joined.Union(decision.A, decision.B);
            foreach (var decision in decisions)
            {
                if (decision.Same) continue;
                Others(Find(decision.A)).Add(decision.B);
                Others(Find(decision.B)).Add(decision.A);
            }
        }

        public int Find(int record) => joined.Find(record);

        public int[] Roots() => joined.Roots();

        public void Union(int a, int b)
        {
            int x = Find(a), y = Find(b);
            if (x == y || others.TryGetValue(x, out var ofX) && ofX.Exists(other => Find(other) == y)) return;
            joined.Union(x, y);
            var (kept, gone) = Find(x) == x ? (x, y) : (y, x);
            if (others.Remove(gone, out var moved)) Others(kept).AddRange(moved);
        }

        private List<int> Others(int root)
        {
            if (!others.TryGetValue(root, out var list)) others.Add(root, list = new(1));
            return list;
        }
    }
}
