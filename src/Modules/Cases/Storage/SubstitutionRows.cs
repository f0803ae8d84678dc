using Legwork.Cases.Domain;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>Who stands in for whom, where and until when (the last day counts).</summary>
internal sealed record Substitution(Guid Id, string Place, Guid? Absent, string AbsentName, Guid Substitute, string SubstituteName,
    string FromDay, string UntilDay, string Reason, Guid GivenBy)
{
    /// <summary>A case of the place, unless it is assigned by name to someone other than the absent worker or the substitute.</summary>
    public bool Covers(Case @case) => new Scope(Place).Covers(@case.Place)
        && (@case.AssignedTo == Guid.Empty || @case.AssignedTo == Absent || @case.AssignedTo == Substitute);
}

internal static class SubstitutionRows
{
    private const string Columns =
        "select id, place, absent, absent_name, substitute, substitute_name, from_day, until_day, reason, given_by from cases_substitution";

    /// <summary>Of an instant, since what a phone kept without network is judged by who stood in for whom when it was done.</summary>
    public static List<Substitution> HeldBy(Session session, Guid account, DateTimeOffset at) => session.Query<Substitution>(
        $"{Columns} where substitute = @account and {Holding} order by place",
        new { account, at = at.ToUnixTimeMilliseconds(), day = Calendar.DayOf(at) });

    /// <summary>What others do of this account's work at an instant.</summary>
    public static List<Substitution> Of(Session session, Guid absent, DateTimeOffset at) => session.Query<Substitution>(
        $"{Columns} where absent = @absent and {Holding} order by place",
        new { absent, at = at.ToUnixTimeMilliseconds(), day = Calendar.DayOf(at) });

    private const string Holding = "from_day <= @day and until_day >= @day and (ended_at is null or ended_at > @at)";

    public static Task<List<Substitution>> Current(Session session, DateOnly today) => session.QueryAsync<Substitution>(
        Columns + " where ended_at is null and until_day >= @today order by place, from_day", new { today });

    public static Substitution? Find(Session session, Guid id) =>
        session.First<Substitution>(Columns + " where id = @id and ended_at is null", new { id });

    public static void Add(Session session, Substitution given, DateTimeOffset at) => session.Execute("""
        insert into cases_substitution (id, place, absent, absent_name, substitute, substitute_name, from_day, until_day, reason, given_by, given_at)
        values (@Id, @Place, @Absent, @AbsentName, @Substitute, @SubstituteName, @FromDay, @UntilDay, @Reason, @GivenBy, @at)
        """, new
    {
        given.Id,
        given.Place,
        given.Absent,
        given.AbsentName,
        given.Substitute,
        given.SubstituteName,
        given.FromDay,
        given.UntilDay,
        given.Reason,
        given.GivenBy,
        at,
    });

    /// <summary>What is given in a grid that ended holds in the one that took over as well; the given row itself is left as it is.</summary>
    public static void Follow(Session session, string from, string to)
    {
        foreach (var given in session.Query<Dated>(
            "select id, place, absent, absent_name, substitute, substitute_name, from_day, until_day, reason, given_by, given_at "
                + "from cases_substitution where place = @from and ended_at is null", new { from }))
            Add(session, new Substitution(Guid.CreateVersion7(), to, given.Absent, given.AbsentName, given.Substitute,
                given.SubstituteName, given.FromDay, given.UntilDay,
                given.Reason, given.GivenBy), DateTimeOffset.FromUnixTimeMilliseconds(given.GivenAt));
    }

    public static int End(Session session, Guid id, Guid by, DateTimeOffset at) => session.Execute(
        "update cases_substitution set ended_by = @by, ended_at = @at where id = @id and ended_at is null", new { id, by, at });

    private sealed record Dated(Guid Id, string Place, Guid? Absent, string AbsentName, Guid Substitute, string SubstituteName,
        string FromDay, string UntilDay, string Reason, Guid GivenBy, long GivenAt);
}
