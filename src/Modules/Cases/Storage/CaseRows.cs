using Legwork.Cases.Domain;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>The rows of cases_case. Plain prepared statements, made from <see cref="CaseColumns"/>:
/// a transition is the hottest write of the server.</summary>
internal static class CaseRows
{
    private static readonly string SelectOne = CaseColumns.Select + " where id = @p0";

    public static Case? Find(Session session, CaseId id)
    {
        using var row = session.Prepared(SelectOne).With(id.Value).Read();
        return row.Read() ? CaseColumns.Read(row) : null;
    }

    public static async Task<List<Case>> WhereAsync(Session session, string condition, params object?[] values)
    {
        var cases = new List<Case>();
        await using var rows = await session.Prepared($"{CaseColumns.Select} where {condition}").With(values).ReadAsync();
        while (rows.Read()) cases.Add(CaseColumns.Read(rows));
        return cases;
    }

    public static async Task<Case?> FindAsync(Session session, CaseId id)
    {
        await using var row = await session.Prepared(SelectOne).With(id.Value).ReadAsync();
        return row.Read() ? CaseColumns.Read(row) : null;
    }

    /// <summary>All rows that a condition finds; parameters are @p0, @p1 … in it.</summary>
    public static List<Case> Where(Session session, string condition, params ReadOnlySpan<object?> values)
    {
        var cases = new List<Case>();
        using var rows = session.Prepared($"{CaseColumns.Select} where {condition}").With(values).Read();
        while (rows.Read()) cases.Add(CaseColumns.Read(rows));
        return cases;
    }

    /// <summary>Begins the unit that opens a case; its guard fails when an open case of the same matter came in between.</summary>
    public static DecidedUnit Add(Case @case) => new(@case.Id.Value, CaseColumns.Insert, CaseColumns.OfInsert(@case));

    /// <summary>Begins the unit that changes a case; its guard fails when the case stands at <paramref name="expected"/> no longer.</summary>
    public static DecidedUnit Change(Case @case, long expected) => new(@case.Id.Value, CaseColumns.Update, CaseColumns.OfUpdate(@case, expected));

    /// <summary>The open cases of a matter, of which there is one at most, kept from others until the unit ends.</summary>
    public static List<Case> OpenOf(Session session, string kind, string subject, string origin) => Where(session,
        "kind = @p0 and subject = @p1 and origin = @p2 and state not in ('closed', 'withdrawn')"
            + (session.Engine == Engine.Postgres ? " for update" : ""),
        kind, subject, origin);
}
