using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// Group commit for PostgreSQL: decided units that wait share a transaction and a round trip, and are acknowledged after its commit. A
/// unit whose guard found no row, or that fails, is left out and the others are written without it.
/// </summary>
internal sealed class WriteLanes : IDisposable
{
    // PostgreSQL syncs the commits of several lanes at once. With two, a unit waited for three syncs of a slow disk, and a plain writer, whose
    // every client commits by itself, for one and a half. Units of one key keep to one lane and so to their order.
    private const int Lanes = 12;
    private const int UnitsPerGroupMax = 64;

    private readonly Pool pool;
    private readonly Func<DecidedUnit, string, Task<bool>> alone;
    private readonly Channel<Waiting>[] queues =
        [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateUnbounded<Waiting>(new() { SingleReader = true }))];
    private readonly Task[] work;

    /// <param name="alone">Writes one unit in a transaction of its own, its guard first: what an overtaken unit would write may collide.</param>
    public WriteLanes(Pool pool, Func<DecidedUnit, string, Task<bool>> alone)
    {
        (this.pool, this.alone) = (pool, alone);
        work = [.. queues.Select(queue => Task.Run(() => Work(queue.Reader)))];
    }

    /// <returns>False when the guard found no row; then nothing of the unit was written.</returns>
    public Task<bool> Write(DecidedUnit unit, string by)
    {
        var waiting = new Waiting(unit, by, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        var lane = queues[(unit.Key.GetHashCode() & int.MaxValue) % Lanes];
        return lane.Writer.TryWrite(waiting) ? waiting.Done.Task : throw new ObjectDisposedException(nameof(PostgresStore));
    }

    public void Dispose()
    {
        foreach (var queue in queues) queue.Writer.TryComplete();
        Task.WaitAll(work);
    }

    private async Task Work(ChannelReader<Waiting> queue)
    {
        var group = new List<Waiting>(UnitsPerGroupMax);
        while (await queue.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < UnitsPerGroupMax && queue.TryRead(out var waiting)) group.Add(waiting);
            try
            {
                await WriteOnceMore(group);
            }
            catch (PostgresException)
            {
                // One of them cannot be written, or was overtaken and collides with what overtook it, and PostgreSQL has undone all: each
                // alone, in order, so that it harms no other.
                foreach (var waiting in group) await WriteAlone(waiting);
            }
            catch (Exception failure)
            {
                // The line broke, perhaps after the commit: nobody may be told that it is durable, nor be written twice.
                foreach (var waiting in group) Fail(waiting, failure);
            }
        }
    }

    /// <summary>Writes all units whose guard holds; those that were overtaken are answered and left out.</summary>
    private async Task WriteGroup(List<Waiting> group)
    {
        while (group.Count > 0)
        {
            var overtaken = await WriteThoseNotOvertaken(group);
            if (overtaken.Count == 0)
            {
                Meters.UnitsPerCommit.Record(group.Count);
                Meters.StoreUnits.Add(group.Count);
                foreach (var waiting in group) waiting.Done.TrySetResult(true);
                group.Clear();
                return;
            }
            foreach (var waiting in overtaken)
            {
                Meters.StoreRefusals.Add(1);
                waiting.Done.TrySetResult(false);
                group.Remove(waiting);
            }
        }
    }

    /// <returns>Empty when all are durable; else those that were overtaken, and nothing was written.</returns>
    /// <exception cref="StorageAwayException">The server or the line to it is gone.</exception>
    private async Task<List<Waiting>> WriteThoseNotOvertaken(List<Waiting> group)
    {
        var (committing, opened) = (false, 0L);
        try
        {
            await using var connection = await pool.OpenAsync();
            opened = Stopwatch.GetTimestamp();
            var watch = UnitWatch.Start();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var waiting in group) waiting.Unit.AddTo(batch);
            var rows = await batch.ExecuteNonQueryAsync();
            var overtaken = Overtaken(batch, group);
            if (overtaken.Count > 0)
            {
                await transaction.RollbackAsync();
                return overtaken;
            }
            committing = true;
            await transaction.CommitAsync();
            watch.Stop(group[0].By, rows);
            return [];
        }
        catch (Exception failure) when (StorageAway.Says(failure))
        {
            pool.ThrowAway(opened);
            throw new StorageAwayException(committing, failure);
        }
    }

    /// <summary>A group that met a connection which died with its server is written on another; one whose commit was sent never is.</summary>
    private async Task WriteOnceMore(List<Waiting> group)
    {
        try
        {
            await WriteGroup(group);
        }
        catch (StorageAwayException away) when (away is { FateUnknown: false, InnerException: { } cause } && StorageAway.MayPassAtOnce(cause))
        {
            await WriteGroup(group);
        }
    }

    private static List<Waiting> Overtaken(NpgsqlBatch batch, List<Waiting> group)
    {
        var overtaken = new List<Waiting>();
        var at = 0;
        foreach (var waiting in group)
        {
            if (batch.BatchCommands[at].RecordsAffected != 1) overtaken.Add(waiting);
            at += waiting.Unit.Count;
        }
        return overtaken;
    }

    private async Task WriteAlone(Waiting waiting)
    {
        try
        {
            var done = await alone(waiting.Unit, waiting.By);
            if (!done) Meters.StoreRefusals.Add(1);
            waiting.Done.TrySetResult(done);
        }
        catch (Exception failure)
        {
            Fail(waiting, failure);
        }
    }

    private static void Fail(Waiting waiting, Exception failure)
    {
        Meters.StoreRefusals.Add(1);
        waiting.Done.TrySetException(failure);
    }

    private sealed record Waiting(DecidedUnit Unit, string By, TaskCompletionSource<bool> Done);
}
