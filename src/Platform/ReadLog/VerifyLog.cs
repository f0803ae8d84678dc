using System.Security.Cryptography;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>What the chains, the signed heads inside and the signed heads outside the database say together.</summary>
public sealed record LogVerdict(long Entries, int Chains, IReadOnlyList<string> Faults)
{
    public bool Whole => Faults.Count == 0;
}

public static class VerifyLog
{
    /// <summary>
    /// Recomputes every chain. A changed entry breaks its hash; a cut tail or a wholesale rewrite contradicts a signed head in
    /// <paramref name="headFolders"/> (the node's own, and any copy an auditor holds).
    /// </summary>
    public static LogVerdict Run(Store store, string publicKey, IEnumerable<string> headFolders) => store.Snapshot(session =>
    {
        var faults = new List<string>();
        var outside = headFolders.Where(Directory.Exists).SelectMany(folder => HeadsIn(folder, faults)).ToList();
        var inside = session.Query<HeadRow>("select node, seq, at, hash, signature from readlog_head")
            .ConvertAll(row => new Head(row.Node, row.Seq, row.At, row.Hash, row.Signature));
        var claims = inside.Concat(outside).ToLookup(head => head.Node);
        foreach (var head in inside.Concat(outside))
            if (!LogSigner.Verify(publicKey, head.Node, head.Seq, head.At, head.Hash, head.Signature))
                faults.Add($"{head.Node}: the head at {head.Seq} is not signed by this district's key.");
        var nodes = session.Query<string>("select distinct node from readlog_entry").Union(claims.Select(group => group.Key)).Order().ToList();
        var entries = nodes.Sum(node => Walk(session, node, claims[node], inside.Find(head => head.Node == node), faults));
        return new LogVerdict(entries, nodes.Count, faults);
    });

    private static long Walk(Session session, string node, IEnumerable<Head> claims, Head? last, List<string> faults)
    {
        var wanted = claims.GroupBy(head => head.Seq).ToDictionary(group => group.Key, group => group.ToList());
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var previous = Chain.Start;
        long expected = 1, subjects = 0;
        using (var reader = session.Prepared("""
            select seq, at, account, actor, role, purpose, act, subject_scope, subjects, detail, hash
            from readlog_entry where node = @p0 order by seq
            """).With(node).Read())
        {
            while (reader.Read())
            {
                var entry = new StoredEntry(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                    reader.GetString(5), reader.GetString(6), reader.GetString(7), (byte[])reader[8], reader.GetString(9));
                if (entry.Seq != expected)
                {
                    faults.Add($"{node}: entry {expected} is missing; the next is {entry.Seq}.");
                    return expected - 1;
                }
                var hash = Chain.Hash(hasher, previous, node, entry);
                if (!hash.AsSpan().SequenceEqual((byte[])reader[10]))
                {
                    faults.Add($"{node}: entry {entry.Seq} does not match its hash: it, or one before it, was changed.");
                    return expected - 1;
                }
                if (wanted.Remove(entry.Seq, out var heads) && heads.Exists(head => !head.Hash.AsSpan().SequenceEqual(hash)))
                    faults.Add($"{node}: the chain at {entry.Seq} is not the one that was signed: the log was rewritten.");
                subjects += entry.SubjectScope == "persons" ? entry.Subjects.Length / 16 : 0;
                previous = hash;
                expected++;
            }
        }
        foreach (var cut in wanted.Keys.Order().Take(1)) faults.Add($"{node}: a head was signed at {cut}, but the log ends at {expected - 1}: its tail was cut.");
        if (last is null && expected > 1) faults.Add($"{node}: the chain has no signed head.");
        else if (last is not null && last.Seq < expected - 1) faults.Add($"{node}: entries after {last.Seq} were never signed.");
        var indexed = session.Scalar<long>("select count(*) from readlog_subject where node = @node", new { node });
        if (indexed != subjects) faults.Add($"{node}: the index by person names {indexed} reads, the entries {subjects}.");
        return expected - 1;
    }

    private static IEnumerable<Head> HeadsIn(string folder, List<string> faults)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => f.EndsWith(".latest", StringComparison.Ordinal) || f.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            foreach (var line in File.ReadLines(file))
            {
                Head? head = null;
                try
                {
                    head = Head.FromLine(line);
                }
                catch (System.Text.Json.JsonException)
                {
                    faults.Add($"{Path.GetFileName(file)}: a line is not a signed head.");
                }
                if (head is not null) yield return head;
            }
        }
    }

    private sealed record HeadRow(string Node, long Seq, long At, byte[] Hash, byte[] Signature);
}
