using Legwork.Cases.Domain;
using Legwork.Kernel;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Storage;

/// <summary>The rows of cases_case. Plain prepared statements, made from <see cref="CaseColumns"/>: a transition is the hottest write of the server.</summary>
internal static class CaseRows
{
    private static readonly string SelectOne = CaseColumns.Select + " where id = @p0";

    public static Case? Find(Session session, CaseId id)
    {
        using var row = session.Prepared(SelectOne).With(id.Value).Read();
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

    /// <returns>False when an open case of the same matter came in between; then nothing was added.</returns>
    public static bool Insert(Session session, Case @case) => session.Prepared(CaseColumns.Insert).With(CaseColumns.OfInsert(@case)).Execute() == 1;

    /// <param name="expected">The version at which the case must still stand.</param>
    /// <returns>Whether it did; if not, nothing was changed.</returns>
    public static bool Update(Session session, Case @case, long expected) =>
        session.Prepared(CaseColumns.Update).With(CaseColumns.OfUpdate(@case, expected)).Execute() == 1;

    /// <summary>The open cases of a matter, of which there is one at most, kept from others until the unit ends.</summary>
    public static List<Case> OpenOf(Session session, string kind, string subject, string origin) => Where(session,
        "kind = @p0 and subject = @p1 and origin = @p2 and state not in ('closed', 'withdrawn')" + (session.Engine == Engine.Postgres ? " for update" : ""),
        kind, subject, origin);
}
