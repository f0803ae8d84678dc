using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Legwork.Kernel;

namespace Legwork.Platform.ReadLog;

/// <summary>
/// The chained form of an entry: SHA-256 over the previous hash and every field, each text and list with its length before it.
/// Not for several threads at once; it keeps its buffer.
/// </summary>
internal sealed class Chain
{
    public static readonly byte[] Start = new byte[32];

    private byte[] buffer = new byte[1024];
    private int length;

    public static byte[] Subjects(IReadOnlyList<PersonId> persons)
    {
        var bytes = new byte[persons.Count * 16];
        for (var i = 0; i < persons.Count; i++) persons[i].Value.TryWriteBytes(bytes.AsSpan(i * 16), bigEndian: true, out _);
        return bytes;
    }

    public byte[] Hash(ReadOnlySpan<byte> previous, string node, in StoredEntry entry)
    {
        length = 0;
        previous.CopyTo(Room(previous.Length));
        Append(node);
        Append(entry.Seq);
        Append(entry.At);
        entry.Account.TryWriteBytes(Room(16), bigEndian: true, out _);
        Append(entry.Actor);
        Append(entry.Role);
        Append(entry.Purpose);
        Append(entry.Act);
        Append(entry.SubjectScope);
        Append(entry.Detail);
        Append(entry.Reference);
        Append(entry.Subjects.Length);
        entry.Subjects.CopyTo(Room(entry.Subjects.Length));
        return SHA256.HashData(buffer.AsSpan(0, length));
    }

    private void Append(long number) => BinaryPrimitives.WriteInt64BigEndian(Room(8), number);

    private void Append(string text)
    {
        Append((long)Encoding.UTF8.GetByteCount(text));
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        length -= room.Length - Encoding.UTF8.GetBytes(text, room);
    }

    private Span<byte> Room(int bytes)
    {
        if (length + bytes > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes));
        var room = buffer.AsSpan(length, bytes);
        length += bytes;
        return room;
    }
}
