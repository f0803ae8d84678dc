using Legwork.Cases.Domain;
using Legwork.Cases.Rules;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>The rows of cases_evidence. The content is sealed with a key derived from the district's own, backups included.</summary>
internal static class EvidenceRows
{
    public static void Add(DecidedUnit unit, CaseId id, StoredEvidence piece, byte[] @sealed, Guid by, DateTimeOffset at) => unit.Then("""
        insert into cases_evidence (id, case_id, kind, media_type, size, digest, content, added_by, added_at)
        values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
        """, piece.Id, id.Value, Words.Of(piece.Kind), piece.MediaType, (long)piece.Bytes.Length, piece.Digest, @sealed, by,
        at.ToUnixTimeMilliseconds());

    public static Task<List<EvidenceLine>> Of(Session session, CaseId id) => session.QueryAsync<EvidenceLine>(
        "select id, kind, media_type, size, added_at from cases_evidence where case_id = @Value order by added_at, id", id);

    public static Task<EvidenceRow?> Find(Session session, Guid id) => session.FirstAsync<EvidenceRow>(
        "select id, case_id, kind, media_type, digest, content from cases_evidence where id = @id", new { id });
}

internal sealed record EvidenceLine(Guid Id, string Kind, string MediaType, long Size, DateTimeOffset AddedAt);

internal sealed record EvidenceRow(Guid Id, CaseId CaseId, string Kind, string MediaType, string Digest, byte[] Content);
