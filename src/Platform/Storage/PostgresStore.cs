using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// PostgreSQL 15+: a unit is acknowledged after its commit; decided units share one (<see cref="WriteLanes"/>), each other has its own.
/// </summary>
internal sealed class PostgresStore : Store
{
    private const int TriesMax = 5;

    private readonly Pool pool;
    private readonly WriteLanes lanes;
    private readonly ReadersBound bound;
    private readonly Copies? copies;

    /// <param name="copies">Connection string of copies that may be read where a second does not matter; empty is none.</param>
    /// <param name="clock">By which a copy that was silent is left alone.</param>
    public PostgresStore(string connectionString, string copies = "", TimeProvider? clock = null)
    {
        // Units leave nothing behind in a session (locks and settings end with their transaction), so seven statements of reset a unit are saved.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 3, NoResetOnClose = true };
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) settings.MaxPoolSize = 40;
        // What a node holds locked when its line is cut or its machine dies is given back, or others would wait for it as long as nobody notices.
        if (string.IsNullOrEmpty(settings.Options)) settings.Options = "-c idle_in_transaction_session_timeout=10s";
        bound = new ReadersBound(Math.Max(1, settings.MaxPoolSize * 3 / 4), TimeSpan.FromSeconds(settings.Timeout));
        pool = new Pool(NpgsqlDataSource.Create(settings));
        lanes = new WriteLanes(pool, (unit, by) => WriteUnit(unit.In, by));
        if (copies.Length > 0)
            this.copies = new Copies(copies, cancel => ReadAsync(
                session => session.FirstAsync<string>("select cast(pg_current_wal_lsn() as text)"), cancel), clock ?? TimeProvider.System);
    }

    public override Engine Engine => Engine.Postgres;

    public override T Read<T>(Func<Session, T> unit)
    {
        var (entered, answered) = (bound.Enter(), false);
        try
        {
            var answer = Asked(unit);
            answered = true;
            return answer;
        }
        finally
        {
            bound.Leave(entered, answered);
        }
    }

    public override async Task<T> ReadAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel)
    {
        var (entered, answered) = (await bound.EnterAsync(cancel), false);
        try
        {
            if (entered) bound.Within();
            var answer = await AskedAsync(unit, cancel);
            answered = true;
            return answer;
        }
        finally
        {
            bound.Leave(entered, answered);
        }
    }

    private async Task<T> AskedAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel)
    {
#pragma warning disable IDE0059 // The second turn reads it; the analyser does not see past an awaited try with a finally.
        for (var tries = 1; ; tries++)
#pragma warning restore IDE0059
        {
            Session? session = null;
            var opened = 0L;
            try
            {
                session = new Session(Engine.Postgres, await pool.OpenAsync(cancel)) { Cancel = cancel, HoldsNoThread = true };
                opened = Stopwatch.GetTimestamp();
                return await unit(session);
            }
            catch (Exception failure) when (StorageAway.Says(failure))
            {
                GiveUpUnless(tries == 1 && session is not { Streamed: true }, opened, failure);
            }
            finally
            {
                session?.Dispose();
            }
        }
    }

    public override async Task<T> ReadRecentAsync<T>(Func<Session, Task<T>> unit, CancellationToken cancel) =>
        copies is not null && await copies.TryRead(unit, cancel) is (true, var answer) ? answer : await ReadAsync(unit, cancel);

    public override T Snapshot<T>(Func<Session, T> unit) => Read(session =>
    {
        using var transaction = session.Connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        session.Transaction = transaction;
        session.Execute("set transaction read only; set local idle_in_transaction_session_timeout = 0"); // it locks nothing, and may take its time
        var answer = unit(session);
        transaction.Commit();
        return answer;
    });

    /// <summary>
    /// After a failover the pool holds connections of a server that is gone; a unit that met one asks again on a new one, unless rows
    /// were streamed out of it already.
    /// </summary>
    private T Asked<T>(Func<Session, T> unit)
    {
        for (var tries = 1; ; tries++)
        {
            Session? session = null;
            var opened = 0L;
            try
            {
                session = new Session(Engine.Postgres, pool.Open(out opened));
                return unit(session);
            }
            catch (Exception failure) when (StorageAway.Says(failure))
            {
                GiveUpUnless(tries == 1 && session is not { Streamed: true }, opened, failure);
            }
            finally
            {
                session?.Dispose();
            }
        }
    }

    /// <exception cref="StorageAwayException">It may not be tried again at once.</exception>
    private void GiveUpUnless(bool mayTryAgain, long opened, Exception failure)
    {
        pool.ThrowAway(opened);
        if (!mayTryAgain || !StorageAway.MayPassAtOnce(failure)) throw new StorageAwayException(fateUnknown: false, failure);
    }

    protected override Task<T> WriteUnit<T>(Func<Session, T> unit, string by) => Task.Run(() =>
    {
        for (var tries = 1; ; tries++)
        {
            var (committing, opened) = (false, 0L);
            try
            {
                using var session = new Session(Engine.Postgres, pool.Open(out opened));
                var watch = UnitWatch.Start();
                using var transaction = session.Connection.BeginTransaction();
                session.Transaction = transaction;
                var answer = unit(session);
                committing = true;
                var from = Stopwatch.GetTimestamp();
                transaction.Commit();
                Meters.CommitTime.Record(Stopwatch.GetElapsedTime(from).TotalSeconds);
                WrittenHere.Note();
                watch.Stop(by, session.RowsWritten);
                Meters.StoreUnits.Add(1);
                Meters.UnitsPerCommit.Record(1);
                return answer;
            }
            catch (PostgresException failure) when (tries < TriesMax && MayRunAgain(failure))
            {
                // Another transaction won; nothing of this unit remains, so it may run again.
            }
            catch (Exception failure) when (StorageAway.Says(failure))
            {
                // A transaction whose commit was not sent is gone with its connection. One whose commit was sent is never repeated blindly.
                pool.ThrowAway(opened);
                if (committing || tries > 1 || !StorageAway.MayPassAtOnce(failure)) throw new StorageAwayException(committing, failure);
            }
        }
    });

    public override async Task<bool> Write(DecidedUnit unit, [CallerFilePath] string by = "")
    {
        var done = await lanes.Write(unit, by);
        if (done) WrittenHere.Note();
        return done;
    }

    private static bool MayRunAgain(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    public override void Dispose()
    {
        lanes.Dispose();
        copies?.Dispose();
        pool.Dispose();
    }

    public override string? Damage() => Read(session => session.Scalar<long?>(
        "select cast(checksum_failures as bigint) from pg_stat_database where datname = current_database()")) is > 0 and var pages
        ? $"PostgreSQL has met {pages} pages whose checksum does not hold" : null;

    internal static long Copy(Session session, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var connection = (NpgsqlConnection)session.Connection;
        using var copy = connection.BeginBinaryImport($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)");
        long count = 0;
        foreach (var row in rows)
        {
            copy.StartRow();
            foreach (var value in row)
            {
                if (value is null) copy.WriteNull();
                else copy.Write(value);
            }
            count++;
        }
        copy.Complete();
        session.Wrote(count);
        return count;
    }
}
