using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>What people stated on evidence is what lists of files show and what a file is found by: it stands over what the lists say.</summary>
internal sealed class StatedValues(NumberVault vault, DistrictLists lists, IDwellings dwellings, ValuesInForce values, SameForm same,
    TimeProvider clock)
{
    /// <summary>The files of which anything is stated, as they are called today.</summary>
    public static List<PersonId> Files(Session session) => [.. session.Query<PersonId>("""
        select distinct m.file from people_statement s join people_member m on m.lineage = s.lineage where s.withdrawn_at is null
        """).Select(file => FileRow.Current(session, file)?.Id ?? file).Distinct()];

    public Summary Over(Session session, Summary summary)
    {
        if (session.Scalar<long>("""
            with recursive became (id) as (
                select id from people_file where id = @File union select f.id from people_file f join became b on f.merged_into = b.id)
            select count(*) from people_statement s join people_member m on m.lineage = s.lineage
            where m.file in (select id from became) and s.withdrawn_at is null
            """, summary) == 0)
            return summary;
        TokenNumbers(session, summary.File);
        var now = clock.GetUtcNow();
        foreach (var held in values.Of(FileFacts.Load(session, vault, lists, summary.File), now, FileFacts.LocalDay(now)))
        {
            if (held.Because != Because.Stated) continue;
            summary = held.Rule.Code switch
            {
                "name" => summary with { Name = held.Value, Names = [.. summary.Names, held.Value] },
                "name_bo" => summary with { NameBo = held.Value, Names = [.. summary.Names, held.Value] },
                "former_name" => summary with { Names = [.. summary.Names, held.Value] },
                "sex" => summary with { Sex = held.Value == "male" ? Sex.Male : Sex.Female },
                "birth" when VagueDate.TryParse(held.Value, out var birth) => summary with { Birth = birth },
                "number" => summary with { Number = held.Value },
                "lives_in" => summary with { Lives = dwellings.GridNow(held.Value, summary.Dwelling) },
                "lives_at" when same.Dwelling(held.Value) is { } door => summary with { Dwelling = door, Lives = same.GridOf(door) ?? summary.Lives },
                _ => summary,
            };
        }
        return summary;
    }

    /// <summary>A number stated by a case's result is sealed but not yet looked up by.</summary>
    private void TokenNumbers(Session session, PersonId file)
    {
        foreach (var lineage in session.Query<long>("""
            select s.lineage from people_statement s join people_member m on m.lineage = s.lineage
            where m.file = @file and s.sealed = 1 and s.token is null
            """, new { file }))
            foreach (var stated in FileFacts.StatementsOf(session, vault, lineage).Where(statement => statement.Field == "number"))
                session.Execute("update people_statement set token = @token where id = @Id", new { token = vault.Token(stated.Value), stated.Id });
    }
}
