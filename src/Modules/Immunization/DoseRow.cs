using System.Globalization;
using Legwork.Kernel;
using Legwork.Platform.Storage;
using Legwork.Schedules;

namespace Legwork.Immunization;

/// <summary>One dose as it was told, by whom and when.</summary>
/// <param name="Source">The clinic or the list that told it.</param>
/// <param name="Province">Where it was given; empty is here.</param>
/// <param name="Replaces">The row that this one tells again.</param>
internal sealed record DoseRow(long Id, PersonId Person, string GivenOn, string Vaccine, string Lot, string Site, string Source,
    string Province, string Evidence, string Note, long? Replaces, long Withdrawn, string Actor, DateTimeOffset LearnedAt)
{
    private const string Columns =
        "select d.id, d.person, d.given_on, d.vaccine, d.lot, d.site, d.source, d.province, d.evidence, d.note, d.replaces, d.withdrawn, d.actor, "
            + "d.learned_at from immunization_dose d";

    private const string InForceOnly = "d.withdrawn = 0 and not exists (select 1 from immunization_dose later where later.replaces = d.id)";

    public DateOnly On => DateOnly.ParseExact(GivenOn, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DoseGiven AsGiven => new(On, Vaccine);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What counts today of these files of one person, the earliest first.</summary>
    public static List<DoseRow> InForce(Session session, IReadOnlyList<PersonId> ids) => Session.AtHand(InForceAsync(session, ids));

    public static async Task<List<DoseRow>> InForceAsync(Session session, IReadOnlyList<PersonId> ids) => [.. (await Of(session, ids, InForceOnly))
        .OrderBy(row => row.GivenOn, StringComparer.Ordinal).ThenBy(row => row.Id)];

    /// <summary>Everything that was ever told of them, the latest first.</summary>
    public static async Task<List<DoseRow>> Told(Session session, IReadOnlyList<PersonId> ids) =>
        [.. (await Of(session, ids, "1 = 1")).OrderByDescending(row => row.Id)];

    private static async Task<List<DoseRow>> Of(Session session, IReadOnlyList<PersonId> ids, string condition)
    {
        var rows = new List<DoseRow>();
        foreach (var person in ids)
            rows.AddRange(await session.QueryAsync<DoseRow>($"{Columns} where d.person = @person and {condition}", new { person }));
        return rows;
    }

    public static DoseRow? Find(Session session, long id, IReadOnlyList<PersonId> ids) =>
        session.First<DoseRow>($"{Columns} where d.id = @id and {InForceOnly}", new { id }) is { } row && ids.Contains(row.Person) ? row : null;

    /// <summary>The last that this account wrote down of a vaccine.</summary>
    public static Task<DoseRow?> LastOf(Session session, Guid account, string vaccine) =>
        session.FirstAsync<DoseRow>($"{Columns} where d.account = @account and d.vaccine = @vaccine order by d.id desc limit 1",
            new { account, vaccine });

    /// <summary>Not a dose that a take-over of an older system brought and took back again.</summary>
    public const string NotUndone =
        "(d.take is null or not exists (select 1 from immunization_dose undone where undone.replaces = d.id and undone.take is not null))";

    /// <summary>Person, day and vaccine of every row that anybody told, in force or not.</summary>
    public static List<ToldRow> EverTold(Session session) => session.Query<ToldRow>(
        $"select d.person, d.given_on, d.vaccine from immunization_dose d where (d.withdrawn = 0 or d.take is null) and {NotUndone}");

    /// <summary>What counts today of everybody.</summary>
    public static Task<List<DoseRow>> Everybody(Session session) => session.QueryAsync<DoseRow>($"{Columns} where {InForceOnly}");
}

internal sealed record ToldRow(PersonId Person, string GivenOn, string Vaccine);
