using System.Text.Json;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>A chain's end, signed.</summary>
internal sealed record Head(string Node, long Seq, long At, byte[] Hash, byte[] Signature)
{
    public string ToLine() => JsonSerializer.Serialize(this);

    public static Head? FromLine(string line) => JsonSerializer.Deserialize<Head>(line);

    /// <summary>The present head of every chain, as the storage holds it.</summary>
    internal static List<Head> Inside(Session session) => Session.AtHand(InsideAsync(session));

    internal static Task<List<Head>> InsideAsync(Session session) => From(session, "readlog_head");

    /// <summary>Where chains were pruned, signed as checkpoints.</summary>
    internal static List<Head> Checkpoints(Session session) => Session.AtHand(From(session, "readlog_checkpoint"));

    private static async Task<List<Head>> From(Session session, string table) =>
        (await session.QueryAsync<Row>($"select node, seq, at, hash, signature from {table} order by node, seq"))
            .ConvertAll(row => new Head(row.Node, row.Seq, row.At, row.Hash, row.Signature));

    private sealed record Row(string Node, long Seq, long At, byte[] Hash, byte[] Signature);
}

/// <summary>
/// Heads outside the database: <c>NODE.latest</c> after every batch and <c>NODE.jsonl</c> now and then, with the public key
/// beside them. An auditor who copies the folder can later show that the log was cut or rewritten.
/// </summary>
internal sealed class HeadFiles(string folder, string node, string publicKey, TimeSpan archiveEvery)
{
    private Head? last;
    private long archivedAt;

    public void Keep(Head head)
    {
        if (last is null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "public-key.pem"), publicKey);
        }
        last = head;
        var path = Path.Combine(folder, node + ".latest");
        File.WriteAllText(path + ".new", head.ToLine() + "\n");
        File.Move(path + ".new", path, overwrite: true);
        if (head.At - archivedAt >= archiveEvery.TotalMilliseconds) Archive(head);
    }

    public void Close()
    {
        if (last is not null && last.At != archivedAt) Archive(last);
    }

    private void Archive(Head head)
    {
        File.AppendAllText(Path.Combine(folder, node + ".jsonl"), head.ToLine() + "\n");
        archivedAt = head.At;
    }
}
