using System.Runtime.InteropServices;

namespace Legwork.Places.Addresses;

/// <summary>The names of estates, roads and villages, and the other ways they are written. Immutable.</summary>
internal sealed class NameIndex
{
    private const int NearLengthMin = 3;

    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> variants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> wildcards = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<int[]> dwellings = [];
    private readonly int[] nameOfDwelling;

    /// <param name="nicknames">Another name → the name on the list, from the habits and from clerks.</param>
    /// <param name="streetStems">Street names without 街道, which some write before a name (太平太阳小区).</param>
    public NameIndex(AddressHabits habits, IReadOnlyDictionary<string, List<int>> byName, IEnumerable<KeyValuePair<string, string>> nicknames,
        IReadOnlyList<string> streetStems)
    {
        nameOfDwelling = new int[byName.Values.Sum(of => of.Count)];
        foreach (var (name, of) in byName.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var dwelling in of) nameOfDwelling[dwelling] = names.Count;
            ids.Add(name, names.Count);
            names.Add(name);
            dwellings.Add([.. of]);
        }
        var found = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var (nickname, name) in nicknames)
        {
            if (ids.TryGetValue(name, out var id)) Add(found, nickname, id);
        }
        // A surer kind of variant keeps the weaker kinds from using its word.
        Settle(found);
        foreach (var (name, id) in ids) AddLoose(found, habits, name, id);
        Settle(found);
        foreach (var (name, id) in ids)
        {
            foreach (var stem in streetStems) Add(found, stem + name, id);
        }
        Settle(found);
        foreach (var (name, id) in ids)
        {
            if (habits.Kinds.MatchEnd(name, out _) is > 0 and var ending && ending < name.Length - 1) Add(found, name[..^ending], id);
        }
        Settle(found);
        foreach (var (name, id) in ids.Where(pair => pair.Key.Length >= NearLengthMin))
        {
            for (var i = 0; i < name.Length; i++) Add(found, Blanked(name, i), id);
        }
        foreach (var (pattern, of) in found) wildcards.Add(pattern, [.. of]);
    }

    public int Count => names.Count;

    public string this[int id] => names[id];

    public string NameOf(int dwelling) => names[nameOfDwelling[dwelling]];

    public ReadOnlySpan<int> DwellingsOf(int name) => dwellings[name];

    public bool IsKnown(ReadOnlySpan<char> name) => ids.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(name);

    /// <summary>The names that this one stands for: itself when it is on the list, else those it is a variant of.</summary>
    public ReadOnlySpan<int> Find(ReadOnlySpan<char> name, ref int id)
    {
        if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out id)) return MemoryMarshal.CreateReadOnlySpan(ref id, 1);
        return variants.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var of) ? of : default;
    }

    /// <summary>The names that differ in exactly one character of the same length.</summary>
    public HashSet<int> Near(ReadOnlySpan<char> name)
    {
        var near = new HashSet<int>();
        if (name.Length < NearLengthMin) return near;
        Span<char> pattern = stackalloc char[name.Length];
        name.CopyTo(pattern);
        var lookup = wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < name.Length; i++)
        {
            pattern[i] = '?';
            if (lookup.TryGetValue(pattern, out var of)) near.UnionWith(of);
            pattern[i] = name[i];
        }
        return near;
    }

    private static void AddLoose(Dictionary<string, SortedSet<int>> found, AddressHabits habits, string name, int id)
    {
        foreach (var ending in habits.LooseEndings)
        {
            var endsTwice = name.EndsWith(ending, StringComparison.Ordinal) && habits.Kinds.MatchEnd(name.AsSpan(..^ending.Length), out _) > 0;
            Add(found, endsTwice ? name[..^ending.Length] : name + ending, id);
        }
        // 人民路路: a road named after a street that is named after a road.
        if (name.Length > 2 && name[^1] == name[^2]) Add(found, name[..^1], id);
    }

    private static string Blanked(string name, int at) => string.Concat(name.AsSpan(..at), "?", name.AsSpan(at + 1));

    private static void Add(Dictionary<string, SortedSet<int>> found, string word, int id)
    {
        if (!found.TryGetValue(word, out var of)) found.Add(word, of = []);
        of.Add(id);
    }

    private void Settle(Dictionary<string, SortedSet<int>> found)
    {
        foreach (var (word, of) in found)
        {
            if (!ids.ContainsKey(word)) variants.TryAdd(word, [.. of]);
        }
        found.Clear();
    }
}
