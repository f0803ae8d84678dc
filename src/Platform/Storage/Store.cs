using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Legwork.Platform.Storage;

/// <summary>
/// The district's storage. Reads run on pooled connections; every write is a unit handed to <see cref="Write{T}"/>,
/// whose task completes only when the unit is durable.
/// </summary>
public abstract class Store : IDisposable
{
    /// <summary>Who writes much writes this many rows a unit at the most: a nurse's dose waits behind one. See <see cref="UnitWatch"/>.</summary>
    public const int RowsPerUnit = UnitWatch.RowsMax / 4;

    static Store() => ColumnTypes.Register();

    public abstract Engine Engine { get; }

    /// <summary>Runs a reading unit. On PostgreSQL each of its statements sees what is committed when it begins; see <see cref="Snapshot{T}"/>.
    /// It may run again on another connection, so it must have no effect but its answer.</summary>
    /// <exception cref="StorageAwayException">The server or the line to it is gone.</exception>
    public abstract T Read<T>(Func<Session, T> unit);

    /// <summary>
    /// The same for a page: while PostgreSQL works no thread is held, and when whoever asked has gone the statement under way is cancelled
    /// there. On SQLite it runs to its end on the caller's thread, and sees everything acknowledged before it began but the
    /// <see cref="Note{T}">notes</see> of the last second.
    /// </summary>
    public abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel);

    /// <summary>The same for whoever reads the notes: sees every one that was acknowledged before.</summary>
    public virtual Task<T> ReadNotesAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel) => ReadAsync(unit, cancel);

    /// <summary>
    /// The same for figures and lists that may be a second old: on a copy of the storage, if there is one that has kept up.
    /// Never for what somebody decides upon or has just written.
    /// </summary>
    public virtual Task<T> ReadRecentAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel) => ReadAsync(unit, cancel);

    /// <summary>Runs a reading unit whose every statement sees the same moment, for backups and proofs over several tables.</summary>
    public abstract T Snapshot<T>(Func<Session, T> unit);

    /// <summary>
    /// Runs a writing unit whole or not at all. The unit may run again after a serialisation failure, so it must have no
    /// effect outside the session. An exception rolls back this unit only and comes back to the caller.
    /// </summary>
    /// <exception cref="StorageAwayException">
    /// The server or the line to it is gone; its <c>FateUnknown</c> says whether the unit may be durable all the same.
    /// </exception>
    /// <param name="by">Who asks, for the figures of units that take too long; the compiler fills it in.</param>
    public Task<T> Write<T>(Func<Session, T> unit, [CallerFilePath] string by = "") => Traces.Listened ? Traced(unit, by) : WriteUnit(unit, by);

    public Task Write(Action<Session> unit, [CallerFilePath] string by = "") => Write(session =>
    {
        unit(session);
        return 0;
    }, by);

    /// <summary>
    /// Writes a unit that only notes what somebody did and that no page reads but its own: a look in the log, when a session was last seen.
    /// Every look of every page makes one. After any other unit SQLite's readers begin anew and read every page of the storage again.
    /// </summary>
    public Task<T> Note<T>(Func<Session, T> unit, [CallerFilePath] string by = "") =>
        Traces.Listened ? Traces.Around("store.note", () => NoteUnit(unit, by)) : NoteUnit(unit, by);

    /// <summary>Writes what was decided on a reader, whole or not at all; on both engines it shares a commit with others that wait.</summary>
    /// <returns>False when its guard found no row, because somebody else was quicker; then nothing of it was written.</returns>
    public abstract Task<bool> Write(DecidedUnit unit, [CallerFilePath] string by = "");

    /// <summary>
    /// Appends many rows to one table inside a writing unit: one compiled statement on SQLite, binary COPY on PostgreSQL.
    /// </summary>
    public static long Bulk(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        session.Engine == Engine.Postgres
            ? PostgresStore.Copy(session, table, columns, rows)
            : SqliteStore.InsertAll(session, table, columns, rows);

    /// <summary>Runs one statement for each row of parameters (@p0, @p1 …) inside a writing unit: in one round trip on PostgreSQL.</summary>
    public static void Each(Session session, string sql, IEnumerable<object?[]> rows)
    {
        if (session.Engine == Engine.Postgres)
        {
            DecidedUnit.Each(session, sql, rows);
            return;
        }
        var statement = session.Prepared(sql);
        foreach (var row in rows) statement.With(row).Execute();
    }

    /// <summary>Makes the folder of a district's data, its owner's alone; one that is there keeps its mode.</summary>
    public static void MakeFolder(string path) => OwnersFolder.Make(path);

    /// <summary>Looks at every page that is stored, not at whether each index has every row.</summary>
    /// <returns>What is damaged, or null.</returns>
    public abstract string? Damage();

    public abstract void Dispose();

    protected abstract Task<T> WriteUnit<T>(Func<Session, T> unit, string by);

    protected virtual Task<T> NoteUnit<T>(Func<Session, T> unit, string by) => WriteUnit(unit, by);

    /// <param name="where">A PostgreSQL connection string (contains <c>Host=</c>) or the path of a SQLite file.</param>
    /// <param name="copies">On PostgreSQL the connection string of its copies; empty is none.</param>
    public static Store Open(string where, string copies = "") => where.Contains("Host=", StringComparison.OrdinalIgnoreCase)
        ? new PostgresStore(where, copies)
        : new SqliteStore(where);

    // Apart from Write, so that no closure is made where nobody listens.
    private Task<T> Traced<T>(Func<Session, T> unit, string by) => Traces.Around("store.unit", () => WriteUnit(unit, by));

    internal static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }
}

/// <summary>The storage, or what belongs to it, is not as this program needs it; the message says what an operator can do.</summary>
public sealed class CannotOpenException(string message) : InvalidOperationException(message);
