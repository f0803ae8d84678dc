using System.Data.Common;

namespace Legwork.Platform.Storage;

/// <summary>
/// The district's storage. Reads run on pooled connections; every write is a unit handed to <see cref="Write{T}"/>,
/// whose task completes only when the unit is durable.
/// </summary>
public abstract class Store : IDisposable
{
    static Store() => ColumnTypes.Register();

    public abstract Engine Engine { get; }

    /// <summary>Runs a reading unit. On PostgreSQL each of its statements sees what is committed when it begins; see <see cref="Snapshot{T}"/>.</summary>
    public abstract T Read<T>(Func<Session, T> unit);

    /// <summary>Runs a reading unit whose every statement sees the same moment, for backups and proofs over several tables.</summary>
    public abstract T Snapshot<T>(Func<Session, T> unit);

    /// <summary>
    /// Runs a writing unit whole or not at all. The unit may run again after a serialisation failure, so it must have no
    /// effect outside the session. An exception rolls back this unit only and comes back to the caller.
    /// </summary>
    public Task<T> Write<T>(Func<Session, T> unit) => Traces.Listened ? Traced(unit) : WriteUnit(unit);

    public Task Write(Action<Session> unit) => Write(session =>
    {
        unit(session);
        return 0;
    });

    /// <summary>
    /// Appends many rows to one table inside a writing unit: one compiled statement on SQLite, binary COPY on PostgreSQL.
    /// </summary>
    public static long Bulk(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        session.Engine == Engine.Postgres
            ? PostgresStore.Copy(session, table, columns, rows)
            : SqliteStore.InsertAll(session, table, columns, rows);

    public abstract void Dispose();

    protected abstract Task<T> WriteUnit<T>(Func<Session, T> unit);

    /// <param name="where">A PostgreSQL connection string (contains <c>Host=</c>) or the path of a SQLite file.</param>
    public static Store Open(string where) => where.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        ? new PostgresStore(where)
        : new SqliteStore(where);

    // Apart from Write, so that no closure is made where nobody listens.
    private Task<T> Traced<T>(Func<Session, T> unit) => Traces.Around("store.unit", () => WriteUnit(unit));

    internal static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }
}

/// <summary>The storage, or what belongs to it, is not as this program needs it; the message says what an operator can do.</summary>
public sealed class CannotOpenException(string message) : InvalidOperationException(message);
