using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Legwork.Platform.Storage;

/// <summary>
/// A connection as Dapper sees it, which keeps the compiled statements: SQLite's driver compiles the text of each new command anew, which was a
/// quarter of the processor time of a page. A statement that is being read meanwhile is not shared. (PostgreSQL's driver keeps them by itself.)
/// </summary>
internal sealed class KeptStatements(DbConnection connection) : DbConnection
{
    // Lists of values are written out in the text, so that one statement may come in many lengths.
    private const int StatementsMax = 300;

    private readonly Dictionary<string, DbCommand> idle = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString { get => connection.ConnectionString; set => connection.ConnectionString = value; }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void ChangeDatabase(string databaseName) => connection.ChangeDatabase(databaseName);

    public override void Close() => connection.Close();

    public override void Open() => connection.Open();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => connection.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(this, connection.CreateCommand());

    /// <summary>Disposes the statements; the connection is its owner's.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var command in idle.Values) command.Dispose();
        idle.Clear();
        base.Dispose(disposing);
    }

    private DbCommand Take(DbCommand asked)
    {
        if (!idle.Remove(asked.CommandText, out var kept))
        {
            kept = connection.CreateCommand();
            kept.CommandText = asked.CommandText;
        }
        kept.Transaction = asked.Transaction;
        kept.Parameters.Clear();
        // A parameter belongs to one collection only.
        var values = asked.Parameters.Cast<DbParameter>().ToArray();
        asked.Parameters.Clear();
        kept.Parameters.AddRange(values);
        return kept;
    }

    private void Give(DbCommand kept)
    {
        if (idle.Count >= StatementsMax || !idle.TryAdd(kept.CommandText, kept)) kept.Dispose();
    }

    /// <summary>Collects text and parameters; runs as a kept statement, which it holds until it is disposed.</summary>
    private sealed class Command(KeptStatements of, DbCommand asked) : DbCommand
    {
        private DbCommand? kept;

        [AllowNull]
        public override string CommandText { get => asked.CommandText; set => asked.CommandText = value; }

        public override int CommandTimeout { get => asked.CommandTimeout; set => asked.CommandTimeout = value; }

        public override CommandType CommandType { get => asked.CommandType; set => asked.CommandType = value; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get => asked.UpdatedRowSource; set => asked.UpdatedRowSource = value; }

        protected override DbConnection? DbConnection { get => of; set => throw new NotSupportedException(); }

        protected override DbParameterCollection DbParameterCollection => asked.Parameters;

        protected override DbTransaction? DbTransaction { get => asked.Transaction; set => asked.Transaction = value; }

        private DbCommand Kept => kept ??= of.Take(asked);

        public override void Cancel() => kept?.Cancel();

        public override int ExecuteNonQuery() => Kept.ExecuteNonQuery();

        public override object? ExecuteScalar() => Kept.ExecuteScalar();

        public override void Prepare() => Kept.Prepare();

        protected override DbParameter CreateDbParameter() => asked.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Kept.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (kept is not null) of.Give(kept);
                kept = null;
                asked.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
