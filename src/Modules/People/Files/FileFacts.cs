using System.Globalization;
using Legwork.Kernel;
using Legwork.People.Records;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>What one row said at one time: a version of a lineage, with where it stood and when it was learned and ended.</summary>
/// <param name="Row">1-based, in the file of <paramref name="Import"/>.</param>
/// <param name="Period">The month or year the list is of; unknown when its name states none.</param>
/// <param name="UndoneAt">When the import was taken back.</param>
/// <param name="EndedAt">When a later file changed the row or no longer held it.</param>
internal sealed record RowVersion(long Record, long Lineage, string Source, IReadOnlyDictionary<string, string> Fields, long Import, string FileName,
    VagueDate Period, long Row, DateTimeOffset LearnedAt, DateTimeOffset? UndoneAt, DateTimeOffset? EndedAt, VagueDate EndedPeriod)
{
    /// <summary>What the list means (<see cref="Sources"/>); its title when it means nothing known.</summary>
    public string Means { get => field ?? Source; init; }

    public DateOnly ObservedFrom => Period.IsKnown ? Period.Earliest : Platform.Calendar.DayOf(LearnedAt);

    public bool KnownOn(DateTimeOffset at) => LearnedAt <= at && (UndoneAt is not { } undone || undone > at);
}

/// <summary>What somebody stated on evidence, hanging on the lineage it corrects.</summary>
internal sealed record Statement(long Id, long Lineage, string Field, string Value, string Source, string Evidence, string Note, string Actor,
    DateTimeOffset LearnedAt, VagueDate TrueFrom, DateTimeOffset? WithdrawnAt)
{
    public bool KnownOn(DateTimeOffset at) => LearnedAt <= at && (WithdrawnAt is not { } withdrawn || withdrawn > at);
}

/// <summary>A lineage going from one file to another by an act.</summary>
internal sealed record LineageMove(long Act, string Kind, DateTimeOffset At, DateTimeOffset? UndoneAt, long Lineage, PersonId From,
    PersonId To, string Actor, string Reason);

/// <summary>Everything that was ever said about a file, and every act on which rows are its own.</summary>
internal sealed record FileFacts(PersonId File, IReadOnlyList<RowVersion> Versions,
    IReadOnlyList<Statement> Statements, IReadOnlyList<LineageMove> Moves)
{
    /// <summary>The lineages that were this file's at that moment.</summary>
    public IReadOnlySet<long> LineagesOn(DateTimeOffset at)
    {
        var moves = Moves.ToLookup(move => move.Lineage);
        return Versions.Select(version => version.Lineage).Distinct()
            .Where(lineage => LineagePosition.Of(moves[lineage], at, whenNeverMoved: File) == File).ToHashSet();
    }

    /// <remarks>
    /// Matching moves live rows only: what had left its list stays with the file that was merged, and is read with the one it became.
    /// </remarks>
    public static FileFacts Load(Session session, NumberVault vault, DistrictLists lists, PersonId file) =>
        Session.AtHand(LoadAsync(session, vault, lists, file));

    public static async Task<FileFacts> LoadAsync(Session session, NumberVault vault, DistrictLists lists, PersonId file) =>
        (await LoadAsync(session, vault, lists, [file]))[file];

    /// <summary>The facts of many files, with as many statements as for one.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, FileFacts>> LoadAsync(Session session, NumberVault vault, DistrictLists lists,
        IReadOnlyCollection<PersonId> files)
    {
        var facts = new Dictionary<PersonId, FileFacts>(files.Count);
        foreach (var some in files.Distinct().Chunk(FilesPerStatement))
        {
            var own = (await session.QueryAsync<OwnLineage>($"""
                with recursive became (file, id) as (select id, id from people_file where {session.Among("id", "files")}
                    union select b.file, f.id from people_file f join became b on f.merged_into = b.id)
                select b.file, m.lineage from became b cross join people_member m where m.file = b.id
                union select from_file, lineage from people_move where {session.Among("from_file", "files")}
                union select to_file, lineage from people_move where {session.Among("to_file", "files")}
                """, new { files = some.Select(file => file.Value).ToArray() })).ToLookup(own => own.File, own => own.Lineage);
            var all = await OfLineages(session, vault, lists, [.. own.SelectMany(lineages => lineages).Distinct()]);
            foreach (var file in some)
            {
                var lineages = own[file].ToHashSet();
                facts[file] = new FileFacts(file, [.. all.Versions.Where(version => lineages.Contains(version.Lineage))],
                    [.. all.Statements.Where(statement => lineages.Contains(statement.Lineage))],
                    [.. all.Moves.Where(move => lineages.Contains(move.Lineage))]);
            }
        }
        return facts;
    }

    private static async Task<(List<RowVersion> Versions, List<Statement> Statements, List<LineageMove> Moves)> OfLineages(Session session,
        NumberVault vault, DistrictLists lists, long[] lineages)
    {
        if (lineages.Length == 0) return ([], [], []);
        var body = new RecordBody(vault);
        var of = new { lineages };
        var versions = (await session.QueryAsync<VersionRow>($"""
            {Read} where {session.Among("r.lineage", "lineages")} and i.state <> 'taking' order by r.lineage, r.id
            """, of)).ConvertAll(row => row.Read(body, lists));
        var statements = (await session.QueryAsync<StatementRow>($"{Stated} where {session.Among("lineage", "lineages")} order by lineage, id", of))
            .ConvertAll(row => row.Read(vault));
        var moves = await session.QueryAsync<MoveRow>($"""
            select m.act, a.kind, a.at, a.undone_at as undone, m.lineage, m.from_file, m.to_file, a.actor, a.reason
            from people_move m join people_act a on a.id = m.act where {session.Among("m.lineage", "lineages")} order by m.act, m.lineage
            """, of);
        return (versions, statements, moves.ConvertAll(row => row.Read()));
    }

    // The whole day of a worker; the number of parameters of a statement is limited.
    private const int FilesPerStatement = 64;

    public static List<Statement> StatementsOf(Session session, NumberVault vault, long lineage) =>
        session.Query<StatementRow>($"{Stated} where lineage = @lineage order by id", new { lineage }).ConvertAll(row => row.Read(vault));

    private const string Stated = """
        select id, lineage, field, value, sealed, source, evidence, note, actor, learned_at as learned, true_from, withdrawn_at as withdrawn
        from people_statement
        """;

    // The plus keeps SQLite, which has no statistics here, from walking a whole import for one row.
    private const string Read = """
        select r.id as record, r.lineage, r.source, r.body, r.import, i.file_name, i.period, i.at as learned, i.undone_at as undone, i.state,
            coalesce((select min(w.row) from people_row w where w.record = r.id and +w.import = r.import), 0) as row, e.at as ended,
                e.period as ended_period
        from people_record r join people_import i on i.id = r.import left join people_import e on e.id = r.ended_by and e.state = 'taken'
        """;

    private sealed record OwnLineage(PersonId File, long Lineage);

    private sealed record VersionRow(long Record, long Lineage, string Source, string Body, long Import, string FileName, string Period, long Learned,
        long? Undone, string State, long Row, long? Ended, string? EndedPeriod)
    {
        public RowVersion Read(RecordBody body, DistrictLists lists) => new(Record, Lineage, Source, body.Read(Body), Import, FileName,
            Vague(Period), Row, ColumnTypes.Instant(Learned),
            Instant(Undone), Instant(Ended), Vague(EndedPeriod))
        { Means = lists.Meaning(Source) };

        private static VagueDate Vague(string? text) => VagueDate.TryParse(text, out var date) ? date : default;
    }

    private sealed record StatementRow(long Id, long Lineage, string Field, string Value, long Sealed, string Source,
        string Evidence, string Note, string Actor, long Learned, string TrueFrom, long? Withdrawn)
    {
        public Statement Read(NumberVault vault) =>
            new(Id, Lineage, Field, Sealed == 0 ? Value : vault.Open(Convert.FromBase64String(Value)), Source, Evidence, Note, Actor,
            ColumnTypes.Instant(Learned), VagueDate.TryParse(TrueFrom, out var from) ? from : default, Instant(Withdrawn));
    }

    private sealed record MoveRow(long Act, string Kind, long At, long? Undone, long Lineage, PersonId FromFile,
        PersonId ToFile, string Actor, string Reason)
    {
        public LineageMove Read() => new(Act, Kind, ColumnTypes.Instant(At), Instant(Undone), Lineage, FromFile, ToFile, Actor, Reason);
    }

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } at ? ColumnTypes.Instant(at) : null;

    /// <summary>The day in this district.</summary>
    public static DateOnly LocalDay(DateTimeOffset moment) => Platform.Calendar.DayOf(moment);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
