using System.Data.Common;
using Dapper;

namespace Legwork.Platform.Storage;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>
/// One connection inside one unit of work. Ordinary statements go through Dapper; hot ones through <see cref="Prepared"/>,
/// which keeps the compiled statement with the connection.
/// </summary>
public sealed class Session(Engine engine, DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, PreparedCommand> prepared = new(StringComparer.Ordinal);

    private readonly DbConnection asked = engine == Engine.Sqlite ? new KeptStatements(connection) : connection;

    public Engine Engine { get; } = engine;

    public DbConnection Connection { get; } = connection;

    public DbTransaction? Transaction { get; internal set; }

    /// <summary>Of whoever waits for what is read with the methods that end in Async.</summary>
    public CancellationToken Cancel { get; internal init; }

    /// <summary>Whether the methods that end in Async let go of the thread while PostgreSQL works.</summary>
    internal bool HoldsNoThread { get; init; }

    /// <summary>Rows that this session's statements have changed so far.</summary>
    internal long RowsWritten { get; private set; }

    /// <summary>Rows may have left the unit already, so it must not run again.</summary>
    internal bool Streamed { get; private set; }

    public List<T> Query<T>(string sql, object? args = null)
    {
        using var reader = asked.ExecuteReader(sql, args, Transaction);
        // SQLite tells the type of a computed column only with a row at hand; without one Dapper would not find the constructor.
        return reader is DbDataReader { HasRows: false } ? [] : reader.Parse<T>().AsList();
    }

    /// <summary>Rows one at a time, for results that do not fit in memory. Finish reading before the session does anything else.</summary>
    public IEnumerable<T> Stream<T>(string sql, object? args = null)
    {
        Streamed = true;
        return asked.Query<T>(sql, args, Transaction, buffered: false);
    }

    public T? First<T>(string sql, object? args = null)
    {
        using var reader = asked.ExecuteReader(sql, args, Transaction);
        return reader is DbDataReader { HasRows: false } ? default : reader.Parse<T>().First();
    }

    public T Single<T>(string sql, object? args = null) => asked.QuerySingle<T>(sql, args, Transaction);

    public T? Scalar<T>(string sql, object? args = null) => asked.ExecuteScalar<T>(sql, args, Transaction);

    public int Execute(string sql, object? args = null) => Wrote(asked.Execute(sql, args, Transaction));

    /// <summary>Without holding a thread where the unit was asked for with <see cref="Store.ReadAsync{T}"/>; in every other unit the task is done
    /// when it is given, so what both kinds of units read is written once.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, object? args = null)
    {
        if (!HoldsNoThread) return Query<T>(sql, args);
        await using var reader = await asked.ExecuteReaderAsync(new CommandDefinition(sql, args, Transaction, cancellationToken: Cancel));
        return reader.HasRows ? reader.Parse<T>().AsList() : [];
    }

    public async Task<T?> FirstAsync<T>(string sql, object? args = null) => await QueryAsync<T>(sql, args) is [var first, ..] ? first : default;

    /// <summary>The one row that there always is, a count say.</summary>
    public async Task<T> SingleAsync<T>(string sql, object? args = null) => (await QueryAsync<T>(sql, args)).Single();

    /// <summary>
    /// What a unit has read with the methods that end in Async, where it holds its thread: its task is done when it is given, so nobody waits.
    /// </summary>
    /// <exception cref="InvalidOperationException">The unit was asked for with <see cref="Store.ReadAsync{T}"/> and has to await.</exception>
    public static T AtHand<T>(Task<T> read) => read.IsCompleted ? read.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A unit that holds no thread awaits what it reads.");

    /// <summary>The condition that a column is one of the values of an array, which is the parameter of this name.</summary>
    public string Among(string column, string values) => Engine == Engine.Postgres ? $"{column} = any(@{values})" : $"{column} in @{values}";

    /// <summary>A statement compiled once a connection, with positional parameters named @p0, @p1, … in its text.</summary>
    public PreparedCommand Prepared(string sql)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = new PreparedCommand(this, Connection.CreateCommand(), sql);
            prepared.Add(sql, command);
        }
        command.Bind(Transaction);
        return command;
    }

    internal int Wrote(int rows)
    {
        if (rows > 0) RowsWritten += rows;
        return rows;
    }

    internal void Wrote(long rows) => RowsWritten += rows;

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        if (asked != Connection) asked.Dispose();
        Connection.Dispose();
    }
}

/// <summary>A compiled statement; set its parameters by position, then run it.</summary>
public sealed class PreparedCommand : IDisposable
{
    private readonly Session session;
    private readonly DbCommand command;

    internal PreparedCommand(Session session, DbCommand command, string sql)
    {
        this.session = session;
        this.command = command;
        command.CommandText = sql;
    }

    internal void Bind(DbTransaction? transaction) => command.Transaction = transaction;

    public PreparedCommand With(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i)
            {
                var added = command.CreateParameter();
                added.ParameterName = "@p" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
                command.Parameters.Add(added);
            }
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return this;
    }

    public int Execute() => session.Wrote(command.ExecuteNonQuery());

    public object? Scalar() => command.ExecuteScalar() is var value and not DBNull ? value : null;

    public DbDataReader Read() => command.ExecuteReader();

    public async Task<object?> ScalarAsync() => !session.HoldsNoThread ? Scalar()
        : await command.ExecuteScalarAsync(session.Cancel) is var value and not DBNull ? value : null;

    public Task<DbDataReader> ReadAsync() => session.HoldsNoThread ? command.ExecuteReaderAsync(session.Cancel) : Task.FromResult(Read());

    public void Dispose() => command.Dispose();
}
