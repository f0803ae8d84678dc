using Microsoft.Extensions.Logging;

namespace Legwork.Platform.Cluster;

/// <summary>The duties of a district with one node: done here while somebody follows.</summary>
internal sealed class DutiesHere(IEnumerable<Duty> duties, TimeProvider clock, ILogger<DutiesHere> log) : IDuties, IDisposable
{
    private readonly Dictionary<string, Duty> known = duties.ToDictionary(duty => duty.Kind);
    private readonly Dictionary<(string Kind, string Key), (Followers Followers, Doing Doing)> done = [];
    private readonly Lock gate = new();

    public IDisposable Follow(string kind, string key, Action<string> hear)
    {
        Followers followers;
        lock (gate)
        {
            if (!done.TryGetValue((kind, key), out var here))
            {
                var fresh = new Followers();
                here = done[(kind, key)] = (fresh, new Doing(known[kind], key, fresh.Hear, clock, log));
            }
            followers = here.Followers;
            followers.Add(hear);
        }
        return new Following(() =>
        {
            lock (gate)
            {
                if (!followers.Remove(hear) || !done.Remove((kind, key), out var here)) return;
                here.Doing.Dispose();
            }
        });
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (_, doing) in done.Values) doing.Dispose();
            done.Clear();
        }
    }
}
