namespace Legwork.Linking;

/// <summary>
/// What needs no weighing: pairs that a person decided, and records that agree in a sure key of the model and are confirmed by a second
/// comparison. A decision that two records differ outranks every key.
/// </summary>
internal static class SureMatches
{
    /// <summary>Records of one key are compared pair by pair up to this many; more of them say that the key is a placeholder.</summary>
    private const int GroupMax = 40;

    public static NodeSet Join(LinkModel model, Columns columns, Comparer singles, IReadOnlyList<Decision> decisions)
    {
        var groups = new UnionFind(columns.Count);
        foreach (var decision in decisions)
            if (decision.Same) groups.Union(decision.A, decision.B);
        var apart = decisions.Where(d => !d.Same).ToList();
        var cache = singles.NewCache();
        foreach (var sure in model.Sure)
        {
            var pass = new Pass(sure.Columns, new BlockingKeys([sure.Columns], columns, 1)[0], singles.Nodes, GroupMax);
            for (var block = 0; block < pass.BlockCount; block++)
            {
                var members = pass.Members(block);
                for (var i = 0; i < members.Length; i++)
                    for (var j = i + 1; j < members.Length; j++)
                        if (Confirmed(sure, singles, members[i], members[j], cache)) Union(groups, members[i], members[j], apart);
            }
        }

        return NodeSet.From(groups.Roots());
    }

    private static bool Confirmed(SureKey sure, Comparer singles, int a, int b, AnswerCache cache)
    {
        if (sure.AgreeIn.Count == 0) return true;
        foreach (var c in sure.AgreeIn)
        {
            var answer = singles.Answer(c, a, b, cache);
            var levels = singles.Comparisons[c].Levels;
            if (answer >= 1 && answer <= levels.Count && !levels[answer - 1].Weak) return true;
        }

        return false;
    }

    private static void Union(UnionFind groups, int a, int b, List<Decision> apart)
    {
        int x = groups.Find(a), y = groups.Find(b);
        foreach (var decision in apart)
        {
            int p = groups.Find(decision.A), q = groups.Find(decision.B);
            if ((p == x && q == y) || (p == y && q == x)) return;
        }

        groups.Union(a, b);
    }
}
