namespace Legwork.Platform.Cluster;

/// <summary>Who follows one duty on this node, and the last word that they heard.</summary>
internal sealed class Followers
{
    private readonly Lock gate = new();
    private readonly List<Action<string>> hearing = [];
    private string? last;

    /// <summary>Says it to everyone here, unless it was the last word already.</summary>
    public void Hear(string word)
    {
        List<Action<string>> all;
        lock (gate)
        {
            if (word == last) return;
            last = word;
            all = [.. hearing];
        }
        foreach (var hear in all) hear(word);
    }

    public void Add(Action<string> hear)
    {
        string? known;
        lock (gate)
        {
            hearing.Add(hear);
            known = last;
        }
        if (known is not null) hear(known);
    }

    /// <returns>Whether nobody is left.</returns>
    public bool Remove(Action<string> hear)
    {
        lock (gate)
        {
            hearing.Remove(hear);
            return hearing.Count == 0;
        }
    }
}

/// <summary>One who follows; disposing it twice does no harm.</summary>
internal sealed class Following(Action end) : IDisposable
{
    private Action? end = end;

    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
}
