using Legwork.Kernel;
using Legwork.People.Contracts;
using Legwork.Platform.Storage;

namespace Legwork.People.Files;

/// <summary>Who else stands on someone's file: the household, those at the same door, guardians and those in someone's care.</summary>
internal sealed class FileRelations
{
    /// <summary>A dormitory is not a household: more than this many at one door are not named.</summary>
    private const int NamedMax = 30;

    public async Task<List<PersonLine>> Household(Session session, FileRow file, DateOnly today) =>
        file.Household.Length == 0 ? [] : await Lines(session,
        FileRow.Columns + " where household = @Household and state = 'open' and id <> @Id order by birth, id limit @NamedMax", file, today);

    public async Task<List<PersonLine>> Dwelling(Session session, FileRow file, DateOnly today) =>
        file.Dwelling.Length == 0 ? [] : await Lines(session,
        FileRow.Columns + " where dwelling = @Dwelling and lives = @Lives and household <> @Household and state = 'open' and id <> @Id "
            + "order by birth, id limit @NamedMax", file, today);

    /// <param name="rows">The file's live rows: births name the parents, the school roll a guardian.</param>
    public async Task<List<GuardianLine>> Guardians(Session session, PersonId file, IReadOnlyList<RowVersion> rows, bool withPhone, DateOnly today)
    {
        var lines = new List<GuardianLine>();
        foreach (var row in rows)
        {
            foreach (var (field, kind) in new[] { ("mother_name", "mother"), ("father_name", "father"), ("guardian", "guardian") })
                if (row.Fields.GetValueOrDefault(field) is { Length: > 0 } name)
                    lines.Add(new GuardianLine(kind, name,
                        withPhone && field == "guardian" ? row.Fields.GetValueOrDefault("guardian_phone") ?? "" : "", row.Source,
                        null, 0, null, null));
        }
        foreach (var link in await GuardianLinks.OfWard(session, file, today))
            if (await FileRow.CurrentAsync(session, link.Guardian) is { } guardian)
                lines.Add(new GuardianLine(link.Kind, guardian.Name, "", "", guardian.Id, link.Id, link.From, link.Until));
        return lines;
    }

    public async Task<List<PersonLine>> Wards(Session session, PersonId file, DateOnly today)
    {
        var wards = new List<FileRow>();
        foreach (var link in await GuardianLinks.OfGuardian(session, file, today))
            if (await FileRow.CurrentAsync(session, link.Ward) is { } ward) wards.Add(ward);
        return [.. wards.DistinctBy(ward => ward.Id).Select(ward => Line(ward, today))];
    }

    public static PersonLine Line(FileRow file, DateOnly today) =>
        new(file.Id, file.Name, (Sex)file.Sex, file.BirthDate.IsKnown ? PersonAge.Of(file.BirthDate, today) : null);

    private static async Task<List<PersonLine>> Lines(Session session, string sql, FileRow file, DateOnly today) =>
        (await session.QueryAsync<FileRow>(sql, new { file.Household, file.Dwelling, file.Lives, file.Id, NamedMax }))
            .ConvertAll(person => Line(person, today));
}

/// <summary>A link made by a clerk at the counter, on evidence.</summary>
internal sealed record GuardianLink(long Id, PersonId Ward, PersonId Guardian, string Kind, DateOnly From, DateOnly? Until);

internal static class GuardianLinks
{
    private const string Columns = "select id, ward, guardian, kind, from_day, until_day from people_guardian where ended_at is null";

    /// <summary>Those of a ward, for a unit that writes.</summary>
    public static List<GuardianLink> Standing(Session session, PersonId ward, DateOnly today) =>
        Session.AtHand(OfWard(session, ward, today));

    public static Task<List<GuardianLink>> OfWard(Session session, PersonId ward, DateOnly today) => Of(session, "ward", ward, today);

    public static Task<List<GuardianLink>> OfGuardian(Session session, PersonId guardian, DateOnly today) => Of(session, "guardian", guardian, today);

    private static async Task<List<GuardianLink>> Of(Session session, string column, PersonId person, DateOnly today)
    {
        var links = new List<GuardianLink>();
        foreach (var id in await FileRow.AllIdsAsync(session, person))
            links.AddRange((await session.QueryAsync<LinkRow>($"{Columns} and {column} = @id order by id", new { id }))
                .Select(row => row.Read()).Where(link => Holds(link, today)));
        return links;
    }

    private static bool Holds(GuardianLink link, DateOnly today) => link.From <= today && (link.Until is not { } until || today < until);

    private sealed record LinkRow(long Id, PersonId Ward, PersonId Guardian, string Kind, string FromDay, string? UntilDay)
    {
        public GuardianLink Read() => new(Id, Ward, Guardian, Kind, Day(FromDay), UntilDay is null ? null : Day(UntilDay));

        private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
