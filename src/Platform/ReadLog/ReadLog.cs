using System.Threading.Channels;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// The hash-chained log of reads, one chain a node. <see cref="Append"/> completes only when the entry is durable, so a page
/// awaits it before it shows anything. Waiting entries share a transaction, and its head is signed with it.
/// </summary>
public sealed class ReadLog : IAsyncDisposable
{
    private const int EntriesPerBatchMax = 512;
    private static readonly TimeSpan ArchiveEvery = TimeSpan.FromMinutes(5);

    private readonly Store store;
    private readonly LogSigner signer;
    private readonly TimeProvider clock;
    private readonly HeadFiles heads;
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Task work;

    internal ReadLog(Store store, LogSigner signer, TimeProvider clock, string node, string headsFolder)
    {
        this.store = store;
        this.signer = signer;
        this.clock = clock;
        Node = node;
        heads = new HeadFiles(headsFolder, node, signer.PublicKey, ArchiveEvery);
        work = Task.Run(Work);
    }

    public string Node { get; }

    /// <summary>What an auditor keeps to verify heads without this server.</summary>
    public string PublicKey => signer.PublicKey;

    /// <summary>Writes each chain's signed head and the public key into a folder that an auditor takes away.</summary>
    public IReadOnlyList<(string Node, long Seq, DateTimeOffset At)> ExportHeads(string folder) =>
        [.. Legwork.Platform.ReadLog.ExportHeads.Run(store, signer, folder)
            .Select(head => (head.Node, head.Seq, DateTimeOffset.FromUnixTimeMilliseconds(head.At)))];

    /// <summary>Of which chain, and up to which entry, a line of an exported file of heads speaks; null for none.</summary>
    public static (string Node, long Seq)? HeadIn(string line) => Head.FromLine(line) is { } head ? (head.Node, head.Seq) : null;

    /// <summary>Appends before display: await this, then show.</summary>
    public async Task Append(ReadEntry entry, CancellationToken cancel = default)
    {
        var waiting = new Waiting(entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(waiting, cancel);
        await waiting.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await work;
        heads.Close();
    }

    private async Task Work()
    {
        var batch = new List<Waiting>(EntriesPerBatchMax);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < EntriesPerBatchMax && queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            try
            {
                var head = await store.Note(session => AppendAll(session, batch));
                heads.Keep(head);
                Meters.ReadLogEntries.Add(batch.Count);
                foreach (var waiting in batch) waiting.Done.TrySetResult();
            }
            catch (Exception failure)
            {
                // Nothing of the batch is in the log, so nothing of it may be shown.
                foreach (var waiting in batch) waiting.Done.TrySetException(failure);
            }
        }
    }

    private Head AppendAll(Session session, List<Waiting> batch)
    {
        var (seq, hash) = LastOf(session);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var chain = new Chain();
        var insert = session.Prepared("""
            insert into readlog_entry (node, seq, at, account, actor, role, purpose, act, subject_scope, subjects, detail, reference, hash)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
            """);
        var index = session.Prepared("insert into readlog_subject (person, node, seq) values (@p0, @p1, @p2)");
        foreach (var (entry, _) in batch)
        {
            var persons = entry.Persons.Distinct().ToList();
            var stored = new StoredEntry(++seq, at, entry.Account, entry.ActorName, entry.Role.ToString(), entry.Purpose, entry.Act,
                entry.SubjectScope, Chain.Subjects(persons), entry.Detail, entry.Reference);
            hash = chain.Hash(hash, Node, stored);
            insert.With(Node, seq, at, entry.Account, stored.Actor, stored.Role, stored.Purpose, stored.Act, stored.SubjectScope,
                stored.Subjects, stored.Detail, stored.Reference, hash).Execute();
            foreach (var person in persons) index.With(person.Value, Node, seq).Execute();
        }

        var signature = signer.Sign(Node, seq, at, hash);
        session.Prepared("""
            insert into readlog_head (node, seq, at, hash, signature) values (@p0, @p1, @p2, @p3, @p4)
            on conflict (node) do update set seq = excluded.seq, at = excluded.at, hash = excluded.hash, signature = excluded.signature
            """).With(Node, seq, at, hash, signature).Execute();
        return new Head(Node, seq, at, hash, signature);
    }

    private (long Seq, byte[] Hash) LastOf(Session session)
    {
        var sql = "select seq, hash from readlog_head where node = @p0" + (session.Engine == Engine.Postgres ? " for update" : "");
        using var reader = session.Prepared(sql).With(Node).Read();
        return reader.Read() ? (reader.GetInt64(0), (byte[])reader[1]) : (0, Chain.Start);
    }

    private sealed record Waiting(ReadEntry Entry, TaskCompletionSource Done);
}
