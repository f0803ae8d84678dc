using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Legwork.Platform.Storage;

/// <summary>
/// A writing unit that was decided on a reader beforehand: a guard, which must change exactly one row (<c>where version = @p1</c>), and
/// the statements that follow it. It asks nothing back, so PostgreSQL gets it in one round trip, together with others that wait.
/// </summary>
/// <remarks>
/// Parameters are @p0, @p1 … a statement; <c>last_id(table)</c> is the identity that this unit gave last, which was to that table.
/// </remarks>
public sealed partial class DecidedUnit
{
    private static readonly ConcurrentDictionary<string, string> SqliteTexts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Form> Forms = new(StringComparer.Ordinal);

    private readonly List<Statement> statements = new(6);

    /// <param name="key">What it writes about; units of one key are written in the order in which they came.</param>
    /// <param name="guard">Changes one row, or none when somebody else was quicker; then nothing of the unit is written.</param>
    public DecidedUnit(Guid key, string guard, params ReadOnlySpan<object?> values)
    {
        Key = key;
        statements.Add(new Statement(guard, values.ToArray()));
    }

    public Guid Key { get; }

    internal int Count => statements.Count;

    public void Then(string sql, params ReadOnlySpan<object?> values) => statements.Add(new Statement(sql, values.ToArray()));

    /// <summary>Runs it inside another unit.</summary>
    /// <returns>Whether the guard found its row; if not, nothing was written.</returns>
    public bool In(Session session)
    {
        if (session.Engine == Engine.Sqlite) return InSqlite(session);
        var (connection, transaction) = ((NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction);
        using var guard = new NpgsqlBatch(connection, transaction);
        Add(guard, statements[0]);
        if (guard.ExecuteNonQuery() != 1) return false;
        using var rest = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements.Skip(1)) Add(rest, statement);
        session.Wrote(rest.BatchCommands.Count > 0 ? 1 + rest.ExecuteNonQuery() : 1);
        return true;
    }

    internal static void Each(Session session, string sql, IEnumerable<object?[]> rows)
    {
        using var batch = new NpgsqlBatch((NpgsqlConnection)session.Connection, (NpgsqlTransaction?)session.Transaction);
        foreach (var row in rows) Add(batch, new Statement(sql, row));
        if (batch.BatchCommands.Count > 0) session.Wrote(batch.ExecuteNonQuery());
    }

    internal void AddTo(NpgsqlBatch batch)
    {
        foreach (var statement in statements) Add(batch, statement);
    }

    private bool InSqlite(Session session)
    {
        var isGuard = true;
        foreach (var statement in statements)
        {
            var changed = session.Prepared(SqliteTexts.GetOrAdd(statement.Sql, SqliteText)).With(statement.Values).Execute();
            if (isGuard && changed != 1) return false;
            isGuard = false;
        }
        return true;
    }

    private static void Add(NpgsqlBatch batch, Statement statement)
    {
        var form = Forms.GetOrAdd(statement.Sql, static (sql, connection) => Form.Of(sql, connection), batch.Connection!);
        var command = new NpgsqlBatchCommand(form.Text);
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = form.Types[i], Value = statement.Values[i] ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    // The one writer of SQLite gives identities in rising order; PostgreSQL knows the last one of its own connection.
    private static string SqliteText(string sql) => LastId().Replace(sql, "(select max(id) from $1)");

    [GeneratedRegex(@"last_id\((\w+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastId();

    [GeneratedRegex(@"@p\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private readonly record struct Statement(string Sql, object?[] Values);

    /// <summary>
    /// How PostgreSQL gets a statement: parameters by position, so that its text is not read again each time, and of the types that the server
    /// expects, so that a null is not taken for another statement, which would never be prepared.
    /// </summary>
    private sealed record Form(string Text, NpgsqlDbType[] Types)
    {
        public static Form Of(string sql, NpgsqlConnection connection)
        {
            var text = LastId().Replace(sql, "lastval()");
            using var asked = new NpgsqlCommand(text, connection);
            NpgsqlCommandBuilder.DeriveParameters(asked);
            var types = new NpgsqlDbType[asked.Parameters.Count];
            foreach (NpgsqlParameter parameter in asked.Parameters) types[Number(parameter.ParameterName)] = parameter.NpgsqlDbType;
            return new Form(Parameter().Replace(text, match => FormattableString.Invariant($"${Number(match.Value) + 1}")), types);
        }

        /// <summary>7 of <c>@p7</c>.</summary>
        private static int Number(string name) => int.Parse(name.AsSpan(name.IndexOf('p') + 1), CultureInfo.InvariantCulture);
    }
}
