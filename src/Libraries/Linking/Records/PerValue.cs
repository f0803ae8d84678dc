namespace Legwork.Linking;

/// <summary>
/// What a comparison works out of one text, kept by the text's number: paid once a value, not once a pair. Safe for many threads; two
/// that meet a value for the first time may both work it out, to the same end.
/// </summary>
internal sealed class PerValue<T>(StringPool pool, Func<string, T> make)
    where T : class
{
    private readonly Lock gate = new();
    private T?[] kept = new T?[pool.Count + 1024];

    public T Of(int id)
    {
        var now = kept;
        return id < now.Length && now[id] is { } known ? known : Make(id);
    }

    private T Make(int id)
    {
        var made = make(pool[id]);
        lock (gate)
        {
            // With room to spare: an index meets new values one by one.
            if (id >= kept.Length) Array.Resize(ref kept, Math.Max(id + 1, pool.Count + pool.Count / 4 + 1024));
            kept[id] = made;
        }

        return made;
    }
}
