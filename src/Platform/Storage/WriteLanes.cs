using System.Diagnostics;
using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// Group commit for PostgreSQL: decided units that wait share a transaction and a round trip, and are acknowledged after its commit. A
/// unit whose guard found no row, or that fails, is left out and the others are written without it.
/// </summary>
internal sealed class WriteLanes : IDisposable
{
    // One lane's statements run while another's commit is synced. All take from one queue, whoever is free first takes all that waits: with
    // units shared out over lanes of their own beforehand, a unit could wait for a full lane beside an idle one, and the groups were smaller.
    private const int Lanes = 3;
    private const int UnitsPerGroupMax = 64;

    private readonly Pool pool;
    private readonly Func<DecidedUnit, string, Task<bool>> alone;
    private readonly object gate = new();
    private readonly List<Waiting> queue = [];
    private readonly HashSet<Guid> underWay = [];
    private int working;
    private bool disposed;

    /// <param name="alone">Writes one unit in a transaction of its own, its guard first: what an overtaken unit would write may collide.</param>
    public WriteLanes(Pool pool, Func<DecidedUnit, string, Task<bool>> alone) => (this.pool, this.alone) = (pool, alone);

    /// <returns>False when the guard found no row; then nothing of the unit was written.</returns>
    public Task<bool> Write(DecidedUnit unit, string by)
    {
        var waiting = new Waiting(unit, by, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(PostgresStore));
            queue.Add(waiting);
            if (working == Lanes) return waiting.Done.Task;
            working++;
        }
        _ = Task.Run(Work);
        return waiting.Done.Task;
    }

    /// <summary>Waits until what was handed over is written.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            while (working > 0) Monitor.Wait(gate);
        }
    }

    private async Task Work()
    {
        for (var group = Take([]); group.Count > 0; group = Take(group))
        {
            var left = new List<Waiting>(group);
            try
            {
                await WriteOnceMore(left);
            }
            catch (PostgresException)
            {
                // One of them cannot be written, or was overtaken and collides with what overtook it, and PostgreSQL has undone all: each
                // alone, in order, so that it harms no other.
                foreach (var waiting in left) await WriteAlone(waiting);
            }
            catch (Exception failure)
            {
                // The line broke, perhaps after the commit: nobody may be told that it is durable, nor be written twice.
                foreach (var waiting in left) Fail(waiting, failure);
            }
        }
    }

    /// <summary>
    /// All that waits, but what another lane has units of the same key of under way: those are written in the order in which they came. Empty
    /// when nothing is to be done, and the lane ends; what waits for another lane's key is taken by that lane when it is through.
    /// </summary>
    private List<Waiting> Take(List<Waiting> written)
    {
        lock (gate)
        {
            foreach (var waiting in written) underWay.Remove(waiting.Unit.Key);
            var group = new List<Waiting>(Math.Min(queue.Count, UnitsPerGroupMax));
            queue.RemoveAll(waiting =>
            {
                var takes = group.Count < UnitsPerGroupMax && !underWay.Contains(waiting.Unit.Key);
                if (takes) group.Add(waiting);
                return takes;
            });
            foreach (var waiting in group) underWay.Add(waiting.Unit.Key);
            if (group.Count == 0)
            {
                working--;
                Monitor.PulseAll(gate);
            }
            return group;
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
            var from = Stopwatch.GetTimestamp();
            await transaction.CommitAsync();
            Meters.CommitTime.Record(Stopwatch.GetElapsedTime(from).TotalSeconds);
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
