namespace Legwork.Platform.Storage;

/// <summary>
/// How many read at once: on SQLite each reader is a connection with files and a cache of its own, and more of them than processors make every
/// one slower; on PostgreSQL a part of the pool stays free for whoever writes. Who reads within a read does not wait for a second place: those
/// who hold all places would wait for each other.
/// </summary>
/// <param name="patience">How long a page waits for a place.</param>
internal sealed class ReadersBound(int most, TimeSpan patience)
{
    private readonly SemaphoreSlim free = new(most, most);
    private readonly AsyncLocal<bool> within = new();
    private long answered;

    /// <returns>Whether a place was taken, which is to be given back.</returns>
    /// <exception cref="StorageAwayException">None became free within the patience of a page.</exception>
    public bool Enter()
    {
        if (within.Value) return false;
        var before = Interlocked.Read(ref answered);
        if (!free.Wait(patience)) throw NoneBecameFree(before);
        return within.Value = true;
    }

    /// <summary>The same without holding a thread; the caller says <see cref="Within"/> itself, since what is said here ends with the task.</summary>
    public async Task<bool> EnterAsync(CancellationToken cancel)
    {
        if (within.Value) return false;
        var before = Interlocked.Read(ref answered);
        if (!await free.WaitAsync(patience, cancel)) throw NoneBecameFree(before);
        return true;
    }

    public void Within() => within.Value = true;

    /// <param name="hasAnswered">Whether the storage answered whoever read.</param>
    public void Leave(bool entered, bool hasAnswered)
    {
        if (!entered) return;
        if (hasAnswered) Interlocked.Increment(ref answered);
        within.Value = false;
        free.Release();
    }

    // While nobody at all gets an answer it is the storage that is away, and not the others that are many.
    private StorageAwayException NoneBecameFree(long before) =>
        new(fateUnknown: false, new TimeoutException($"All {most} readers were busy for {patience.TotalSeconds:0} seconds."))
        {
            IsBusy = Interlocked.Read(ref answered) > before,
        };
}
