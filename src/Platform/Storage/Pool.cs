using System.Diagnostics;
using Npgsql;

namespace Legwork.Platform.Storage;

/// <summary>
/// The connections to one PostgreSQL. Those of a server that is gone are thrown away together, and once: a unit that began before that says
/// nothing of the new ones, and one that got no connection says nothing of any. Thrown away at every failure, they would never be kept from a
/// server that is slow after it took over: each who waited too long would take them from all the others.
/// </summary>
internal sealed class Pool(NpgsqlDataSource source) : IDisposable
{
    private long thrownAway;

    public NpgsqlConnection Open(out long opened)
    {
        opened = 0;
        var connection = source.OpenConnection();
        opened = Stopwatch.GetTimestamp();
        return connection;
    }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel = default) => source.OpenConnectionAsync(cancel);

    /// <param name="opened">When the unit that met a dead connection got it; 0 if it got none.</param>
    public void ThrowAway(long opened)
    {
        if (opened <= Volatile.Read(ref thrownAway)) return;
        Volatile.Write(ref thrownAway, Stopwatch.GetTimestamp());
        source.Clear();
    }

    public void Dispose() => source.Dispose();
}
