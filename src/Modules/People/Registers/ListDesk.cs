using Legwork.Platform;
using Legwork.Platform.Access;
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

/// <summary>
/// The imports and the refusals, newest first. Who acts for the whole district sees all of them; a street sees its own: what its staff have sent.
/// </summary>
internal sealed class ListDesk(Store store, ListJobs jobs, TimeProvider clock)
{
    public const int PageSize = 20;
    private const int RefusedMax = 50;

    public Task<ListDeskView> View(Actor actor, int page, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        page = Math.Max(page, 1);
        var (own, values) = await SentBy(session, actor);
        (values["take"], values["skip"], values["most"]) = ((long)PageSize + 1, (long)(page - 1) * PageSize, (long)RefusedMax);
        var imports = await session.QueryAsync<ImportLine>(
            $"{Columns} where i.state <> 'taking' and {own} order by i.id desc limit @take offset @skip", values);
        var refused = await session.QueryAsync<RefusedLine>(
            $"select id, file_name, source, at, code, sentence, detail from people_refused_file i where {own} order by id desc limit @most", values);
        var running = await session.FirstAsync<ListJob>(
            $"{ListJob.Columns} i where state = 'running' and {own} order by at desc limit 1", values);
        return new ListDeskView([.. imports.Take(PageSize)], page, imports.Count > PageSize, refused, running);
    }, cancel);

    public Task<ImportLine?> Find(Actor actor, long id, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var (own, values) = await SentBy(session, actor);
        values["id"] = id;
        return await session.FirstAsync<ImportLine>($"{Columns} where i.id = @id and {own}", values);
    }, cancel);

    public Task<ListJob?> Job(Actor actor, Guid id, CancellationToken cancel) => store.ReadAsync(async session =>
    {
        var (own, values) = await SentBy(session, actor);
        values["id"] = id;
        return await session.FirstAsync<ListJob>($"{ListJob.Columns} i where id = @id and {own}", values);
    }, cancel);

    /// <summary>The condition that what a row i tells of was sent by whose imports this actor sees.</summary>
    private async Task<(string Condition, Dictionary<string, object> Values)> SentBy(Session session, Actor actor)
    {
        if (jobs.MayImport(actor)) return ("1 = 1", []);
        var (places, senders) = (actor.Where(PeoplePermissions.Import), new HashSet<Guid> { actor.Account });
        foreach (var role in PeoplePermissions.Import.Roles)
            senders.UnionWith((await RoleHolder.In(session, role, places, clock.Today())).Select(holder => holder.Account));
        return ($"i.account in ({string.Join(", ", senders.Select((_, i) => $"@sender{i}"))})",
            senders.Index().ToDictionary(sender => $"sender{sender.Index}", object (sender) => sender.Item));
    }

    private const string Columns = """
        select i.id, i.source, i.file_name, i.period, i.list, i.state, i.rows, i.learned, i.changed, i.ended, i.notes, i.at, i.undone_at,
            cast(coalesce((select b.rows from people_import b where b.source = i.source and b.state = 'taken' and b.id < i.id order by b.id desc
                limit 1), 0) as bigint) as rows_before,
            cast(case when i.state = 'taken' and not exists (select 1 from people_import l where l.source = i.source and l.state = 'taken'
                and l.id > i.id) then 1 else 0 end as bigint) as can_be_undone
        from people_import i
        """;
}
