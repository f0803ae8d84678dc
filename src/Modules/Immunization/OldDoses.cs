using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Storage;
using Legwork.Schedules.National;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization;

/// <summary>One dose of an older system, whoever it was given to found and its vaccine understood.</summary>
/// <param name="Files">The person's own file and those that became it.</param>
internal sealed record OldDose(PersonId Person, IReadOnlyList<PersonId> Files, DateOnly On, string Vaccine, string Lot, string Site, string Clinic,
    string Province);

/// <summary>A dose that the district holds of one of the persons, in force or not.</summary>
/// <param name="Later">What became of it: empty in force, <c>taken_back</c>, <c>told_again</c>.</param>
internal sealed record HeldDose(PersonId Person, DateOnly On, string Vaccine, string Lot, string Later);

/// <summary>Doses that an older system holds become doses of the record, as if a clinic had told them, and are taken back by
/// rows that withdraw them.</summary>
internal sealed class OldDoses(IPersonCards persons, RuleBooks rules, TimeProvider clock) : IHistoryTaker
{
    private const string Evidence = "old_system";

    private static readonly string[] Columns = ["person", "given_on", "vaccine", "lot", "site", "source", "province", "evidence",
        "note", "account", "actor", "learned_at", "take", "take_row"];

    public static readonly HistoryKind Kind = new("doses", 10, "immunization", ["name|number", "vaccine", "given_on"],
        services => ActivatorUtilities.CreateInstance<OldDoses>(services));

    public async Task<IReadOnlyList<HistoryRow>> Read(IReadOnlyList<WrittenRow> rows, CancellationToken cancel)
    {
        var (meant, book, today) = (await persons.Meant(rows, cancel), rules.On(clock.Today()).Book, clock.Today());
        var became = (await persons.Merged(cancel)).ToLookup(merged => merged.Value, merged => merged.Key);
        return [.. rows.Select((row, i) => Read(row, meant[i], became, book, today))];
    }

    private static HistoryRow Read(WrittenRow row, PersonMeant meant, ILookup<PersonId, PersonId> became, NationalBook book, DateOnly today)
    {
        if (meant.Wrong is not null) return meant.Not(row);
        var person = meant.Card!;
        if (book.Written(row["vaccine"] ?? "") is not { } vaccine) return Not("dose.vaccine");
        if (row.Fault("given_on") == "registers.row.future") return Not("dose.future");
        if (row.Day("given_on") is not { } on) return Not("dose.day");
        if (on > today) return Not("dose.future");
        if (on < ShowRecord.FirstDay(person)) return Not("dose.before_birth");
        return new HistoryRow(row, $"{person.Id} {DoseRow.Iso(on)} {vaccine.Code}", "", person.Id, meant.Places,
            new OldDose(person.Id, [person.Id, .. became[person.Id]], on, vaccine.Code, row["lot"] ?? "", row["site"] ?? "", row["clinic"] ?? "",
                row["province"] ?? ""), null);

        HistoryRow Not(string why) => HistoryRow.Not(row, Becomes.Refused, why, person.Id, meant.Places);
    }

    public object Standing(Session session, IReadOnlyList<HistoryRow> rows) =>
        HeldDoses.Of(session, [.. rows.Select(row => (OldDose)row.Item!)]).ToLookup(dose => (dose.Person, dose.On, dose.Vaccine));

    public Decided Decide(HistoryRow row, object standing, IReadOnlyList<HistoryRow> earlier) =>
        Decide((OldDose)row.Item!, (ILookup<(PersonId, DateOnly, string), HeldDose>)standing);

    /// <summary>What a nurse has said of the very dose stands over what an older system says.</summary>
    internal static Decided Decide(OldDose told, ILookup<(PersonId, DateOnly, string), HeldDose> held)
    {
        var same = held[(told.Person, told.On, told.Vaccine)].ToList();
        if (same.Exists(dose => dose.Later.Length == 0 && !SameLot(dose.Lot, told.Lot)))
            return new Decided(Becomes.Contradicts, "dose.lot", same.First(dose => dose.Later.Length == 0).Lot);
        if (same.Exists(dose => dose.Later.Length == 0)) return Decided.Known;
        return same.Count == 0 ? Decided.New : new Decided(Becomes.Contradicts, $"dose.{same[^1].Later}");
    }

    /// <summary>A lot that one of the two does not know says nothing against the other.</summary>
    private static bool SameLot(string one, string other) =>
        one.Length == 0 || other.Length == 0 || string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    public void Write(Session session, IReadOnlyList<HistoryRow> rows, TakeOver take) => Store.Bulk(session, "immunization_dose", Columns,
        rows.Select(row => row.Item is not OldDose dose ? throw new InvalidOperationException("A row without a dose was decided to be new.")
            : new object?[] { dose.Person.Value, DoseRow.Iso(dose.On), dose.Vaccine, dose.Lot, dose.Site,
                dose.Clinic.Length > 0 ? dose.Clinic : take.Source, dose.Province, Evidence, "", take.Account, take.By,
                take.At.ToUnixTimeMilliseconds(), take.Id, row.Row.Number }));

    public IReadOnlyList<string> Undo(Session session, IReadOnlyList<long> rows, TakeOver take)
    {
        var made = session.Query<MadeDose>($"""
            select d.id, d.take_row, cast(case when exists (select 1 from immunization_dose later where later.replaces = d.id) then 1 else 0 end
                as bigint) as touched
            from immunization_dose d where d.take = @Id and d.withdrawn = 0 and {session.Among("d.take_row", "rows")}
            """, new { take.Id, rows = rows.ToArray() }).ToDictionary(dose => dose.TakeRow);
        Store.Each(session, """
            insert into immunization_dose (person, given_on, vaccine, lot, site, source, province, evidence, note, replaces, withdrawn, account,
                actor, learned_at, take, take_row)
            select person, given_on, vaccine, lot, site, source, province, evidence, @p4, id, 1, @p1, @p2, @p3, take, take_row
            from immunization_dose where id = @p0
            """, rows.Where(row => made[row].Touched == 0)
            .Select(row => new object?[] { made[row].Id, take.Account, take.By, take.At.ToUnixTimeMilliseconds(), take.FileName }));
        return [.. rows.Select(row => made[row].Touched == 0 ? "" : "dose.touched")];
    }

    private sealed record MadeDose(long Id, long TakeRow, long Touched);
}

internal static class HeldDoses
{
    private const int FilesPerStatement = 64;

    /// <summary>Everything that was ever told of these persons, but what a take-over brought and took back again: nobody ever said that.</summary>
    public static List<HeldDose> Of(Session session, IReadOnlyList<OldDose> doses)
    {
        var persons = new Dictionary<PersonId, PersonId>();
        foreach (var dose in doses)
            foreach (var file in dose.Files) persons[file] = dose.Person;
        var held = new List<HeldDose>();
        foreach (var some in persons.Keys.Chunk(FilesPerStatement))
            held.AddRange(session.Query<HeldRow>($"""
                select d.person, d.given_on, d.vaccine, d.lot, case when later.id is null then '' when later.withdrawn = 1 then 'taken_back'
                    else 'told_again' end as later
                from immunization_dose d left join immunization_dose later on later.replaces = d.id
                where {session.Among("d.person", "files")} and d.withdrawn = 0 and {DoseRow.NotUndone} order by d.id
                """, new { files = some.Select(file => file.Value).ToArray() })
                .Select(row => new HeldDose(persons[row.Person], row.Day, row.Vaccine, row.Lot, row.Later)));
        return held;
    }

    private sealed record HeldRow(PersonId Person, string GivenOn, string Vaccine, string Lot, string Later)
    {
        public DateOnly Day => DateOnly.ParseExact(GivenOn, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
