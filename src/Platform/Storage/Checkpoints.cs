using Microsoft.Data.Sqlite;

namespace Legwork.Platform.Storage;

/// <summary>
/// Brings what SQLite has written ahead (its WAL) into its file, beside the writer: inside a commit, where SQLite does it by itself, every waiting
/// unit waits for two syncs and thousands of pages. What was written while one ran is left for the next, so under a load that never pauses the
/// log is begun anew only when it reaches <see cref="PagesMax"/>: then the writer does so itself, with little left to bring.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    public const int PagesMax = 16_000;

    // A row of an import touches two pages or so, a lone one up to eight.
    private const int RowsBetween = 1_000;

    private readonly SqliteConnection connection;
    private readonly Thread work;
    private readonly SemaphoreSlim due = new(0);
    private volatile bool disposed;
    private long asked;

    private readonly Action letGo;

    /// <param name="connection">Its own, open, and closed here.</param>
    /// <param name="letGo">Ends what idle readers keep open: as long as they do, nothing newer is brought into the file.</param>
    public Checkpoints(SqliteConnection connection, Action letGo)
    {
        this.connection = connection;
        this.letGo = letGo;
        work = new Thread(Work) { IsBackground = true, Name = "storage checkpoints" };
        work.Start();
    }

    /// <summary>The writer says after a commit how many rows it has written since it began.</summary>
    public void Wrote(long rows)
    {
        if (rows - asked < RowsBetween) return;
        asked = rows;
        if (due.CurrentCount == 0) due.Release();
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        due.Release();
        work.Join();
        connection.Dispose();
        due.Dispose();
    }

    private void Work()
    {
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "pragma wal_checkpoint(passive)";
        for (due.Wait(); !disposed; due.Wait())
        {
            try
            {
                letGo();
                checkpoint.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                // A full disk, say: nothing is lost, what is written stays in the log, and the writer meets the same and says so.
            }
        }
    }
}
