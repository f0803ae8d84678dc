using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Platform.ReadLog;

/// <summary>One read as it may be told: who, as what, when, why and doing what.</summary>
/// <param name="Scope">For a batch the place whose people were read (<c>all</c> for everyone); null when the person was read by name.</param>
public sealed record ReadTold(string Node, long Seq, DateTimeOffset At, string Actor, Role Role, string Purpose, string Act,
    string? Scope, string Detail, string Reference);

/// <summary>Which reads an auditor looks for; what is null is not asked about.</summary>
internal sealed record ReadQuestion(IReadOnlyList<PersonId>? Persons = null, string? Actor = null, string? Purpose = null, string? Reference = null,
    DateOnly? From = null, DateOnly? Until = null);

/// <summary>The log of reads, read.</summary>
public sealed class Reads(Store store, TimeProvider clock)
{
    private const string Columns = "e.node, e.seq, e.at, e.actor, e.role, e.purpose, e.act, e.subject_scope, e.detail, e.reference, e.account";

    /// <inheritdoc cref="Of(IReadOnlyList{PersonId}, IReadOnlyList{string}, CancellationToken, int, int, Guid?, bool)"/>
    public Task<(IReadOnlyList<ReadTold> Reads, long Count)> Of(PersonId person, IReadOnlyList<string> places, CancellationToken cancel,
        int skip = 0, int take = 50) => Of([person], places, cancel, skip, take);

    /// <summary>
    /// Who read this person's file and why, newest first: reads by name less those that a hold in force keeps back, and every batch
    /// over a place where the person is or was.
    /// </summary>
    /// <param name="ids">Every id that the file ever had; a hold under one of them holds for all.</param>
    /// <param name="places">Codes of the places where the person lives or is registered, the finest known.</param>
    /// <param name="own">The account of a citizen whose own looks are told apart from all others; null tells everything together.</param>
    /// <param name="onlyOwn">Tells those looks and no others; else the others and not those.</param>
    public Task<(IReadOnlyList<ReadTold> Reads, long Count)> Of(IReadOnlyList<PersonId> ids, IReadOnlyList<string> places, CancellationToken cancel,
        int skip = 0, int take = 50, Guid? own = null, bool onlyOwn = false) => store.ReadNotesAsync(async session =>
    {
        var args = new Dictionary<string, object> { ["today"] = clock.Today(), ["skip"] = (long)skip, ["take"] = (long)take };
        for (var i = 0; i < ids.Count; i++) args[$"id{i}"] = ids[i];
        var over = places.SelectMany(Scope.Over).Distinct().ToList();
        for (var i = 0; i < over.Count; i++) args[$"over{i}"] = over[i];
        var any = string.Join(", ", ids.Select((_, i) => $"@id{i}"));
        var scopes = string.Concat(over.Select((_, i) => $", @over{i}"));
        var told = $"""
            select {Columns} from (select distinct node, seq from readlog_subject where person in ({any})) s
                join readlog_entry e on e.node = s.node and e.seq = s.seq
            where not exists (select 1 from readlog_hold h where h.person in ({any}) and h.lifted_at is null and h.until_day > @today
                    and ((h.node = e.node and h.seq = e.seq) or (h.reference <> '' and h.reference = e.reference)))
            union all
            select {Columns} from readlog_entry e where e.subject_scope in ('all'{scopes})
            """;
        var part = "";
        if (own is not null)
        {
            (args["account"], args["citizen"]) = (own.Value, nameof(Role.Citizen));
            part = $"where {(onlyOwn ? "" : "not ")}(account = @account and role = @citizen)";
        }
        var reads = await session.QueryAsync<Row>($"select * from ({told}) t {part} order by at desc, node, seq desc limit @take offset @skip", args);
        var count = await session.SingleAsync<long>($"select count(*) from ({told}) t {part}", args);
        return ((IReadOnlyList<ReadTold>)reads.ConvertAll(Told), count);
    }, cancel);

    /// <summary>What an auditor asks for, holds or not, newest first. The caller logs the look.</summary>
    internal Task<(IReadOnlyList<ReadTold> Reads, long Count)> Find(ReadQuestion question, CancellationToken cancel,
        int skip = 0, int take = 50) => store.ReadNotesAsync(async session =>
    {
        var args = new Dictionary<string, object>
        {
            ["actor"] = $"%{question.Actor?.Trim().ToLowerInvariant()}%",
            ["purpose"] = question.Purpose ?? "",
            ["reference"] = question.Reference?.Trim() ?? "",
            ["from"] = question.From is { } first ? Calendar.StartOf(first) : DateTimeOffset.UnixEpoch,
            ["until"] = question.Until is { } last ? Calendar.StartOf(last.AddDays(1)) : DateTimeOffset.MaxValue,
            ["skip"] = (long)skip,
            ["take"] = (long)take,
        };
        var asked = question.Persons ?? [];
        for (var i = 0; i < asked.Count; i++) args[$"id{i}"] = asked[i];
        var any = string.Join(", ", asked.Select((_, i) => $"@id{i}"));
        var where = $"""
            from {(question.Persons is null ? "readlog_entry e" : $"""
                (select distinct node, seq from readlog_subject where {(asked.Count == 0 ? "1 = 0" : $"person in ({any})")}) s
                join readlog_entry e on e.node = s.node and e.seq = s.seq
                """)}
            where e.at >= @from and e.at < @until
            {(string.IsNullOrWhiteSpace(question.Actor) ? "" : "and lower(e.actor) like @actor")}
            {(string.IsNullOrEmpty(question.Purpose) ? "" : "and e.purpose = @purpose")}
            {(string.IsNullOrWhiteSpace(question.Reference) ? "" : "and e.reference = @reference")}
            """;
        var reads = await session.QueryAsync<Row>($"select {Columns} {where} order by e.at desc, e.node, e.seq desc limit @take offset @skip", args);
        return ((IReadOnlyList<ReadTold>)reads.ConvertAll(Told), await session.SingleAsync<long>($"select count(*) {where}", args));
    }, cancel);

    /// <summary>Whom these entries name, a file each.</summary>
    internal Task<ILookup<(string Node, long Seq), PersonId>> Subjects(IReadOnlyList<ReadTold> reads, CancellationToken cancel) =>
        store.ReadNotesAsync(async session =>
        {
            var named = reads.Where(read => read.Scope is null).ToList();
            var args = new Dictionary<string, object>();
            for (var i = 0; i < named.Count; i++) (args[$"n{i}"], args[$"s{i}"]) = (named[i].Node, named[i].Seq);
            var rows = named.Count == 0 ? [] : await session.QueryAsync<SubjectRow>("select node, seq, person from readlog_subject where "
                + string.Join(" or ", named.Select((_, i) => $"(node = @n{i} and seq = @s{i})")) + " order by node, seq, person", args);
            return rows.ToLookup(row => (row.Node, row.Seq), row => new PersonId(row.Person));
        }, cancel);

    /// <summary>One entry with the persons whom it names.</summary>
    public Task<(ReadTold Read, IReadOnlyList<PersonId> Persons)?> Find(string node, long seq, CancellationToken cancel) => store.ReadNotesAsync(
        async session => await session.FirstAsync<Row>(
            $"select {Columns} from readlog_entry e where e.node = @node and e.seq = @seq", new { node, seq })
            is { } row
            ? ((ReadTold, IReadOnlyList<PersonId>)?)(Told(row),
                (await session.QueryAsync<Guid>("select person from readlog_subject where node = @node and seq = @seq limit 100", new { node, seq }))
                .ConvertAll(person => new PersonId(person)))
            : null, cancel);

    /// <summary>How many reads there were for each purpose since a day; no person is in it.</summary>
    internal static async Task<IReadOnlyList<(string Purpose, long Count)>> PerPurpose(Session session, DateOnly since) =>
        (await session.QueryAsync<PurposeCount>(
            "select purpose, count(*) as count from readlog_entry where at >= @at group by purpose order by count(*) desc, purpose",
            new { at = Calendar.StartOf(since) }))
            .ConvertAll(row => (row.Purpose, row.Count));

    private static ReadTold Told(Row row) => new(row.Node, row.Seq, ColumnTypes.Instant(row.At), row.Actor, new Role(row.Role), row.Purpose, row.Act,
        row.SubjectScope == "persons" ? null : row.SubjectScope, row.Detail, row.Reference);

    private sealed record Row(string Node, long Seq, long At, string Actor, string Role, string Purpose, string Act, string SubjectScope,
        string Detail, string Reference, Guid Account);

    private sealed record SubjectRow(string Node, long Seq, Guid Person);

    private sealed record PurposeCount(string Purpose, long Count);
}
