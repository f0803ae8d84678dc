using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>A file's number, read without the rest of the file: stated on evidence first, then a valid one by the order of lists.</summary>
internal static class NumberInForce
{
    public static string? Of(Session session, NumberVault vault, PersonId file)
    {
        var stated = session.Prepared("""
            select s.value from people_statement s join people_member m on m.lineage = s.lineage
            where m.file = @p0 and s.field = 'number' and s.withdrawn_at is null order by s.learned_at desc, s.id desc limit 1
            """).With(file.Value).Scalar();
        if (stated is string sealedNumber) return vault.Open(Convert.FromBase64String(sealedNumber));
        var body = new RecordBody(vault);
        string? best = null;
        var rank = int.MaxValue;
        using var reader = session.Prepared("""
            select r.source, r.body from people_member m join people_record r on r.lineage = m.lineage join people_import i on i.id = r.import
            where m.file = @p0 and r.token is not null and r.ended_by is null and i.state = 'taken' order by r.id
            """).With(file.Value).Read();
        while (reader.Read())
        {
            if (!body.Read(reader.GetString(1)).TryGetValue("number", out var number)) continue;
            var place = Sources.Rank(reader.GetString(0)) + (ResidentNumber.IsValid(number) ? 0 : 1000);
            if (place < rank) (best, rank) = (number, place);
        }
        return best;
    }
}
