namespace Legwork.Linking;

/// <summary>
/// Every distinct value of a table once, as a small number. 0 stands for a missing value, so that a comparison of two cells is a
/// comparison of two ints, and what costs time (a transform, an edit distance) is paid once a value or a pair of values.
/// </summary>
public sealed class StringPool
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> spans;
    private string[] values = new string[1024];
    private (object Owner, object Book)[] books = [];

    public StringPool()
    {
        spans = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        values[0] = "";
    }

    /// <summary>Number of values, the missing one included.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The text of a value; the empty text for 0.</summary>
    public string this[int id] => values[id];

    /// <summary>The id of a text, given out on first sight. The empty text is 0.</summary>
    public int Intern(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (spans.TryGetValue(text, out var id)) return id;
        return Add(text.ToString());
    }

    /// <inheritdoc cref="Intern(ReadOnlySpan{char})"/>
    public int Intern(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        return ids.TryGetValue(text, out var id) ? id : Add(text);
    }

    /// <summary>The id of a text, or -1 when it was never seen.</summary>
    public int Find(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : spans.TryGetValue(text, out var id) ? id : -1;

    /// <summary>
    /// Two ids as one dictionary key. Mixed, because the framework hashes a ulong as the exclusive-or of its halves, and equal halves
    /// (a head of household named in his own row) would all fall into one bucket.
    /// </summary>
    internal static ulong Key(int a, int b) => Mix(((ulong)(uint)a << 32 | (uint)b) + 0x9E3779B97F4A7C15UL);

    /// <summary>The same for up to four ids of 32 bits.</summary>
    internal static UInt128 Key(UInt128 packed) => new(Mix((ulong)(packed >> 64) + 1), Mix((ulong)packed + 0x9E3779B97F4A7C15UL));

    /// <summary>What an owner works out of each value of this pool; one book an owner.</summary>
    internal PerValue<T> Kept<T>(object owner, Func<string, T> make)
        where T : class
    {
        foreach (var (key, book) in books)
            if (ReferenceEquals(key, owner)) return (PerValue<T>)book;
        lock (ids)
        {
            foreach (var (key, book) in books)
                if (ReferenceEquals(key, owner)) return (PerValue<T>)book;
            var made = new PerValue<T>(this, make);
            books = [.. books, (owner, made)];
            return made;
        }
    }

    private int Add(string text)
    {
        if (Count == values.Length) Array.Resize(ref values, Count * 2);
        values[Count] = text;
        ids[text] = Count;
        return Count++;
    }

    /// <summary>A hash that is the same in every run and process (FNV-1a with a final mix), unlike <see cref="string.GetHashCode()"/>.</summary>
    public static ulong StableHash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>The finaliser of SplitMix64: a bijection that spreads neighbouring numbers over all 64 bits.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
