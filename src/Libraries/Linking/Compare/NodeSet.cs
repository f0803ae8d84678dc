namespace Legwork.Linking;

/// <summary>
/// What is compared: a node is one record, or several that are already known to be one. A node of several is compared by the best
/// answer that any of its values gives, so a phone from one register and an address from another speak together.
/// </summary>
internal sealed class NodeSet
{
    private NodeSet(int[] start, int[] records, int[] nodeOf)
    {
        Start = start;
        Records = records;
        NodeOf = nodeOf;
    }

    public int Count => Start.Length - 1;

    /// <summary>Records of node i stand in <see cref="Records"/> from Start[i] to Start[i + 1].</summary>
    public int[] Start { get; }

    public int[] Records { get; }

    public int[] NodeOf { get; }

    public ReadOnlySpan<int> Of(int node) => Records.AsSpan(Start[node], Start[node + 1] - Start[node]);

    /// <summary>Every record a node of its own.</summary>
    public static NodeSet Singles(int count) => From(Enumerable.Range(0, count).ToArray());

    /// <param name="group">Any number for each record; equal numbers are one node. Nodes are numbered by their first record.</param>
    public static NodeSet From(ReadOnlySpan<int> group)
    {
        var nodeOf = new int[group.Length];
        var number = new Dictionary<int, int>(group.Length);
        for (var r = 0; r < group.Length; r++)
        {
            if (!number.TryGetValue(group[r], out var node)) number[group[r]] = node = number.Count;
            nodeOf[r] = node;
        }

        var start = new int[number.Count + 1];
        foreach (var node in nodeOf) start[node + 1]++;
        for (var i = 0; i < number.Count; i++) start[i + 1] += start[i];
        var records = new int[group.Length];
        var next = start.AsSpan(0, number.Count).ToArray();
        for (var r = 0; r < nodeOf.Length; r++) records[next[nodeOf[r]]++] = r;
        return new NodeSet(start, records, nodeOf);
    }
}

/// <summary>Sets that only grow together (union by size, path halving).</summary>
internal sealed class UnionFind
{
    private readonly int[] parent;

    public UnionFind(int count)
    {
        parent = new int[count];
        for (var i = 0; i < count; i++) parent[i] = i;
    }

    public int Find(int x)
    {
        while (parent[x] != x)
        {
            parent[x] = parent[parent[x]];
            x = parent[x];
        }

        return x;
    }

    /// <summary>The smaller number stays the root, so that the outcome does not depend on the order of the unions.</summary>
    public void Union(int a, int b)
    {
        a = Find(a);
        b = Find(b);
        if (a == b) return;
        if (a < b) parent[b] = a;
        else parent[a] = b;
    }

    public int[] Roots()
    {
        var roots = new int[parent.Length];
        for (var i = 0; i < roots.Length; i++) roots[i] = Find(i);
        return roots;
    }
}
