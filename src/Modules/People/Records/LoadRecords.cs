using System.Collections.Concurrent;
using Legwork.Kernel;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Records;

/// <summary>Every live row of every list, in memory, with its row number in the latest file and the file it belongs to.</summary>
internal static class LoadRecords
{
    private const int BlockRows = 40_000;

    public static List<Record> All(Store store, NumberVault vault, DistrictLists lists)
    {
        var (top, rows, members) = store.Read(session =>
            (session.Scalar<long>("select coalesce(max(id), 0) from people_record"), RowNumbers(session), Members(session)));
        var blocks = (int)(top / BlockRows) + 1;
        var loaded = new List<Record>[blocks];
        var names = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.For(0, blocks, block => loaded[block] = Block(store, vault, lists, block * (long)BlockRows, rows, members, names));
        return [.. loaded.SelectMany(block => block)];
    }

    /// <summary>The live rows of one file, its older versions left out.</summary>
    public static List<Record> OfFile(Session session, NumberVault vault, DistrictLists lists, PersonId file) =>
        ReadRows(vault, lists, name => name,
        session.Prepared($"""
            select r.id, r.lineage, r.import, r.source, r.body, coalesce(max(w.row), 0) from people_member m
            join people_record r on r.lineage = m.lineage join people_import i on i.id = r.import
            left join people_row w on w.record = r.id
            where m.file = @p0 and {LiveRecords.NotEnded} and i.state = 'taken'
            group by r.id, r.lineage, r.import, r.source, r.body order by r.id
            """).With(file.Value), record => record.File = file);

    private static List<Record> Block(Store store, NumberVault vault, DistrictLists lists, long from, Dictionary<long, int> rows,
        Dictionary<long, Guid> members, ConcurrentDictionary<string, string> names) =>
        store.Read(session => ReadRows(vault, lists, name => names.GetOrAdd(name, name),
            session.Prepared($"""
                select r.id, r.lineage, r.import, r.source, r.body from people_record r join people_import i on i.id = r.import
                where r.id > @p0 and r.id <= @p1 and {LiveRecords.NotEnded} and i.state = 'taken' order by r.id
                """).With(from, from + BlockRows),
            record =>
            {
                record.Row = rows.GetValueOrDefault(record.Id);
                record.File = members.TryGetValue(record.Lineage, out var file) ? new PersonId(file) : null;
            }));

    private static List<Record> ReadRows(NumberVault vault, DistrictLists lists, Func<string, string> intern,
        PreparedCommand select, Action<Record> place)
    {
        var body = new RecordBody(vault);
        var records = new List<Record>();
        using var reader = select.Read();
        while (reader.Read())
        {
            var record = new Record
            {
                Id = reader.GetInt64(0),
                Lineage = reader.GetInt64(1),
                Import = reader.GetInt64(2),
                Source = intern(reader.GetString(3)),
                Means = lists.Meaning(reader.GetString(3)),
                Row = reader.FieldCount > 5 ? (int)reader.GetInt64(5) : 0,
            };
            body.Fill(record, reader.GetString(4), intern);
            record.Address ??= record.Direction is null ? null : record.Direction == "in"
                ? record.ToAddress : record.Others?.GetValueOrDefault("from_address");
            place(record);
            records.Add(record);
        }
        return records;
    }

    /// <summary>Record → row in the latest taken file of its list.</summary>
    private static Dictionary<long, int> RowNumbers(Session session)
    {
        var rows = new Dictionary<long, int>();
        foreach (var import in LatestImports(session))
        {
            using var reader = session.Prepared("select row, record from people_row where import = @p0").With(import).Read();
            while (reader.Read()) rows[reader.GetInt64(1)] = (int)reader.GetInt64(0);
        }
        return rows;
    }

    public static List<long> LatestImports(Session session) => session.Query<long>("""
        select id from people_import i where state = 'taken' and not exists (
            select 1 from people_import later where later.source = i.source and later.state = 'taken'
            and (later.period > i.period or (later.period = i.period and later.id > i.id)))
        order by id
        """);

    private static Dictionary<long, Guid> Members(Session session)
    {
        var members = new Dictionary<long, Guid>();
        using var reader = session.Prepared("select lineage, file from people_member").Read();
        while (reader.Read()) members[reader.GetInt64(0)] = reader.GetGuid(1);
        return members;
    }
}
