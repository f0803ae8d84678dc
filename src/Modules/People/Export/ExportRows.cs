using Legwork.Kernel;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.People.Export;

/// <summary>The two exports by which the files are checked from outside: which row is whose, and what was found.</summary>
internal sealed class ExportRows(Store store, ReadLog log, Explain explain)
{
    public async Task<int> Files(TextWriter csv, Actor actor)
    {
        await log.Append(new ReadEntry(actor.Account, actor.Name, PeoplePermissions.RoleOf(actor), "export", "people.export_files", [], "all"));
        csv.WriteLine("source,row,file_id");
        var count = 0;
        store.Read(session =>
        {
            foreach (var import in LoadRecords.LatestImports(session))
            {
                using var reader = session.Prepared("""
                    select r.source, w.row, m.file from people_row w join people_record r on r.id = w.record
                    join people_member m on m.lineage = r.lineage where w.import = @p0 order by w.row
                    """).With(import).Read();
                for (; reader.Read(); count++) csv.WriteLine($"{reader.GetString(0)},{reader.GetInt64(1)},{reader.GetGuid(2)}");
            }
            return 0;
        });
        return count;
    }

    public async Task<int> Findings(TextWriter csv, Actor actor)
    {
        await log.Append(new ReadEntry(actor.Account, actor.Name, PeoplePermissions.RoleOf(actor), "export", "people.export_findings", [], "all"));
        csv.WriteLine("kind,file_id,source,row,explanation");
        var count = 0;
        store.Read(session =>
        {
            foreach (var row in session.Stream<Line>(
                "select kind, file, source, row, args from people_finding where state <> 'gone' order by kind, source, row"))
            {
                csv.WriteLine($"{row.Kind},{row.File},{row.Source},"
                    + $"{row.Row},\"{explain.Sentence(row.Kind, row.Args, "zh-CN").Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
                count++;
            }
            return 0;
        });
        return count;
    }

    private sealed record Line(string Kind, PersonId File, string Source, long Row, string Args);
}
