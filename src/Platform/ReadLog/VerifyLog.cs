using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>What the chains, the signed heads inside and the signed heads outside the database say together.</summary>
public sealed record LogVerdict(long Entries, int Chains, IReadOnlyList<string> Faults)
{
    public bool Whole => Faults.Count == 0;

    /// <summary>Recomputes the whole log.</summary>
    /// <param name="publicKey">PEM; an auditor's own copy proves more than the server's.</param>
    /// <param name="headFolders">The node's own, and any copy that an auditor holds.</param>
    public static LogVerdict On(Store store, string publicKey, IEnumerable<string> headFolders) => VerifyLog.Run(store, publicKey, headFolders);

    /// <summary>The public half of the key in a district's folder of keys.</summary>
    public static string PublicKeyIn(string keysFolder)
    {
        using var signer = LogSigner.At(Path.Combine(keysFolder, PlatformModule.LogKeyFile));
        return signer.PublicKey;
    }
}

/// <summary>
/// Recomputes every chain. A changed entry breaks its hash; a cut tail or a wholesale rewrite contradicts a signed head kept outside;
/// a read hidden from its person's index leaves the index and the entries unequal.
/// </summary>
internal static class VerifyLog
{
    // Each part begins at the stored hash before it: parts that all hold make one chain that holds, and parts go side by side.
    private const long EntriesPerPart = 50_000;

    public static LogVerdict Run(Store store, string publicKey, IEnumerable<string> headFolders)
    {
        var faults = new List<string>();
        var outside = headFolders.Where(Directory.Exists).SelectMany(folder => HeadsIn(folder, faults)).ToList();
        // One view for heads and ends: a node that goes on writing must not look like a node that wrote unsigned.
        var (inside, checkpoints, ends) = store.Snapshot(session => (
            Head.Inside(session), Head.Checkpoints(session),
            session.Query<ChainEnd>("select node, max(seq) as seq from readlog_entry group by node")));
        foreach (var head in inside.Concat(outside)
            .Where(head => !LogSigner.Verify(publicKey, head.Node, head.Seq, head.At, head.Hash, head.Signature)))
            faults.Add($"{head.Node}: the head at {head.Seq} is not signed by this district's key.");
        foreach (var cut in checkpoints.Where(cut => !LogSigner.VerifyCheckpoint(publicKey, cut.Node, cut.Seq, cut.At, cut.Hash, cut.Signature)))
            faults.Add($"{cut.Node}: what was pruned up to {cut.Seq} is not signed by this district's key.");
        var chains = ends.Select(end => end.Node).Union(inside.Concat(outside).Select(head => head.Node)).Order(StringComparer.Ordinal)
            .Select(node => ChainOf(node, ends.Find(end => end.Node == node)?.Seq, inside, outside, checkpoints)).ToList();
        var entries = chains.Sum(chain => Verify(store, chain, faults));
        return new LogVerdict(entries, chains.Count, faults);
    }

    private static NodeChain ChainOf(string node, long? last, List<Head> inside, List<Head> outside, List<Head> checkpoints)
    {
        var pruned = checkpoints.Where(cut => cut.Node == node).MaxBy(cut => cut.Seq);
        var head = inside.Find(head => head.Node == node);
        return new NodeChain(node, (pruned?.Seq ?? 0) + 1, Math.Max(last ?? 0, pruned?.Seq ?? 0), pruned?.Hash ?? Chain.Start, head,
            inside.Concat(outside).Where(claim => claim.Node == node).ToLookup(claim => claim.Seq));
    }

    private static long Verify(Store store, NodeChain chain, List<string> faults)
    {
        var index = Task.Run(() => store.Read(session => IndexFingerprint(session, chain)));
        var parts = new List<(long From, long To)>();
        for (var from = chain.First; from <= chain.Last; from += EntriesPerPart) parts.Add((from, Math.Min(from + EntriesPerPart - 1, chain.Last)));
        var verdicts = new PartVerdict[parts.Count];
        Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 8) },
            i => verdicts[i] = store.Read(session => Walk(session, chain, parts[i].From, parts[i].To)));

        var broken = verdicts.Select(part => part.Fault).FirstOrDefault(fault => fault is not null);
        if (broken is not null) faults.Add(broken);
        foreach (var at in chain.Claims[chain.First - 1].Where(claim => !claim.Hash.AsSpan().SequenceEqual(chain.Before)))
            faults.Add($"{chain.Node}: the chain at {at.Seq} is not the one that was signed: the log was rewritten.");
        foreach (var rewritten in verdicts.SelectMany(part => part.Rewritten).Distinct().Take(1))
            faults.Add($"{chain.Node}: the chain at {rewritten} is not the one that was signed: the log was rewritten.");
        if (chain.Claims.Select(claim => claim.Key).Where(seq => seq > chain.Last).Order().Cast<long?>().FirstOrDefault() is { } cut)
            faults.Add($"{chain.Node}: a head was signed at {cut}, but the log ends at {chain.Last}: its tail was cut.");
        if (chain.Head is null) faults.Add($"{chain.Node}: the chain has no signed head.");
        else if (chain.Head.Seq < chain.Last) faults.Add($"{chain.Node}: entries after {chain.Head.Seq} were never signed.");
        var entries = verdicts.Aggregate(Fingerprint.Empty, (sum, part) => sum + part.Subjects);
        if (broken is null && entries != index.Result)
            faults.Add($"{chain.Node}: the index by person ({index.Result.Count} reads) is not that of the entries ({entries.Count}): "
                + "a read is hidden from its person, or made up.");
        return broken is null ? chain.Last - chain.First + 1 : verdicts.TakeWhile(part => part.Fault is null).Sum(part => part.Entries);
    }

    private static PartVerdict Walk(Session session, NodeChain chain, long from, long to)
    {
        var verdict = new PartVerdict();
        var hasher = new Chain();
        var previous = from == chain.First ? chain.Before
            : session.First<byte[]>("select hash from readlog_entry where node = @Node and seq = @before",
                new { chain.Node, before = from - 1 }) ?? Chain.Start;
        var expected = from;
        using var reader = session.Prepared("""
            select seq, at, account, actor, role, purpose, act, subject_scope, subjects, detail, reference, hash
            from readlog_entry where node = @p0 and seq between @p1 and @p2 order by seq
            """).With(chain.Node, from, to).Read();
        while (reader.Read())
        {
            var entry = new StoredEntry(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                reader.GetString(5), reader.GetString(6), reader.GetString(7), (byte[])reader[8], reader.GetString(9), reader.GetString(10));
            if (entry.Seq != expected) return verdict with { Fault = $"{chain.Node}: entry {expected} is missing; the next is {entry.Seq}." };
            var hash = hasher.Hash(previous, chain.Node, entry);
            if (!hash.AsSpan().SequenceEqual((byte[])reader[11]))
                return verdict with { Fault = $"{chain.Node}: entry {entry.Seq} does not match its hash: it, or one before it, was changed." };
            if (chain.Claims.Contains(entry.Seq) && chain.Claims[entry.Seq].Any(claim => !claim.Hash.AsSpan().SequenceEqual(hash)))
                verdict.Rewritten.Add(entry.Seq);
            for (var i = 0; i + 16 <= entry.Subjects.Length; i += 16)
                verdict.Subjects += Fingerprint.Of(new Guid(entry.Subjects.AsSpan(i, 16), bigEndian: true), entry.Seq);
            previous = hash;
            expected++;
            verdict.Entries++;
        }
        return expected == to + 1 ? verdict : verdict with { Fault = $"{chain.Node}: entry {expected} is missing." };
    }

    private static Fingerprint IndexFingerprint(Session session, NodeChain chain)
    {
        var sum = Fingerprint.Empty;
        using var reader = session.Prepared("select person, seq from readlog_subject where node = @p0 and seq <= @p1")
            .With(chain.Node, chain.Last).Read();
        while (reader.Read()) sum += Fingerprint.Of(reader.GetGuid(0), reader.GetInt64(1));
        return sum;
    }

    private static List<Head> HeadsIn(string folder, List<string> faults)
    {
        var heads = new List<Head>();
        foreach (var file in Directory.EnumerateFiles(folder)
            .Where(f => f.EndsWith(".latest", StringComparison.Ordinal) || f.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            // A line without its end was being written when the power went; nobody was shown what it would have covered.
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                try
                {
                    if (Head.FromLine(line) is { Node: not null, Hash: not null, Signature: not null } head) heads.Add(head);
                }
                catch (System.Text.Json.JsonException)
                {
                    faults.Add($"{Path.GetFileName(file)}: a line is not a signed head.");
                }
            }
        }
        return heads;
    }

    /// <param name="First">The first entry that is still there.</param>
    /// <param name="Before">The hash before it.</param>
    private sealed record NodeChain(string Node, long First, long Last, byte[] Before, Head? Head, ILookup<long, Head> Claims);

    private sealed record PartVerdict
    {
        public string? Fault { get; init; }

        public long Entries { get; set; }

        public Fingerprint Subjects { get; set; } = Fingerprint.Empty;

        public List<long> Rewritten { get; } = [];
    }

    private sealed record ChainEnd(string Node, long Seq);
}
