using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Legwork.Kernel;
using Legwork.Platform.Access;

namespace Legwork.Platform.ReadLog;

/// <summary>One look at personal data: who, as what, why, doing what, and at whom. A batch job is one entry with a scope instead of persons.</summary>
/// <param name="Act">Stable code of what was done, <c>people.view</c>.</param>
/// <param name="SubjectScope"><c>persons</c> when <paramref name="Persons"/> lists them; else a place code or <c>all</c>.</param>
/// <param name="Detail">What a citizen may be told beside it; never personal data of another person.</param>
public sealed record ReadEntry(Guid Account, string ActorName, Role Role, string Purpose, string Act,
    IReadOnlyList<PersonId> Persons, string SubjectScope = "persons", string Detail = "")
{
    public static ReadEntry By(Actor actor, Permission permission, string purpose, params IReadOnlyList<PersonId> persons) =>
        new(actor.Account, actor.Name, actor.RoleFor(permission), purpose, permission.Code, persons);
}

/// <summary>The chained form: SHA-256 over the previous hash and every field, each with its length before it.</summary>
internal static class Chain
{
    public static readonly byte[] Start = new byte[32];

    public static byte[] Subjects(IReadOnlyList<PersonId> persons)
    {
        var bytes = new byte[persons.Count * 16];
        for (var i = 0; i < persons.Count; i++) persons[i].Value.TryWriteBytes(bytes.AsSpan(i * 16), bigEndian: true, out _);
        return bytes;
    }

    public static byte[] Hash(IncrementalHash hasher, ReadOnlySpan<byte> previous, string node, in StoredEntry entry)
    {
        hasher.AppendData(previous);
        Append(hasher, node);
        Append(hasher, entry.Seq);
        Append(hasher, entry.At);
        Span<byte> account = stackalloc byte[16];
        entry.Account.TryWriteBytes(account, bigEndian: true, out _);
        hasher.AppendData(account);
        Append(hasher, entry.Actor);
        Append(hasher, entry.Role);
        Append(hasher, entry.Purpose);
        Append(hasher, entry.Act);
        Append(hasher, entry.SubjectScope);
        Append(hasher, entry.Detail);
        Append(hasher, entry.Subjects.Length);
        hasher.AppendData(entry.Subjects);
        return hasher.GetHashAndReset();
    }

    private static void Append(IncrementalHash hasher, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hasher.AppendData(bytes);
    }

    private static void Append(IncrementalHash hasher, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Append(hasher, (long)length);
        Span<byte> bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        hasher.AppendData(bytes);
    }
}

internal readonly record struct StoredEntry(long Seq, long At, Guid Account, string Actor, string Role, string Purpose,
    string Act, string SubjectScope, byte[] Subjects, string Detail);
