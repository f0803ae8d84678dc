using System.Globalization;
using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.People.Records;
using Legwork.Platform;
using Legwork.Platform.Secrets;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Files;

/// <summary>A time in one scheme. Where only a month or a year is known its first and its last day count.</summary>
/// <param name="Until">The last day; null where it goes on.</param>
internal sealed record Period(string Scheme, DateOnly From, DateOnly? Until)
{
    public bool Overlaps(Period other) => From <= (other.Until ?? DateOnly.MaxValue) && other.From <= (Until ?? DateOnly.MaxValue);

    public bool Covers(Period other) => Scheme == other.Scheme && From <= other.From
        && (Until ?? DateOnly.MaxValue) >= (other.Until ?? DateOnly.MaxValue);
}

/// <summary>One period of an older system, whoever was insured found and its scheme understood.</summary>
/// <param name="Files">The person's own file and those that became it.</param>
/// <param name="OfRoll">What the insurance roll tells of the person.</param>
internal sealed record OldPeriod(PersonId Person, IReadOnlyList<PersonId> Files, Period Told, string FromDay, string UntilDay,
    IReadOnlyList<Period> OfRoll);

/// <summary>Periods of insurance that an older system holds become facts of the file beside those that the roll tells.</summary>
internal sealed class OldPeriods(IPersonCards persons, Store store, NumberVault vault, DistrictLists lists, PeriodRules rules, TimeProvider clock)
    : IHistoryTaker
{
    private const int FilesPerStatement = 64;

    private static readonly string[] Schemes = ["employee", "resident"];

    private static readonly string[] Columns = ["person", "scheme", "from_day", "until_day", "first_day", "last_day", "source", "take", "take_row",
        "account", "actor", "at"];

    public static readonly HistoryKind Kind = new("insurance", 20, "insurance", ["name|number", "scheme", "from", "until"],
        services => ActivatorUtilities.CreateInstance<OldPeriods>(services));

    public async Task<IReadOnlyList<HistoryRow>> Read(IReadOnlyList<WrittenRow> rows, CancellationToken cancel)
    {
        var meant = await persons.Meant(rows, cancel);
        var became = (await persons.Merged(cancel)).ToLookup(merged => merged.Value, merged => merged.Key);
        var found = meant.Select(one => one.Card?.Id).OfType<PersonId>().Distinct().ToList();
        var (facts, now) = (await store.ReadAsync(session => FileFacts.LoadAsync(session, vault, lists, found), cancel), clock.GetUtcNow());
        var ofRoll = facts.ToDictionary(fact => fact.Key, fact => (IReadOnlyList<Period>)[.. InsurancePeriods.Of(fact.Value, now)
            .Where(period => period.Place.Length == 0 && period.Status == "active" && period.From.IsKnown)
            .Select(period => new Period(period.Scheme, period.From.Earliest, period.Until.IsKnown ? period.Until.Earliest.AddDays(-1) : null))]);
        return [.. rows.Select((row, i) => Read(row, meant[i], became, ofRoll))];
    }

    private HistoryRow Read(WrittenRow row, PersonMeant meant, ILookup<PersonId, PersonId> became,
        Dictionary<PersonId, IReadOnlyList<Period>> ofRoll)
    {
        if (meant.Wrong is not null) return meant.Not(row);
        var (person, today) = (meant.Card!, clock.Today());
        if (row["scheme"] is not { } scheme || !Schemes.Contains(scheme)) return Not("period.scheme");
        if (!VagueDate.TryParse(row["from"], out var from)) return Not(row.Fault("from") == "registers.row.future" ? "period.future" : "period.from");
        // What still runs is told by the roll.
        if (!VagueDate.TryParse(row["until"], out var until))
            return Not(row.Fault("until") == "registers.row.future" ? "period.future" : "period.until");
        if (until.Latest < from.Earliest) return Not("period.order");
        if (until.Earliest > today) return Not("period.future");
        if (person.Birth.IsKnown && from.Latest < person.Birth.Earliest) return Not("period.before_birth");
        return new HistoryRow(row, $"{person.Id} {scheme} {from} {until}", person.Id.ToString(), person.Id, meant.Places,
            new OldPeriod(person.Id, [person.Id, .. became[person.Id]], new Period(scheme, from.Earliest, until.Latest), from.ToString(),
                until.ToString(), ofRoll.GetValueOrDefault(person.Id, [])), null);

        HistoryRow Not(string why) => HistoryRow.Not(row, Becomes.Refused, why, person.Id, meant.Places);
    }

    public object Standing(Session session, IReadOnlyList<HistoryRow> rows)
    {
        var persons = new Dictionary<PersonId, PersonId>();
        foreach (var told in rows.Select(row => (OldPeriod)row.Item!))
            foreach (var file in told.Files) persons[file] = told.Person;
        var held = new List<(PersonId Person, Period Period)>();
        foreach (var some in persons.Keys.Chunk(FilesPerStatement))
            held.AddRange(session.Query<HeldRow>($"""
                select person, scheme, first_day, last_day from people_insured where {session.Among("person", "files")} and undone_at is null
                """, new { files = some.Select(file => file.Value).ToArray() })
                .Select(row => (persons[row.Person], new Period(row.Scheme, Day(row.FirstDay), Day(row.LastDay)))));
        return held.ToLookup(one => one.Person, one => one.Period);
    }

    public Decided Decide(HistoryRow row, object standing, IReadOnlyList<HistoryRow> earlier)
    {
        var told = (OldPeriod)row.Item!;
        return Decide(told.Told, [.. told.OfRoll, .. ((ILookup<PersonId, Period>)standing)[told.Person],
            .. earlier.Select(before => ((OldPeriod)before.Item!).Told)], rules);
    }

    /// <summary>
    /// Nobody is in two schemes on one day unless the rules say so, nor twice in one; a period that lies within one of its scheme says nothing new. A
    /// long time without insurance before it is told, and refuses nothing.
    /// </summary>
    internal static Decided Decide(Period told, IReadOnlyList<Period> held, PeriodRules rules)
    {
        if (held.Any(other => other.Covers(told))) return Decided.Known;
        if (held.FirstOrDefault(other => other.Scheme == told.Scheme && other.Overlaps(told)) is { } same) return Against("period.overlap", same);
        if (held.FirstOrDefault(other => other.Overlaps(told) && !rules.MayOverlap.Contains((other.Scheme, told.Scheme))) is { } two)
            return Against("period.two_schemes", two);
        var before = held.Where(other => other.Until < told.From).Select(other => other.Until!.Value).DefaultIfEmpty(DateOnly.MinValue).Max();
        return before == DateOnly.MinValue || told.From.DayNumber - before.DayNumber - 1 <= rules.GapDaysTold ? Decided.New
            : new Decided(Becomes.New, "period.gap", FileFacts.Iso(before.AddDays(1)), FileFacts.Iso(told.From.AddDays(-1)));

        static Decided Against(string why, Period other) =>
            new(Becomes.Contradicts, why, FileFacts.Iso(other.From), other.Until is { } until ? FileFacts.Iso(until) : "…");
    }

    public void Write(Session session, IReadOnlyList<HistoryRow> rows, TakeOver take) => Store.Bulk(session, "people_insured", Columns,
        rows.Select(row => row.Item is not OldPeriod told ? throw new InvalidOperationException("A row without a period was decided to be new.")
            : new object?[] { told.Person.Value, told.Told.Scheme, told.FromDay, told.UntilDay, FileFacts.Iso(told.Told.From),
            FileFacts.Iso(told.Told.Until!.Value), take.Source, take.Id, row.Row.Number, take.Account, take.By, take.At.ToUnixTimeMilliseconds() }));

    /// <summary>Nobody works on such a period, so nothing stays.</summary>
    public IReadOnlyList<string> Undo(Session session, IReadOnlyList<long> rows, TakeOver take)
    {
        Store.Each(session, "update people_insured set undone_at = @p2, undone_by = @p3 where take = @p0 and take_row = @p1 and undone_at is null",
            rows.Select(row => new object?[] { take.Id, row, take.At.ToUnixTimeMilliseconds(), take.Account }));
        return [.. rows.Select(_ => "")];
    }

    /// <summary>As the file shows them, as known at that moment.</summary>
    public static async Task<IReadOnlyList<InsurancePeriod>> Of(Session session, PersonId file, DateTimeOffset knownOn)
    {
        var files = await FileRow.AllIdsAsync(session, file);
        return [.. (await session.QueryAsync<ShownPeriod>($"""
            select scheme, from_day, until_day, source from people_insured
            where {session.Among("person", "files")} and at <= @knownOn and (undone_at is null or undone_at > @knownOn) order by first_day desc, id
            """, new { files = files.Select(id => id.Value).ToArray(), knownOn }))
            .Select(row => new InsurancePeriod(row.Scheme, "old", "", row.Source, VagueDate.Parse(row.FromDay), VagueDate.Parse(row.UntilDay)))];
    }

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record HeldRow(PersonId Person, string Scheme, string FirstDay, string LastDay);

    private sealed record ShownPeriod(string Scheme, string FromDay, string UntilDay, string Source);
}
