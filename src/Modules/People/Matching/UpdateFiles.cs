using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Findings;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Matching;

/// <summary>
/// Brings every file up to what the lists and statements say now: matches all live rows, keeps each file's id, writes only what changed, and
/// renews the findings. Running it again changes nothing.
/// </summary>
internal sealed class UpdateFiles(Store store, NumberVault vault, DistrictLists lists, TimeProvider clock,
    UpdateFindings findings, IMatching matching, IDwellings dwellings, StatedValues stated, WriteFiles write)
{
    // A file with statements is read whole in its unit, and one that is emptied is led on; neither writes much, both take a while.
    private const int FilesPerUnit = 20;

    // Names and files are found again by several indexes each.
    private const int RowsPerUnit = Store.RowsPerUnit / 4;
    private const string Nothing = "";

    /// <summary>Whether an import was taken or undone since the files were last brought up to date.</summary>
    public bool IsDue() => store.Read(session => Mark(session) != (session.First<string>("select mark from people_updated where id = 1") ?? Nothing));

    public async Task<FilesUpdated> Run(Action<string, double>? progress = null)
    {
        var mark = store.Read(Mark);
        progress?.Invoke("reading", 0);
        var records = LoadRecords.All(store, vault, lists);
        records.RemoveAll(record => !record.IsPerson);
        dwellings.Resolve(records);
        await dwellings.AskForUnresolved(records);
        var decisions = store.Read(
            session => session.Query<DecisionRow>("select lineage_a, lineage_b, verdict from people_decision where withdrawn_at is null"));
        progress?.Invoke("matching", 0.1);
        var matches = matching.Run(records, decisions.ConvertAll(row => new Decision(row.LineageA, row.LineageB, row.Verdict == "same")), progress);
        var plan = Reconcile.Run(records, matches.Group, DecidedSame(records, decisions));
        progress?.Invoke("writing", 0.6);
        await WriteMembers(records, plan);
        var people = Grouped(records, plan);
        await CloseEmptied(people);
        var summaries = await Summarise(people);
        await Write(summaries);
        await WriteNames(summaries.Values);
        await WritePairs(plan, matches.Probable);
        progress?.Invoke("findings", 0.85);
        var (opened, closed) = await findings.Run(people, summaries);
        await store.Write(session => session.Execute(
            """
            insert into people_updated (id, mark, pairs_left) values (1, @mark, @Left)
            on conflict (id) do update set mark = excluded.mark, pairs_left = excluded.pairs_left
            """, new { mark, matches.Left }));
        progress?.Invoke("done", 1);
        return new FilesUpdated(records.Count, people.Count, plan.Opened.Count, plan.Moves.Count, plan.Waiting.Count,
            matches.Probable.Count, opened, closed);
    }

    private static string Mark(Session session) => string.Join('/', session.Query<string>(
        "select state || ' ' || cast(count(*) as text) || ' ' || cast(max(id) as text) from people_import where state in ('taken', 'undone') "
            + "group by state order by state"));

    private static HashSet<(PersonId, PersonId)> DecidedSame(List<Record> records, List<DecisionRow> decisions)
    {
        if (decisions.Count == 0) return [];
        var fileOf = records.Where(record => record.File is not null).GroupBy(record => record.Lineage)
            .ToDictionary(group => group.Key, group => group.First().File!.Value);
        return [.. decisions.Where(row => row.Verdict == "same" && fileOf.ContainsKey(row.LineageA) && fileOf.ContainsKey(row.LineageB))
            .Select(row => Reconcile.Pair(fileOf[row.LineageA], fileOf[row.LineageB]))];
    }

    /// <summary>Each file's rows, in the order of trust in their lists and then by row.</summary>
    private static Dictionary<PersonId, List<Record>> Grouped(List<Record> records, Plan plan)
    {
        var people = new Dictionary<PersonId, List<Record>>();
        for (var i = 0; i < records.Count; i++)
        {
            if (!people.TryGetValue(plan.FileOf[i], out var rows)) people.Add(plan.FileOf[i], rows = new(4));
            rows.Add(records[i]);
        }
        foreach (var rows in people.Values)
            rows.Sort(static (a, b) => (Sources.Rank(a.Means), a.Row, a.Id).CompareTo((Sources.Rank(b.Means), b.Row, b.Id)));
        return people;
    }

    private async Task WriteMembers(List<Record> records, Plan plan)
    {
        var fresh = new List<object?[]>();
        for (var i = 0; i < records.Count; i++)
            if (records[i].File is null) fresh.Add([records[i].Lineage, plan.FileOf[i].Value]);
        foreach (var chunk in fresh.Chunk(Store.RowsPerUnit))
            await store.Write(session => Store.Bulk(session, "people_member", ["lineage", "file"], chunk));
        // An act a part: what a killed update has not moved, the next one moves.
        foreach (var part in plan.Moves.DistinctBy(move => move.Lineage).Chunk(Store.RowsPerUnit / 3))
            await store.Write(session =>
            {
                var act = session.Scalar<long>("""
                    insert into people_act (kind, at, account, reason) values ('matched', @at, @account, 'import') returning id
                    """, new { at = clock.GetUtcNow(), account = Guid.Empty });
                Store.Each(session, "insert into people_move (act, lineage, from_file, to_file) values (@p0, @p1, @p2, @p3)",
                    part.Select(move => new object?[] { act, move.Lineage, move.From.Value, move.To.Value }));
                Store.Each(session, "update people_member set file = @p0 where lineage = @p1",
                    part.Select(move => new object?[] { move.To.Value, move.Lineage }));
            });
    }

    /// <summary>Summaries of the rows, and over them what people stated.</summary>
    private async Task<Dictionary<PersonId, Summary>> Summarise(Dictionary<PersonId, List<Record>> people)
    {
        var codes = dwellings.Codes;
        var summaries = people.ToDictionary(person => person.Key, person => Summary.Of(person.Key, person.Value, codes));
        foreach (var chunk in store.Read(StatedValues.Files).Where(summaries.ContainsKey).Chunk(FilesPerUnit))
            foreach (var summary in await store.Write(session => chunk.Select(file => stated.Over(session, summaries[file])).ToList()))
                summaries[summary.File] = summary;
        return summaries;
    }

    private async Task Write(Dictionary<PersonId, Summary> summaries)
    {
        var stood = store.Read(StoodFile.All);
        var transitions = summaries.Values.Select(summary => write.Decide(stood.GetValueOrDefault(summary.File), summary))
            .Where(transition => transition.Step != FileStep.Leave).ToList();
        foreach (var chunk in transitions.Chunk(RowsPerUnit)) await store.Write(session => write.Run(session, chunk));
    }

    private async Task WriteNames(IReadOnlyCollection<Summary> summaries)
    {
        var (names, written, aliases) = store.Read(session =>
        {
            var pairs = new HashSet<(string, Guid)>();
            using (var reader = session.Prepared("select name, file from people_alias").Read())
                while (reader.Read()) pairs.Add((reader.GetString(0), reader.GetGuid(1)));
            return (pairs.Select(pair => pair.Item1).ToHashSet(StringComparer.Ordinal),
                session.Query<string>("select distinct name from people_name").ToHashSet(StringComparer.Ordinal), pairs);
        });
        var fresh = summaries.SelectMany(summary => summary.Names.Select(name => (Name: name, File: summary.File.Value)))
            .Where(alias => !aliases.Remove(alias)).ToList();
        var live = summaries.Select(summary => summary.File.Value).ToHashSet();
        var unwritten = fresh.Select(alias => alias.Name).Where(names.Add).ToList();
        var tokens = unwritten.Where(name => !written.Contains(name)).SelectMany(Tokens);
        foreach (var chunk in tokens.Chunk(RowsPerUnit))
            await store.Write(session => Store.Bulk(session, "people_name", ["token", "name"], chunk));
        // A name whose last bearer was gone, or whose tokens a killed update left half written.
        foreach (var chunk in unwritten.Where(written.Contains).SelectMany(Tokens).Chunk(RowsPerUnit))
            await store.Write(session => Store.Each(session,
                "insert into people_name (token, name) values (@p0, @p1) on conflict (token, name) do nothing", chunk));
        foreach (var chunk in fresh.Select(alias => new object?[] { alias.Name, alias.File }).Chunk(RowsPerUnit))
            await store.Write(session => Store.Bulk(session, "people_alias", ["name", "file"], chunk));
        // What remains are spellings that no live row of the file carries any more.
        foreach (var chunk in aliases.Where(alias => live.Contains(alias.Item2)).Chunk(RowsPerUnit))
            await store.Write(session => Store.Each(session, "delete from people_alias where name = @p0 and file = @p1",
                chunk.Select(alias => new object?[] { alias.Item1, alias.Item2 })));
    }

    private static IEnumerable<object?[]> Tokens(string name) =>
        NameTokens.Of(name).Distinct(StringComparer.Ordinal).Select(token => new object?[] { token, name });

    /// <summary>A file whose rows all moved to another leads there, also when they moved in an update that was killed before this.</summary>
    private async Task CloseEmptied(Dictionary<PersonId, List<Record>> people)
    {
        var left = store.Read(session => session.Query<PersonId>(
            "select distinct m.from_file from people_move m join people_file f on f.id = m.from_file where f.state = 'open'"));
        foreach (var part in left.Where(file => !people.ContainsKey(file)).Chunk(FilesPerUnit))
            await store.Write(session =>
            {
                foreach (var file in part) WriteFiles.RunEmpty(session, file);
            });
    }

    private async Task WritePairs(Plan plan, IReadOnlyList<ProbablePair> probable)
    {
        var pairs = plan.Waiting.Select(merge => (Pair: Reconcile.Pair(merge.A, merge.B), Weight: 0.0, Waterfall: "", merge.Why))
            .Concat(probable.Select(pair => (Pair: Reconcile.Pair(plan.FileOf[pair.RecordA], plan.FileOf[pair.RecordB]),
                pair.Weight, pair.Waterfall, Why: "probable")))
            .Where(pair => pair.Pair.Item1 != pair.Pair.Item2)
            .DistinctBy(pair => pair.Pair);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var part in pairs.Chunk(RowsPerUnit))
            await store.Write(session => Store.Each(session, """
                insert into people_pair (file_a, file_b, weight, waterfall, why, state, at) values (@p0, @p1, @p2, @p3, @p4, 'open', @p5)
                on conflict (file_a, file_b) do nothing
                """,
                part.Select(
                    found => new object?[] { found.Pair.Item1.Value, found.Pair.Item2.Value, found.Weight, found.Waterfall, found.Why, at })));
    }

    private sealed record DecisionRow(long LineageA, long LineageB, string Verdict);
}

/// <summary>Finds which rows are one person.</summary>
internal interface IMatching
{
    Matches Run(IReadOnlyList<Record> records, IReadOnlyList<Decision> decisions, Action<string, double>? progress);
}
