using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Legwork.Platform.Storage;

/// <summary>
/// SQLite in WAL mode with one writer. Waiting units share a transaction, a savepoint each, so that one refusal harms no other,
/// and are acknowledged only after its commit has been synced (synchronous=FULL).
/// </summary>
internal sealed class SqliteStore : Store
{
    private const int UnitsPerCommitMax = 512, ReadersMax = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string readString;
    private readonly IdleReaders idle;
    private readonly ReadersBound bound = new(ReadersMax, Patience);
    private readonly Channel<Unit> queue = Channel.CreateUnbounded<Unit>(new() { SingleReader = true });
    private readonly Thread writer;
    private readonly Session writing;
    private readonly Checkpoints checkpoints;
    private readonly string path;
    private volatile bool disposed;

    /// <param name="clock">By which readers grow old; null is the machine's.</param>
    public SqliteStore(string path, TimeProvider? clock = null)
    {
        idle = new IdleReaders(clock ?? TimeProvider.System);
        this.path = Path.GetFullPath(path);
        OwnersFolder.Make(Path.GetDirectoryName(this.path)!);
        OwnersFolder.Touch(this.path);
        readString = new SqliteConnectionStringBuilder { DataSource = this.path, Pooling = false }.ToString();
        writing = Open("journal_mode=WAL", "synchronous=FULL", $"wal_autocheckpoint={Checkpoints.PagesMax}",
            "cache_size=-65536", "temp_store=MEMORY");
        checkpoints = new Checkpoints((SqliteConnection)Open("synchronous=FULL").Connection, idle.LetGo);
        writer = new Thread(WriteUnits) { IsBackground = true, Name = "storage writer" };
        writer.Start();
    }

    public override Engine Engine => Engine.Sqlite;

    public override T Read<T>(Func<Session, T> unit)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var entered = bound.Enter();
        IdleReader? reader = null;
        var kept = false;
        try
        {
            reader = idle.TakeAnew() ?? idle.Begun(OpenReader());
            var answer = unit(reader.Session);
            kept = true;
            return answer;
        }
        finally
        {
            if (reader is not null) Return(reader, kept);
            bound.Leave(entered, hasAnswered: true);
        }
    }

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel) => ReadAsync(unit, withNotes: false, cancel);

    public override Task<T> ReadNotesAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel) => ReadAsync(unit, withNotes: true, cancel);

    private async Task<T> ReadAsync<T>(Func<Session, Task<T>> unit, bool withNotes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        var entered = await bound.EnterAsync(cancel);
        IdleReader? reader = null;
        var kept = false;
        try
        {
            bound.Within();
            reader = (withNotes ? idle.TakeAnew() : idle.Take()) ?? idle.Begun(OpenReader());
            var answer = await unit(reader.Session);
            kept = true;
            return answer;
        }
        finally
        {
            if (reader is not null) Return(reader, kept);
            bound.Leave(entered, hasAnswered: true);
        }
    }

    // A read is one deferred transaction in WAL mode, and so one moment already.
    public override T Snapshot<T>(Func<Session, T> unit) => Read(unit);

    protected override Task<T> WriteUnit<T>(Func<Session, T> unit, string by) => Enqueue(new Unit<T>(unit, by));

    protected override Task<T> NoteUnit<T>(Func<Session, T> unit, string by) => Enqueue(new Unit<T>(unit, by) { IsNote = true });

    private Task<T> Enqueue<T>(Unit<T> waiting)
    {
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(waiting), this);
        return waiting.Task;
    }

    public override Task<bool> Write(DecidedUnit unit, [CallerFilePath] string by = "") => Write(unit.In, by);

    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        queue.Writer.TryComplete();
        writer.Join();
        checkpoints.Dispose();
        writing.Dispose();
        idle.Dispose();
    }

    public override string? Damage()
    {
        try
        {
            return Read(session => session.First<string>("pragma quick_check(1)")) is var found and not "ok" ? found : null;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return "a page of it cannot be read";
        }
    }

    internal static long InsertAll(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var names = string.Join(", ", columns);
        var marks = string.Join(", ", Enumerable.Range(0, columns.Count).Select(i => $"@p{i}"));
        var insert = session.Prepared($"insert into {table} ({names}) values ({marks})");
        long count = 0;
        foreach (var row in rows)
        {
            insert.With(row).Execute();
            count++;
        }
        return count;
    }

    private Session Open(params string[] pragmas)
    {
        var connection = new SqliteConnection(readString);
        connection.Open();
        var session = new Session(Engine.Sqlite, connection);
        session.Execute("pragma busy_timeout=10000; pragma foreign_keys=ON; "
            + string.Concat(pragmas.Select(pragma => $"pragma {pragma}; ")));
        return session;
    }

    private Session OpenReader() => Open("query_only=ON", "cache_size=-16384", "temp_store=MEMORY");

    private void Return(IdleReader reader, bool isWhole)
    {
        if (isWhole && !disposed) idle.Return(reader);
        else reader.Session.Dispose();
    }

    private void WriteUnits()
    {
        var batch = new List<Unit>(UnitsPerCommitMax);
        while (queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            try
            {
                writing.Prepared("begin immediate").Execute();
                // A commit is due when its units have taken as long as one may: who came first must not wait for whoever still comes.
                var watch = UnitWatch.Start();
                while (batch.Count < UnitsPerCommitMax && !watch.IsOver && queue.Reader.TryRead(out var unit))
                {
                    batch.Add(unit);
                    RunInSavepoint(unit);
                }
                var from = Stopwatch.GetTimestamp();
                writing.Prepared("commit").Execute();
                Meters.CommitTime.Record(Stopwatch.GetElapsedTime(from).TotalSeconds);
            }
            catch (Exception failure)
            {
                // The commit itself failed (disk full, say): nothing in it is durable, so nothing may be acknowledged.
                Rollback();
                foreach (var unit in batch) unit.Fail(failure);
                continue;
            }
            if (batch.Exists(unit => unit.HasChanged)) idle.Changed();
            checkpoints.Wrote(writing.RowsWritten);
            Meters.UnitsPerCommit.Record(batch.Count);
            foreach (var unit in batch) unit.Acknowledge();
        }
    }

    private void RunInSavepoint(Unit unit)
    {
        writing.Prepared("savepoint unit").Execute();
        var (watch, before) = (UnitWatch.Start(), writing.RowsWritten);
        try
        {
            unit.Run(writing);
            writing.Prepared("release unit").Execute();
            watch.Stop(unit.By, writing.RowsWritten - before);
        }
        catch (Exception failure)
        {
            writing.Prepared("rollback to unit").Execute();
            writing.Prepared("release unit").Execute();
            unit.Refuse(failure);
        }
    }

    private void Rollback()
    {
        try
        {
            writing.Execute("rollback");
        }
        catch (SqliteException)
        {
            // No transaction is open: SQLite has rolled it back by itself.
        }
    }

    private abstract class Unit(string by)
    {
        public string By => by;

        public bool IsNote { get; init; }

        /// <summary>Whether a page may look otherwise after it.</summary>
        public abstract bool HasChanged { get; }

        public abstract void Run(Session session);

        public abstract void Refuse(Exception failure);

        public abstract void Fail(Exception failure);

        public abstract void Acknowledge();
    }

    private sealed class Unit<T>(Func<Session, T> unit, string by) : Unit(by)
    {
        // Continuations must not run on the writer's thread: a caller that computes would hold up every other write.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? answer;
        private Exception? refusal;

        public Task<T> Task => done.Task;

        public override bool HasChanged => refusal is null && !IsNote;

        public override void Run(Session session) => answer = unit(session);

        public override void Refuse(Exception failure) => refusal = failure;

        public override void Fail(Exception failure) => done.TrySetException(failure);

        public override void Acknowledge()
        {
            (refusal is null ? Meters.StoreUnits : Meters.StoreRefusals).Add(1);
            if (refusal is null) done.TrySetResult(answer!);
            else done.TrySetException(refusal);
        }
    }
}
