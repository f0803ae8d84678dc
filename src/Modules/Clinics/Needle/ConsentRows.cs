using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Clinics.Needle;

/// <summary>What parents said to a vaccine. The latest word of each who may speak for the child counts; a no of any of them stops it.</summary>
internal static class ConsentRows
{
    public const string Yes = "yes", No = "no", Withdrawn = "withdrawn";

    /// <summary>Vaccines of these files of one child that may be given.</summary>
    public static async Task<IReadOnlySet<string>> InForce(Session session, IReadOnlyList<PersonId> ids) =>
        Standing(await Of(session, ids)).Where(one => one.Value == Yes).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);

    public static async Task<List<ConsentRow>> Of(Session session, IReadOnlyList<PersonId> ids)
    {
        var rows = new List<ConsentRow>();
        foreach (var person in ids)
            rows.AddRange(await session.QueryAsync<ConsentRow>(
                "select id, person, product, answer, text, digest, signer, signed_as, visit, actor, at from clinics_consent where person = @person",
                new { person }));
        rows.Sort((one, other) => one.At.CompareTo(other.At));
        return rows;
    }

    /// <summary>By vaccine, what holds: yes, or no where anybody's last word is one.</summary>
    public static IReadOnlyDictionary<string, string> Standing(IEnumerable<ConsentRow> rows) => rows
        .GroupBy(row => row.Product).ToDictionary(product => product.Key, product =>
        {
            var last = product.GroupBy(row => row.Signer?.ToString() ?? row.SignedAs).Select(signer => signer.MaxBy(row => row.At)!.Answer).ToList();
            return last.Contains(No) ? No : last.Contains(Yes) ? Yes : Withdrawn;
        });
}

/// <param name="Text">Which text was read, with its version; <paramref name="Digest"/> is its SHA-256.</param>
/// <param name="Signer">The parent's file; null for who signed at the counter without one.</param>
/// <param name="SignedAs">Mother, father, guardian: as it was said.</param>
internal sealed record ConsentRow(Guid Id, PersonId Person, string Product, string Answer, string Text, string Digest, Guid? Signer, string SignedAs,
    Guid? Visit, string Actor, DateTimeOffset At);
