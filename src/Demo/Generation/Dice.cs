namespace Legwork.Demo;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014). A die is made from a seed, a topic and a subject, so what befalls one person does not depend on what befell
/// those before him: switching one error off leaves every other one where it was.
/// </summary>
internal struct Dice
{
    private ulong state;

    private Dice(ulong state) => this.state = state;

    public static Dice Of(ulong seed, string topic, long subject) => Of(seed, Topic(topic), subject);

    public static Dice Of(ulong seed, ulong topic, long subject)
    {
        var dice = new Dice(seed ^ topic ^ Mix((ulong)subject * 0x9E3779B97F4A7C15UL + 1));
        dice.Next();
        return dice;
    }

    /// <summary>A topic as a number (FNV-1a, mixed): string.GetHashCode differs from run to run.</summary>
    public static ulong Topic(string topic)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in topic) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>In [0, 1).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>In [0, count); the bias for counts far below 2^64 is nil in practice.</summary>
    public int Below(int count) => (int)(((UInt128)Next() * (ulong)count) >> 64);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>Draws by weight: the cumulated weights are searched by halving.</summary>
internal sealed class Urn<T>
{
    private readonly IReadOnlyList<T> items;
    private readonly int[] upTo;

    public Urn(IReadOnlyList<T> items, Func<T, int> weight)
    {
        this.items = items;
        upTo = new int[items.Count];
        var sum = 0;
        for (var i = 0; i < items.Count; i++) upTo[i] = sum += weight(items[i]);
    }

    public T Draw(ref Dice dice)
    {
        var at = Array.BinarySearch(upTo, dice.Below(upTo[^1]) + 1);
        return items[at >= 0 ? at : ~at];
    }
}
