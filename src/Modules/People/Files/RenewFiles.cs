using Legwork.Kernel;
using Legwork.People.Findings;
using Legwork.People.Records;
using Legwork.People.Search;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>
/// Brings single files up to what their rows and statements say, inside the unit of the act that changed them: summary, names to be
/// found by, and findings. The whole district is brought up to date by <see cref="UpdateFiles"/>.
/// </summary>
internal sealed class RenewFiles(Store store, NumberVault vault, DistrictLists lists, IDwellings dwellings, ValuesInForce values, SameForm same, RenewFindings findings, TimeProvider clock)
{
    public void Run(Session session, params IEnumerable<PersonId> files)
    {
        foreach (var file in files.Distinct()) Renew(session, file);
    }

    /// <summary>After the lists were taken in: what people stated on evidence still stands over what the lists say.</summary>
    public async Task Stated()
    {
        var files = store.Read(session => session.Query<PersonId>("""
            select distinct m.file from people_statement s join people_member m on m.lineage = s.lineage where s.withdrawn_at is null
            """).Select(file => Desk.FileRow.Current(session, file)?.Id ?? file).Distinct().ToList());
        foreach (var chunk in files.Chunk(500)) await store.Write(session => Run(session, chunk));
    }

    private void Renew(Session session, PersonId file)
    {
        var rows = LoadRecords.OfFile(session, vault, lists, file);
        rows.RemoveAll(row => !row.IsPerson);
        rows.Sort(static (a, b) => (Sources.Rank(a.Means), a.Row, a.Id).CompareTo((Sources.Rank(b.Means), b.Row, b.Id)));
        dwellings.Resolve(rows);
        if (rows.Count == 0)
        {
            CloseWhenEmpty(session, file);
            findings.Run(session, file, [], null);
            return;
        }
        var summary = WithStatements(session, Summary.Of(file, rows, dwellings.Codes));
        session.Execute("""
            update people_file set name = @Name, name_bo = @NameBo, sex = @sex, birth = @birth, token = @token, registered = @Registered, lives = @Lives,
                dwelling = @Dwelling, insured = @Insured, household = @Household, digest = '', state = 'open', merged_into = null where id = @File
            """, new
        {
            summary.Name,
            summary.NameBo,
            summary.Registered,
            summary.Lives,
            summary.Dwelling,
            summary.Insured,
            summary.Household,
            summary.File,
            sex = (long)summary.Sex,
            birth = summary.Birth.ToString(),
            token = summary.Number is null ? null : vault.Token(summary.Number),
        });
        RenewNames(session, summary);
        findings.Run(session, file, rows, summary);
    }

    /// <summary>What a clerk stated on evidence is what lists of files show and what the file is found by.</summary>
    private Summary WithStatements(Session session, Summary summary)
    {
        if (session.Scalar<long>("""
            with recursive became (id) as (select id from people_file where id = @File union select f.id from people_file f join became b on f.merged_into = b.id)
            select count(*) from people_statement s join people_member m on m.lineage = s.lineage where m.file in (select id from became) and s.withdrawn_at is null
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
                "lives_at" when same.Dwelling(held.Value) is { } dwelling => summary with { Dwelling = dwelling, Lives = same.GridOf(dwelling) ?? summary.Lives },
                _ => summary,
            };
        }
        return summary;
    }

    /// <summary>A number stated by a case's result is sealed but not yet looked up by.</summary>
    private void TokenNumbers(Session session, PersonId file)
    {
        foreach (var lineage in session.Query<long>("""
            select s.lineage from people_statement s join people_member m on m.lineage = s.lineage where m.file = @file and s.sealed = 1 and s.token is null
            """, new { file }))
            foreach (var statement in FileFacts.StatementsOf(session, vault, lineage).Where(statement => statement.Field == "number"))
                session.Execute("update people_statement set token = @token where id = @Id", new { token = vault.Token(statement.Value), statement.Id });
    }

    /// <summary>A file without rows leads to the one that most of its rows went to; its id is never given to another.</summary>
    private static void CloseWhenEmpty(Session session, PersonId file)
    {
        if (session.Scalar<long>("select count(*) from people_member where file = @file", new { file }) > 0) return;
        var into = session.Query<PersonId>("""
            select c.file from people_move m join people_member c on c.lineage = m.lineage where m.from_file = @file or m.to_file = @file
            group by c.file order by count(*) desc, c.file limit 1
            """, new { file });
        if (into.Count == 0) return;
        session.Execute("update people_file set state = 'merged', merged_into = @into, digest = '' where id = @file", new { into = into[0], file });
        session.Execute("delete from people_alias where file = @file", new { file });
    }

    private static void RenewNames(Session session, Summary summary)
    {
        session.Execute("delete from people_alias where file = @File", summary);
        foreach (var name in summary.Names.Distinct(StringComparer.Ordinal))
        {
            session.Prepared("insert into people_alias (name, file) values (@p0, @p1)").With(name, summary.File.Value).Execute();
            foreach (var token in NameTokens.Of(name).Distinct(StringComparer.Ordinal))
                session.Prepared("insert into people_name (token, name) values (@p0, @p1) on conflict (token, name) do nothing").With(token, name).Execute();
        }
    }
}
