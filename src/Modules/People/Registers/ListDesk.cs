using Legwork.Platform.Storage;

namespace Legwork.People.Registers;

/// <summary>One import as it lies in storage. It says nothing of anybody.</summary>
/// <param name="RowsBefore">Rows of the import before it, the snapshot that it replaced.</param>
/// <param name="CanBeUndone">The latest of its list that is in force.</param>
internal sealed record ImportLine(long Id, string Source, string FileName, string Period, string List, string State,
    long Rows, long Learned, long Changed, long Ended, string Notes, DateTimeOffset At, DateTimeOffset? UndoneAt, long RowsBefore, long CanBeUndone);

/// <summary>A refused file's fault, with the rows it names.</summary>
internal sealed record RefusedLine(long Id, string FileName, string Source, DateTimeOffset At, string Code, string Sentence, string Detail);

internal sealed record ListDeskView(IReadOnlyList<ImportLine> Imports, int Page, bool HasNext, IReadOnlyList<RefusedLine> Refused, ListJob? Running);

/// <summary>The imports and the refusals, newest first.</summary>
internal sealed class ListDesk(Store store)
{
    public const int PageSize = 20;
    private const int RefusedMax = 50;

    public Task<ListDeskView> View(int page, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        page = Math.Max(page, 1);
        var imports = await session.QueryAsync<ImportLine>(Columns + " where i.state <> 'taking' order by i.id desc limit @take offset @skip",
            new { take = (long)PageSize + 1, skip = (long)(page - 1) * PageSize });
        var refused = await session.QueryAsync<RefusedLine>(
            "select id, file_name, source, at, code, sentence, detail from people_refused_file order by id desc "
            + "limit @RefusedMax", new { RefusedMax = (long)RefusedMax });
        var running = await session.FirstAsync<ListJob>(ListJob.Columns + " where state = 'running' order by at desc limit 1");
        return new ListDeskView([.. imports.Take(PageSize)], page, imports.Count > PageSize, refused, running);
    }, cancel);

    public Task<ImportLine?> Find(long id, CancellationToken cancel) =>
        store.ReadAsync(session => session.FirstAsync<ImportLine>(Columns + " where i.id = @id", new { id }), cancel);

    public Task<ListJob?> Job(Guid id, CancellationToken cancel) => store.ReadAsync(session => ListJob.FindAsync(session, id), cancel);

    private const string Columns = """
        select i.id, i.source, i.file_name, i.period, i.list, i.state, i.rows, i.learned, i.changed, i.ended, i.notes, i.at, i.undone_at,
            cast(coalesce((select b.rows from people_import b where b.source = i.source and b.state = 'taken' and b.id < i.id order by b.id desc
                limit 1), 0) as bigint) as rows_before,
            cast(case when i.state = 'taken' and not exists (select 1 from people_import l where l.source = i.source and l.state = 'taken'
                and l.id > i.id) then 1 else 0 end as bigint) as can_be_undone
        from people_import i
        """;
}
