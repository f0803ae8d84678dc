using System.Buffers.Binary;
using System.Globalization;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Outbox;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Legwork.Registers;

namespace Legwork.People.Registers;

/// <summary>
/// Takes one list: assessed whole first, then streamed into records and ends of records in small units, then switched on in one last
/// unit by the state of its import (<see cref="LiveRecords"/>). Until that unit nothing of the file is seen by anyone; what a killed import
/// left behind is swept before the next, in small units too, its own row last.
/// </summary>
internal sealed class TakeFile(Store store, NumberVault vault, TimeProvider clock)
{
    // Each row of a list writes up to two.
    private const int RowsPerUnit = Platform.Storage.Store.RowsPerUnit / 2;
    private static readonly string[] RecordColumns = ["id", "lineage", "import", "source", "row_key", "digest", "token", "body"];
    private static readonly string[] RowColumns = ["import", "row", "record"];

    public async Task<FileTaken> Run(string path, LayoutMatch match, Actor actor, Lease lease, Action<int>? progress = null)
    {
        var name = Path.GetFileName(path);
        var layout = match.Layout;
        var assessment = RegisterFile.Assess(path, layout, match.Period, store.Read(session => PreviousOf(session, layout.Source)));
        if (assessment.Verdict != Verdict.Take)
        {
            if (assessment.Verdict == Verdict.Refuse) await Refuse(name, assessment, actor);
            return new FileTaken(name, layout.Source, assessment.Verdict, 0, assessment.Rows, 0, 0, 0,
                assessment.Refusals, assessment.Notes, assessment.Findings);
        }

        await Sweep(lease);
        var known = store.Read(session => KnownRows(session, layout.Source));
        var import = await Begin(name, assessment, actor, lease);
        var counts = await Stream(path, layout, import, known, lease, progress);
        var ended = layout.List == ListKind.Full ? known.Unseen() : [];
        await Finish(import, counts, known.Replaced, ended, lease);
        return new FileTaken(name, layout.Source, Verdict.Take, import, assessment.Rows, counts.Learned, counts.Changed, ended.Count,
            [], assessment.Notes, assessment.Findings);
    }

    /// <summary>
    /// Removes what a killed import left: its rows were never switched on. The import goes last, so that a sweep that is killed is done again, and
    /// its number, which the next import gets, leads to nothing of it.
    /// </summary>
    public async Task Sweep(Lease lease)
    {
        foreach (var import in store.Read(session => session.Query<long>("select id from people_import where state = 'taking'")))
        {
            await InParts(Rows("select id from people_record where ended_by = @import"),
                "update people_record set ended_by = null where id = @p0", lease);
            await InParts(Rows("select row from people_row where import = @import"),
                "delete from people_row where import = @p1 and row = @p0", lease, import);
            await InParts(Rows("select id from people_record where import = @import"),
                "delete from people_record where id = @p0", lease);
            await store.Write(session =>
            {
                lease.Fence(session);
                session.Execute("delete from people_import where id = @import and state = 'taking'", new { import });
            });

            List<long> Rows(string sql) => store.Read(session => session.Query<long>(sql, new { import }));
        }
    }

    private async Task InParts(IEnumerable<long> ids, string sql, Lease lease, params object?[] more)
    {
        foreach (var part in ids.Chunk(Platform.Storage.Store.RowsPerUnit))
            await store.Write(session =>
            {
                lease.Fence(session);
                Platform.Storage.Store.Each(session, sql, part.Select(id => (object?[])[id, .. more]));
            });
    }

    internal static Previous? PreviousOf(Session session, string source)
    {
        var taken = session.Query<TakenRow>("""
            select period, rows, bytes_digest, rows_digest from people_import where source = @source and state = 'taken'
                order by period desc, id desc limit 60
            """, new { source });
        return taken.Count == 0 ? null : new Previous((int)taken[0].Rows, Period(taken[0].Period),
            taken.ConvertAll(row => new TakenFile(row.BytesDigest, row.RowsDigest, Period(row.Period))));
    }

    private static VagueDate Period(string text) => text.Length == 0 ? default : VagueDate.Parse(text);

    internal static Known KnownRows(Session session, string source)
    {
        var known = new Known();
        using var reader = session.Prepared($"""
            select r.id, r.lineage, r.row_key, r.digest from people_record r join people_import i on i.id = r.import
            where r.source = @p0 and {LiveRecords.NotEnded} and i.state = 'taken'
            """).With(source).Read();
        while (reader.Read()) known.Add(Key128((byte[])reader[2]), new KnownRow(reader.GetInt64(0), reader.GetInt64(1), Key128((byte[])reader[3])));
        return known;
    }

    private Task<long> Begin(string name, Assessment assessment, Actor actor, Lease lease) => store.Write(session =>
    {
        lease.Fence(session);
        var id = session.Scalar<long>("select coalesce(max(id), 0) + 1 from people_import");
        session.Execute("""
            insert into people_import (id, source, file_name, period, list, state, bytes_digest, rows_digest, notes, at, account)
            values (@id, @Source, @name, @period, @list, 'taking', @ContentDigest, @RowsDigest, @notes, @at, @account)
            """, new
        {
            id,
            assessment.Layout.Source,
            name,
            assessment.ContentDigest,
            assessment.RowsDigest,
            period = assessment.Period.ToString(),
            list = assessment.Layout.List.ToString().ToLowerInvariant(),
            notes = string.Join('\n', assessment.Notes.Select(note => note.Sentence("zh-CN"))),
            at = clock.GetUtcNow(),
            account = actor.Account,
        });
        return id;
    });

    private async Task<Counts> Stream(string path, Layout layout, long import, Known known, Lease lease, Action<int>? progress)
    {
        var opened = RegisterFile.Open(path, layout);
        if (!opened.Ok) throw new IOException($"{path} changed while it was read: {opened.Refusal}");
        var fields = layout.Columns.Select(column => column.Field).ToArray();
        var next = store.Read(session => session.Scalar<long>("select coalesce(max(id), 0) from people_record"));
        var counts = new Counts();
        var body = new RecordBody(vault);
        var number = layout.IndexOf("number");
        var records = new List<object?[]>(RowsPerUnit);
        var rows = new List<object?[]>(RowsPerUnit);
        var values = new string?[fields.Length];
        Task writing = Task.CompletedTask;
        foreach (var row in opened.Value.Rows())
        {
            for (var i = 0; i < values.Length; i++) values[i] = row[i] ?? row.Raw(fields[i]);
            var (key, digest) = TokensOf(vault, layout, row);
            if (known.Match(key, digest, out var same, out var before))
            {
                rows.Add([import, (long)row.Number, same]);
            }
            else
            {
                var id = ++next;
                if (before is null) counts.Learned++;
                else counts.Changed++;
                records.Add([id, before?.Lineage ?? id, import, layout.Source, Bytes(key), Bytes(digest),
                    number >= 0 && values[number] is { } text ? vault.Token(text) : null, body.Write(fields, values)]);
                rows.Add([import, (long)row.Number, id]);
            }
            counts.Rows++;
            if (rows.Count < RowsPerUnit) continue;
            await writing; // parsing the next rows goes on while the last ones are written
            writing = Store(records, rows, lease);
            (records, rows) = (new(RowsPerUnit), new(RowsPerUnit));
            progress?.Invoke(counts.Rows);
        }
        await writing;
        await Store(records, rows, lease);
        return counts;
    }

    private Task Store(List<object?[]> records, List<object?[]> rows, Lease lease) => store.Write(session =>
    {
        lease.Fence(session);
        Platform.Storage.Store.Bulk(session, "people_record", RecordColumns, records);
        Platform.Storage.Store.Bulk(session, "people_row", RowColumns, rows);
    });

    private async Task Finish(long import, Counts counts, IReadOnlyList<long> replaced, IReadOnlyList<long> ended, Lease lease)
    {
        await InParts(replaced.Concat(ended), "update people_record set ended_by = @p1 where id = @p0", lease, import);
        await store.Write(session =>
        {
            lease.Fence(session);
            session.Execute("""
                update people_import set state = 'taken', rows = @Rows, learned = @Learned, changed = @Changed, ended = @gone where id = @import
                """, new { import, counts.Rows, counts.Learned, counts.Changed, gone = (long)ended.Count });
        });
    }

    private Task Refuse(string name, Assessment assessment, Actor actor) => store.Write(session =>
    {
        foreach (var refusal in assessment.Refusals)
            session.Execute("""
                insert into people_refused_file (file_name, source, at, account, code, sentence, detail)
                    values (@name, @Source, @at, @account, @Code, @sentence, @detail)
                """, new
            {
                name,
                assessment.Layout.Source,
                refusal.Code,
                at = clock.GetUtcNow(),
                account = actor.Account,
                sentence = refusal.Sentence("zh-CN"),
                detail = refusal.Sentence("en"),
            });
    });

    /// <summary>Whose row it is, and what it says.</summary>
    internal static (UInt128 Key, UInt128 Digest) TokensOf(NumberVault vault, Layout layout, RegisterRow row)
    {
        var digest = row.Digest().ToString("x32", CultureInfo.InvariantCulture);
        return (Token(row.Identity() ?? digest), Token(digest));

        UInt128 Token(string text) => Key128(vault.Token($"{layout.Source}\u001f{text}"));
    }

    private static UInt128 Key128(byte[] bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    private static byte[] Bytes(UInt128 key)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        return bytes;
    }

    private sealed class Counts
    {
        public int Rows;
        public long Learned;
        public long Changed;
    }

    private sealed record TakenRow(string Period, long Rows, string BytesDigest, string RowsDigest);
}

internal readonly record struct KnownRow(long Record, long Lineage, UInt128 Digest);

/// <summary>
/// The live rows of a list by identity, consumed as the new file's rows find their own. Rows of one identity (a number on two
/// people) are paired by content first, then in their order.
/// </summary>
internal sealed class Known
{
    private readonly Dictionary<UInt128, List<KnownRow>> byKey = [];

    /// <summary>Records whose row has changed: the new record takes their place.</summary>
    public List<long> Replaced { get; } = [];

    public void Add(UInt128 key, KnownRow row)
    {
        if (!byKey.TryGetValue(key, out var rows)) byKey.Add(key, rows = new(1));
        rows.Add(row);
    }

    /// <returns>True when the row is known and says the same; then <paramref name="record"/> is its record.</returns>
    public bool Match(UInt128 key, UInt128 digest, out long record, out KnownRow? before)
    {
        record = 0;
        before = null;
        if (!byKey.TryGetValue(key, out var rows) || rows.Count == 0) return false;
        var at = rows.FindIndex(row => row.Digest == digest);
        if (at < 0)
        {
            before = rows[0];
            Replaced.Add(rows[0].Record);
            rows.RemoveAt(0);
            return false;
        }
        record = rows[at].Record;
        rows.RemoveAt(at);
        return true;
    }

    public List<long> Unseen() => [.. byKey.Values.SelectMany(rows => rows).Select(row => row.Record).Order()];
}
