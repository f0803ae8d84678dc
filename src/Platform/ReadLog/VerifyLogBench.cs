using System.Diagnostics;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>How long it takes to verify a chain of a million reads, each of one person.</summary>
public static class VerifyLogBench
{
    /// <summary>Fills an empty storage with one chain and verifies it.</summary>
    /// <param name="store">Its migrations are applied and its log is empty.</param>
    /// <returns>Seconds of the verification alone.</returns>
    public static async Task<double> Run(Store store, LogSigner signer, int entries = 1_000_000)
    {
        const string node = "bench";
        var (chain, hash, at) = (new Chain(), Chain.Start, 1_790_000_000_000L);
        var persons = Enumerable.Range(0, 100_000).Select(_ => PersonId.New()).ToArray();
        var account = Guid.CreateVersion7();
        await store.Write(session =>
        {
            Store.Bulk(session, "readlog_entry",
                ["node", "seq", "at", "account", "actor", "role", "purpose", "act", "subject_scope", "subjects", "detail", "reference", "hash"],
                Enumerable.Range(1, entries).Select(seq =>
                {
                    var entry = new StoredEntry(seq, at + seq, account, "央金", "Clerk", "counter", "people.view", "persons", Chain.Subjects([persons[seq % persons.Length]]), "", "");
                    hash = chain.Hash(hash, node, entry);
                    return new object?[] { node, entry.Seq, entry.At, entry.Account, entry.Actor, entry.Role, entry.Purpose, entry.Act, entry.SubjectScope, entry.Subjects, entry.Detail, entry.Reference, hash };
                }));
            Store.Bulk(session, "readlog_subject", ["person", "node", "seq"],
                Enumerable.Range(1, entries).Select(seq => new object?[] { persons[seq % persons.Length].Value, node, (long)seq }));
            session.Execute("insert into readlog_head (node, seq, at, hash, signature) values (@node, @entries, @at, @hash, @signature)",
                new { node, entries = (long)entries, at, hash, signature = signer.Sign(node, entries, at, hash) });
        });
        var watch = Stopwatch.StartNew();
        var verdict = VerifyLog.Run(store, signer.PublicKey, []);
        return verdict.Whole && verdict.Entries == entries ? watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"The log does not verify: {string.Join(" ", verdict.Faults)}");
    }
}
