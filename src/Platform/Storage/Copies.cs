using System.Diagnostics;
using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// Copies of the storage that replay what the primary writes. One is read only when it has everything that the primary had a moment
/// ago; one that is behind, silent or no copy at all is left alone, and the primary is asked instead.
/// </summary>
internal sealed class Copies(string connectionString, Func<CancellationToken, Task<string?>> positionOfPrimary, TimeProvider clock) : IDisposable
{
    /// <summary>How old the knowledge of the primary's position may be, and so how old what is read.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
    private volatile Known known = new("", 0);
    private long silentUntil;

    /// <returns>False when no copy has kept up; the unit has left nothing then.</returns>
    public async Task<(bool Done, T Answer)> TryRead<T>(Func<Session, Task<T>> unit, CancellationToken cancel)
    {
        if (clock.GetTimestamp() < Volatile.Read(ref silentUntil)) return (false, default!);
        var position = await Position(cancel);
        if (position is null) return (false, default!);
        var asked = false;
        Session? session = null;
        try
        {
            session = new Session(Engine.Postgres, await source.OpenConnectionAsync(cancel)) { Cancel = cancel, HoldsNoThread = true };
            if (await session.FirstAsync<bool?>("select pg_last_wal_replay_lsn() >= cast(@position as pg_lsn)", new { position }) is not true)
                return (false, default!);
            asked = true;
            return (true, await unit(session));
        }
        catch (Exception failure) when (asked ? !session!.Streamed && MayAskPrimary(failure) : failure is NpgsqlException or TimeoutException)
        {
            Volatile.Write(ref silentUntil, clock.GetTimestamp() + (long)(LeftAlone.TotalSeconds * clock.TimestampFrequency));
            return (false, default!);
        }
        finally
        {
            session?.Dispose();
        }
    }

    public void Dispose() => source.Dispose();

    // Gone, or what was read is being replayed away under the reader.
    private static bool MayAskPrimary(Exception failure) =>
        StorageAway.Says(failure)
        || failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    private async Task<string?> Position(CancellationToken cancel)
    {
        var held = known;
        if (held.Position.Length > 0 && Stopwatch.GetElapsedTime(held.At) < Old) return held.Position;
        var at = Stopwatch.GetTimestamp();
        if (await positionOfPrimary(cancel) is not { } position) return null;
        known = new Known(position, at);
        return position;
    }

    private sealed record Known(string Position, long At);
}
