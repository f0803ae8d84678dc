namespace Legwork.Linking;

/// <summary>An undirected edge between nodes with its total weight in bits, prior included.</summary>
/// <param name="Excused">It pays nothing for a source that both sides hold.</param>
/// <param name="Apart">They are two, whatever else speaks for them.</param>
internal readonly record struct Edge(int A, int B, float Bits, bool Excused = false, bool Apart = false);

/// <summary>What clustering holds itself to.</summary>
/// <param name="JoinFrom">Average bits from which two clusters join.</param>
/// <param name="Unseen">Bits of a pair that was never compared, or fell below what is kept: mild evidence against.</param>
/// <param name="SameSource">Bits against joining two clusters for each source that both hold.</param>
internal sealed record ClusterRule(float JoinFrom, float Unseen, float SameSource)
{
    /// <summary>Which patterns of answers are excused from <see cref="SameSource"/>; none when null.</summary>
    public Func<ulong, bool>? Excused { get; init; }

    /// <summary>Which nodes with a pattern of answers are two, since one source tells them apart; none when null.</summary>
    public Func<int, int, ulong, bool>? Apart { get; init; }
}

/// <summary>
/// Agglomeration by average linkage over a sparse graph: clusters join best first while the average over all their pairs, unseen pairs
/// included, stays above the bar. A weak bridge between two solid groups is outvoted by the pairs that do not hold, so nothing chains.
/// </summary>
internal sealed class Agglomeration
{
    private readonly ClusterRule rule;
    private readonly UnionFind joined;
    private readonly int[] size;
    private readonly Dictionary<int, Link>?[] links;
    private readonly UInt128[] sources;
    private readonly PriorityQueue<(int A, int B, int StampA, int StampB), (float, int, int)> queue = new();
    private readonly int[] stamp;

    private Agglomeration(int count, ClusterRule rule, Func<int, UInt128>? sourcesOf)
    {
        this.rule = rule;
        joined = new UnionFind(count);
        size = new int[count];
        stamp = new int[count];
        links = new Dictionary<int, Link>?[count];
        sources = sourcesOf is null ? [] : new UInt128[count];
        Array.Fill(size, 1);
        for (var i = 0; i < sources.Length; i++) sources[i] = sourcesOf!(i);
    }

    /// <returns>For each node the smallest node of its cluster.</returns>
    public static int[] Cluster(int count, IEnumerable<Edge> edges, IReadOnlyCollection<(int A, int B)> apart, ClusterRule rule,
        Func<int, UInt128>? sourcesOf = null)
    {
        var run = new Agglomeration(count, rule, sourcesOf);
        // Before the edges, so that no edge is offered before it is forbidden.
        foreach (var (a, b) in apart)
            if (a != b) run.Connect(a, b, new Link(0, 0, true, false));
        foreach (var edge in edges) run.Connect(edge.A, edge.B, new Link(edge.Bits, 1, edge.Apart, edge.Excused));
        run.Run();
        return run.joined.Roots();
    }

    private void Connect(int a, int b, Link link)
    {
        Add(a, b, link);
        Add(b, a, link);
        Offer(a, b);
    }

    private void Add(int from, int to, Link link)
    {
        var own = links[from] ??= [];
        own[to] = own.TryGetValue(to, out var before) ? before.And(link) : link;
    }

    private void Offer(int a, int b)
    {
        if (a > b) (a, b) = (b, a);
        var score = Score(a, b, links[a]![b]);
        if (score >= rule.JoinFrom) queue.Enqueue((a, b, stamp[a], stamp[b]), (-score, a, b));
    }

    private float Score(int a, int b, Link link)
    {
        if (link.Apart) return float.MinValue;
        var pairs = (float)size[a] * size[b];
        var score = (link.Sum + (pairs - link.Pairs) * rule.Unseen) / pairs;
        if (sources.Length > 0 && !link.Excused)
        {
            var shared = sources[a] & sources[b];
            if (shared != 0) score -= rule.SameSource * (int)UInt128.PopCount(shared);
        }

        return score;
    }

    private void Run()
    {
        while (queue.TryDequeue(out var next, out _))
        {
            var (a, b, stampA, stampB) = next;
            if (stamp[a] != stampA || stamp[b] != stampB) continue;
            Join(a, b);
        }
    }

    private void Join(int a, int b)
    {
        joined.Union(a, b);
        stamp[a]++;
        stamp[b] = -1;
        links[a]!.Remove(b);
        links[b]!.Remove(a);
        foreach (var (other, link) in links[b]!)
        {
            links[other]!.Remove(b);
            Add(a, other, link);
            Add(other, a, link);
        }

        links[b] = null;
        size[a] += size[b];
        if (sources.Length > 0) sources[a] |= sources[b];
        foreach (var other in links[a]!.Keys) Offer(a, other);
    }

    private readonly record struct Link(float Sum, int Pairs, bool Apart, bool Excused)
    {
        public Link And(Link other) => new(Sum + other.Sum, Pairs + other.Pairs, Apart || other.Apart, Excused || other.Excused);
    }
}
