using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Legwork.Platform.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Legwork.Cases;

/// <summary>
/// What the bench measures beside the desk: a plain writer of the same rows into the same tables, as one writes it first. Each transition is a
/// transaction of its own that reads the case, changes it <c>where version = @v</c>, and adds its history, its event and the delivery of it, with
/// prepared statements. It decides nothing and checks nobody's rights: it copies the rows of a case that the desk has carried through its life.
/// </summary>
internal sealed class PlainCaseBench : IAsyncDisposable
{
    /// <summary>Tells the rows of this writer from those of the desk.</summary>
    public const string Mark = "plain";

    private readonly Stack<Line> free;
    private readonly SemaphoreSlim waiting;

    private PlainCaseBench(List<Line> lines)
    {
        free = new Stack<Line>(lines);
        waiting = new SemaphoreSlim(lines.Count);
    }

    /// <param name="lines">Connections; SQLite has one writer, so one connection that all share is the quickest there.</param>
    public static PlainCaseBench Open(string where, Engine engine, int lines)
    {
        if (engine == Engine.Postgres)
        {
            var own = new NpgsqlConnectionStringBuilder(where) { Pooling = false }.ToString();
            return new([.. Enumerable.Range(0, lines).Select(_ => new Line(Opened(new NpgsqlConnection(own)), "set synchronous_commit = on"))]);
        }
        var file = new SqliteConnection($"Data Source={where};Pooling=False");
        return new([new Line(Opened(file), "pragma synchronous=FULL; pragma busy_timeout=10000")]);
    }

    /// <summary>Takes one more case through the life of the copied one.</summary>
    public async Task Life(long end, List<long> latencies)
    {
        var id = Guid.CreateVersion7();
        for (var step = 0; ; step++)
        {
            var from = Stopwatch.GetTimestamp();
            if (from >= end && step > 0) return;
            await waiting.WaitAsync();
            Line line;
            lock (free) line = free.Pop();
            try
            {
                if (step == line.Steps) return;
                await line.Write(id, step);
            }
            finally
            {
                lock (free) free.Push(line);
                waiting.Release();
            }
            if (step > 0) latencies.Add(Stopwatch.GetTimestamp() - from);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (free.TryPop(out var line)) await line.DisposeAsync();
        waiting.Dispose();
    }

    private static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }

    /// <summary>One connection with its statements, and the rows that it copies.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private readonly DbConnection connection;
        private readonly DbCommand find;
        private readonly DbCommand open;
        private readonly DbCommand change;
        private readonly DbCommand history;
        private readonly DbCommand tell;
        private readonly DbCommand deliver;
        private readonly Dictionary<string, object?> @case;
        private readonly List<Dictionary<string, object?>> steps;
        private readonly List<Dictionary<string, object?>> events;

        public Line(DbConnection connection, string settings)
        {
            this.connection = connection;
            using (var set = connection.CreateCommand())
            {
                set.CommandText = settings;
                set.ExecuteNonQuery();
            }
            @case = Rows($"select * from cases_case where origin <> '{Mark}' order by opened_at, id limit 1")[0];
            @case["origin"] = Mark;
            steps = Rows($"select * from cases_history where case_id = '{@case["id"]}' order by seq");
            events = Rows("select body from platform_event order by id limit " + steps.Count.ToString(CultureInfo.InvariantCulture));
            var columns = @case.Keys.ToList();
            find = Command("select * from cases_case where id = @id", ["id"]);
            open = Command(Insert("cases_case", columns), columns);
            var sets = string.Join(", ", columns.Where(name => name != "id").Select(name => $"{name} = @{name}"));
            change = Command($"update cases_case set {sets} where id = @id and version = @before", [.. columns, "before"]);
            history = Command(Insert("cases_history", [.. steps[0].Keys]), [.. steps[0].Keys]);
            tell = Command($"insert into platform_event (kind, body, at) values ('{Mark}', @body, @at) returning id", ["body", "at"]);
            deliver = Command(
                $"insert into platform_delivery (event, handler, key, state, tries, next_at) values (@event, '{Mark}', @key, 'waiting', 0, @at)",
                ["event", "key", "at"]);
        }

        public int Steps => steps.Count;

        public async Task Write(Guid id, int step)
        {
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync();
            foreach (var command in (DbCommand[])[find, open, change, history, tell, deliver]) command.Transaction = transaction;
            var (told, key) = (steps[step], connection is SqliteConnection ? (object)id.ToString().ToUpperInvariant() : id);
            if (step == 0)
            {
                Fill(open, @case, key, step);
                await open.ExecuteNonQueryAsync();
            }
            else
            {
                find.Parameters["@id"].Value = key;
                await using (var row = await find.ExecuteReaderAsync())
                    if (!await row.ReadAsync()) throw new InvalidOperationException("The plain writer lost a case.");
                Fill(change, @case, key, step);
                change.Parameters["@before"].Value = (long)step;
                if (await change.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("The plain writer was overtaken on its own case.");
            }
            Fill(history, told, key, step);
            await history.ExecuteNonQueryAsync();
            // A verification tells two events, everything else one.
            for (var i = 0; i < (told["act"] is "verified" ? 2 : 1); i++)
            {
                Fill(tell, new() { ["body"] = events[step]["body"], ["at"] = told["at"] }, key, step);
                var number = await tell.ExecuteScalarAsync();
                Fill(deliver, new() { ["event"] = number, ["key"] = $"{Mark}/{key}", ["at"] = told["at"] }, key, step);
                await deliver.ExecuteNonQueryAsync();
            }
            await transaction.CommitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await find.DisposeAsync();
            await open.DisposeAsync();
            await change.DisposeAsync();
            await history.DisposeAsync();
            await tell.DisposeAsync();
            await deliver.DisposeAsync();
            await connection.DisposeAsync();
        }

        private void Fill(DbCommand command, Dictionary<string, object?> row, object key, int step)
        {
            foreach (var (name, value) in row)
                command.Parameters["@" + name].Value = name switch
                {
                    "id" or "case_id" or "subject" => name == "subject" ? $"{Mark}/{key}" : key,
                    "version" => step + 1L,
                    "state" when command != deliver => steps[step]["to_state"],
                    _ => value ?? DBNull.Value,
                };
        }

        private List<Dictionary<string, object?>> Rows(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<Dictionary<string, object?>>();
            while (reader.Read())
                rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
            return rows;
        }

        private static string Insert(string table, IReadOnlyList<string> columns) =>
            $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(name => "@" + name))})";

        private DbCommand Command(string sql, IReadOnlyList<string> names)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            if (command is NpgsqlCommand asked) NpgsqlCommandBuilder.DeriveParameters(asked);
            foreach (var name in names)
            {
                if (command is NpgsqlCommand known && known.Parameters.Contains(name)) continue;
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@" + name;
                parameter.Value = DBNull.Value;
                command.Parameters.Add(parameter);
            }
            command.Prepare();
            return command;
        }
    }
}
