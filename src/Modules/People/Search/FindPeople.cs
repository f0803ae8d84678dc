using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Files;
using Legwork.People.Records;
using Legwork.Platform.Access;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;

namespace Legwork.People.Search;

/// <summary>One line of a result. Fields that the purpose does not open are empty.</summary>
/// <param name="Number">Masked, or empty.</param>
/// <param name="Marks">Kinds of the findings that stand.</param>
internal sealed record FoundPerson(PersonId Id, string Name, string NameBo, Sex Sex, VagueDate? Birth, PersonAge? Age, bool IsChild,
    string Number, string Registered, string Lives, string Door, string Insured, IReadOnlyList<string> Marks);

/// <summary>Who searches, where, and among whom.</summary>
/// <param name="BornFrom">Only who was born on that day or later; null is everybody.</param>
internal sealed record Searcher(Actor Actor, Permission Permission, DateOnly? BornFrom = null)
{
    /// <summary>Of the request: who has gone on typing no longer waits for the last question.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>As files write a birth; every birth lies behind the empty text.</summary>
    public string From => BornFrom is { } day ? FileFacts.Iso(day) : "";
}

/// <summary>How a question was understood.</summary>
internal enum AskedBy
{
    Nothing,
    Number,
    BrokenNumber,
    Name,
    Address,

    /// <summary>A road, estate or village without a door.</summary>
    Area,
}

/// <param name="More">There are more than were counted.</param>
internal sealed record SearchPage(string Question, AskedBy By, IReadOnlyList<FoundPerson> People, int Page,
    int Pages, int Total, bool More, Purpose Purpose);

/// <summary>
/// One box: a whole number, a door or a whole road or estate, or the beginning of a name's part in characters, pinyin, initials, Tibetan or
/// the letters in which Tibetan names are written elsewhere. Only
/// files of the actor's places are found, and whoever is shown is in the read log first.
/// </summary>
internal sealed class FindPeople(Store store, NumberVault vault, DistrictLists lists, FileReading reading, ByAddress byAddress,
    ByEndOfNumber endOfNumber, LatinNames latin, Sensitive sensitive, TimeProvider clock)
{
    public const int PageSize = 20;

    /// <summary>Nobody reads further than this; the page asks for more letters instead.</summary>
    public const int CountedMax = 200;

    public const int QuestionLengthMax = 120;

    public Task<Outcome<SearchPage>> Run(Actor actor, string? question, int page, string purposeCode) =>
        Run(new Searcher(actor, PeoplePermissions.Search), question, page, purposeCode);

    public async Task<Outcome<SearchPage>> Run(Searcher who, string? question, int page, string purposeCode)
    {
        var claimed = reading.Claim(who.Actor, who.Permission, purposeCode);
        if (!claimed.Ok) return claimed.Refusal!;
        var asked = (question ?? "").Trim();
        if (asked.Length > QuestionLengthMax) return Refusal.Of("people.search.too_long", $"A question has at most {QuestionLengthMax} characters.");
        if (asked.Length == 0) return new SearchPage("", AskedBy.Nothing, [], 1, 0, 0, false, claimed.Value);
        var ofChild = reading.ForChild(who.Actor, who.Permission, claimed.Value);
        var found = await store.ReadAsync(session => Page(session, who, asked, page, claimed.Value, ofChild), who.Cancel);
        if (found.People.Count > 0) await reading.Log(who.Actor, who.Permission, claimed.Value, [.. found.People.Select(person => person.Id)]);
        return found;
    }

    private async Task<SearchPage> Page(Session session, Searcher who, string asked, int page, Purpose purpose, Purpose ofChild)
    {
        var (by, ids) = await Matches(session, who, asked, purpose, ofChild);
        var total = Math.Min(ids.Count, CountedMax);
        var pages = (total + PageSize - 1) / PageSize;
        page = Math.Clamp(page, 1, Math.Max(pages, 1));
        var today = FileFacts.LocalDay(clock.GetUtcNow());
        List<Guid> shown = [.. ids.Take(CountedMax).Skip((page - 1) * PageSize).Take(PageSize)];
        var people = shown.Count == 0 ? [] : await Lines(session, shown, purpose, ofChild, today);
        return new SearchPage(asked, by, people, page, pages, total, ids.Count > CountedMax, purpose);
    }

    private async Task<(AskedBy By, IReadOnlyList<Guid> Ids)> Matches(Session session, Searcher who, string asked, Purpose purpose, Purpose ofChild)
    {
        var places = FileScope.Prefixes(who.Actor, who.Permission);
        var number = ResidentNumber.Normalise(asked);
        if (number.Length is >= 15 and <= 20 && number.Count(char.IsAsciiDigit) >= number.Length - 1)
            return (ResidentNumber.IsValid(number) ? AskedBy.Number : AskedBy.BrokenNumber, await ByNumber(session, who, number));
        // Who may not see a birth date, the end of a number or a home cannot find it out by asking either.
        var (name, born) = purpose.Opens("birth") ? NameAndBirth(asked) : (asked, "");
        var named = await ByName(session, who, places, name.Trim(), born);
        if (named.Count > 0 || asked.Length < 2) return (AskedBy.Name, named);
        if (purpose.Opens("number_masked") && ByEndOfNumber.TryRead(asked, out var whole, out var end))
            return (AskedBy.Name, await endOfNumber.Find(session, who, whole, end, ofChild.Opens("number_masked"),
                FileFacts.LocalDay(clock.GetUtcNow())));
        if (!purpose.Opens("residence")) return (AskedBy.Name, named);
        var (housed, isDoor) = await byAddress.Find(session, who, asked, CountedMax + 1);
        return housed.Count == 0 ? (AskedBy.Name, named) : (isDoor ? AskedBy.Address : AskedBy.Area, housed);
    }

    /// <summary>Every file with a row, or a statement, that carries the number, whether or not it is the one in force.</summary>
    private async Task<List<Guid>> ByNumber(Session session, Searcher who, string number)
    {
        var token = vault.Token(number);
        var found = new Hits(who);
        foreach (var sql in NumberSql) await found.Read(session.Prepared(sql).With(token, who.From));
        return found.Ids;
    }

    /// <summary>A name that hundreds share is narrowed by the year, month or day of birth behind it: <c>扎西 1962</c>,
    /// <c>zhaxi 1962-10</c>.</summary>
    private static (string Name, string Born) NameAndBirth(string asked)
    {
        var space = asked.LastIndexOfAny([' ', '\u3000']);
        if (space <= 0 || !VagueDate.TryParse(asked.AsSpan(space + 1), out var date) || !date.IsKnown || date.Latest.Year is < 1880 or > 2200)
            return (asked, "");
        return (asked[..space], date.ToString());
    }

    private async Task<List<Guid>> ByName(Session session, Searcher who, IReadOnlyList<string> places, string name, string born)
    {
        var (found, letters) = (new Hits(who), NameTokens.Fold(name));
        if (letters.Length == 0) return found.Ids;
        // Thousands are called something with 扎西 in it; whoever is called just that could write no further letters to be found among them.
        foreach (var place in places)
            await found.Read(session.Prepared(WholeNameSql).With(name, (long)place.Length, place, born, (long)born.Length, who.From));
        if (found.Ids.Count > CountedMax) return found.Ids;
        var sql = session.Engine == Engine.Postgres ? NameSqlPostgres : NameSql;
        foreach (var way in latin.InPinyin(letters).Prepend(letters))
            foreach (var place in places)
                await found.Read(session.Prepared(sql)
                    .With(way, way + "\U0010ffff", (long)place.Length, place, born, (long)born.Length, who.From));
        return found.Ids;
    }

    private async Task<List<FoundPerson>> Lines(Session session, List<Guid> ids, Purpose claimed, Purpose ofChild, DateOnly today)
    {
        var numbers = claimed.Opens("number_masked") ? await NumberInForce.OfAsync(session, vault, lists, ids) : [];
        var findings = claimed.Opens("findings") ? await ManyFiles.OpenFindings(session, ids) : null;
        var files = await FileRow.Many(session, ids);
        return ids.ConvertAll(id =>
        {
            var file = files[id];
            var purpose = sensitive.IsChild(file.BirthDate, today) ? ofChild : claimed;
            return Line(file, purpose, purpose.Opens("number_masked") ? numbers.GetValueOrDefault(id) : null,
                purpose.Opens("findings") ? findings![id] : [], today);
        });
    }

    private FoundPerson Line(FileRow file, Purpose purpose, string? number, IEnumerable<string> findings, DateOnly today) =>
        new(file.Id, file.Name, purpose.Opens("name_bo") ? file.NameBo : "",
            purpose.Opens("sex") ? (Sex)file.Sex : Sex.Unknown,
            purpose.Opens("birth") ? file.BirthDate : null,
            purpose.Opens("age") && file.BirthDate.IsKnown ? PersonAge.Of(file.BirthDate, today) : null,
            purpose.Opens("minor") && sensitive.IsChild(file.BirthDate, today),
            number is null ? "" : ResidentNumber.Mask(number),
            purpose.Opens("registration") ? file.Registered : "", purpose.Opens("residence") ? file.Lives : "",
            purpose.Opens("residence") ? file.Door : "",
            purpose.Opens("insurance") ? file.Insured : "", [.. findings]);

    private static readonly string[] NumberSql =
    [
        "select f.id, f.registered, f.lives from people_file f where f.token = @p0 and f.state = 'open' and f.birth >= @p1 order by f.id limit 201",
        """
        select distinct f.id, f.registered, f.lives from people_record r join people_member m on m.lineage = r.lineage
            join people_file f on f.id = m.file
        where r.token = @p0 and f.state = 'open' and f.birth >= @p1 order by f.id limit 201
        """,
        """
        select distinct f.id, f.registered, f.lives from people_statement s join people_member m on m.lineage = s.lineage
            join people_file f on f.id = m.file
        where s.token = @p0 and s.withdrawn_at is null and f.state = 'open' and f.birth >= @p1 order by f.id limit 201
        """,
    ];

    private const string WholeNameSql = """
        select f.id, f.registered, f.lives from people_alias a join people_file f on f.id = a.file
        where a.name = @p0 and f.state = 'open' and (substr(f.lives, 1, cast(@p1 as integer)) = @p2 or substr(f.registered, 1,
            cast(@p1 as integer)) = @p2)
            and substr(f.birth, 1, cast(@p4 as integer)) = @p3 and f.birth >= @p5
        order by a.file limit 260
        """;

    // In the order of the index, so that reading stops when enough were found.
    private const string NameSql = """
        select f.id, f.registered, f.lives from people_name n cross join people_alias a on a.name = n.name cross join people_file f on f.id = a.file
        where n.token >= @p0 and n.token < @p1 and f.state = 'open' and (substr(f.lives, 1, @p2) = @p3 or substr(f.registered, 1, @p2) = @p3)
            and substr(f.birth, 1, @p5) = @p4 and f.birth >= @p6
        order by n.token limit 260
        """;

    private const string NameSqlPostgres = """
        select f.id, f.registered, f.lives from people_name n join people_alias a on a.name = n.name join people_file f on f.id = a.file
        where n.token collate "C" >= @p0 and n.token collate "C" < @p1 and f.state = 'open'
            and (substr(f.lives, 1, @p2::int) = @p3 or substr(f.registered, 1, @p2::int) = @p3)
            and substr(f.birth, 1, @p5::int) = @p4 and f.birth collate "C" >= @p6
        order by n.token collate "C" limit 260
        """;
}
