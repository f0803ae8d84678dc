namespace Legwork.Linking;

/// <summary>
/// Spellings that write one name element, read from YAML: <c>groups</c> of <c>{key, bo, spellings, confidence}</c>. Folding replaces
/// each known element by its key, so that 次仁 and 才仁 become one, while 卓玛 and 卓嘎 stay two.
/// </summary>
public sealed class VariantTable
{
    private readonly Dictionary<string, VariantGroup> bySpelling = new(StringComparer.Ordinal);
    private readonly HashSet<int> sameSyllable = [];
    private readonly Dictionary<char, List<int>> groupsOf = [];
    private readonly int longest;

    internal VariantTable(IReadOnlyList<VariantGroup> groups)
    {
        Groups = groups;
        foreach (var group in groups)
        {
            foreach (var spelling in group.Spellings)
            {
                bySpelling[spelling] = group;
                longest = Math.Max(longest, spelling.Length);
            }

            foreach (var a in group.Spellings)
                foreach (var b in group.Spellings.Where(b => b.Length == a.Length))
                    for (var i = 0; i < a.Length; i++) Same(a[i], b[i]);
        }
    }

    public IReadOnlyList<VariantGroup> Groups { get; }

    /// <summary>Every pair of unequal characters in one place of one group gets a number that both carry.</summary>
    private void Same(char a, char b)
    {
        if (a == b || !sameSyllable.Add(a << 16 | b)) return;
        var pair = Math.Min(a, b) << 16 | Math.Max(a, b);
        if (!groupsOf.TryGetValue(a, out var own)) groupsOf[a] = own = [];
        own.Add(pair);
    }

    /// <exception cref="ModelException">Malformed, or one spelling in two groups: it could not be folded.</exception>
    public static VariantTable Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, 0, e.Message);
        }
    }

    /// <inheritdoc cref="Load"/>
    public static VariantTable Parse(string yaml, string file = "variants")
    {
        var root = YamlFile.Root(yaml, file);
        root.Only("groups", "note");
        var groups = new List<VariantGroup>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.Needed("groups").Items("groups"))
        {
            var map = node.AsMap("a group");
            map.Only("key", "bo", "spellings", "confidence", "note");
            var spellings = map.Needed("spellings").Texts();
            if (spellings.FirstOrDefault(s => !seen.Add(s)) is { } twice)
                throw map.Needed("spellings").Refuse($"{twice} stands in two groups; one spelling folds to one key");
            groups.Add(new VariantGroup(map.Needed("key").Text("a key"), map.Find("bo")?.Text("a spelling") ?? "", spellings,
                map.Needed("confidence").OneOf(["A", "B", "C", "D"])[0]));
        }

        return new VariantTable(groups);
    }

    /// <summary>The name with each known element replaced by its key, elements apart by spaces; unknown characters stay.</summary>
    public string Fold(string name)
    {
        var parts = new List<string>(4);
        foreach (var element in Elements(name)) parts.Add(element.Group?.Key ?? name.Substring(element.Start, element.Length));
        return string.Join(' ', parts);
    }

    /// <summary>Cuts a name into known elements (longest first from the left) and single unknown characters.</summary>
    internal List<(int Start, int Length, VariantGroup? Group)> Elements(string name)
    {
        var elements = new List<(int, int, VariantGroup?)>(4);
        for (var at = 0; at < name.Length;)
        {
            VariantGroup? found = null;
            var length = Math.Min(longest, name.Length - at);
            for (; length > 0; length--)
                if (bySpelling.TryGetValue(name.Substring(at, length), out found)) break;
            length = Math.Max(1, length);
            if (name[at] is not ('·' or '•' or '・' or ' ')) elements.Add((at, length, found));
            at += length;
        }

        return elements;
    }

    /// <summary>True when one text is the other or a short form of it, under any spelling of a syllable.</summary>
    internal bool Like(string a, string b)
    {
        if (a.Length > b.Length) (a, b) = (b, a);
        if (a.Length == 0) return false;
        var i = 0;
        for (var j = 0; j < b.Length && i < a.Length; j++)
            if (SameSyllable(a[i], b[j])) i++;
        return i == a.Length;
    }

    /// <summary>A bit for each sound of each character: characters of one syllable always share one.</summary>
    internal ulong Signature(string name)
    {
        ulong bits = 0;
        foreach (var c in name)
        {
            bits |= Bit(StringPool.StableHash(Pinyin.Of(c)));
            if (!groupsOf.TryGetValue(c, out var groups)) continue;
            foreach (var group in groups) bits |= Bit(StringPool.Mix((ulong)group + 1));
        }

        return bits;
    }

    private static ulong Bit(ulong hash) => 1UL << (int)(hash >> 58);

    /// <summary>True when two characters write one syllable: equal, of one sound, or in one place of one group.</summary>
    internal bool SameSyllable(char a, char b) =>
        a == b || sameSyllable.Contains(a << 16 | b) || (Pinyin.IsHan(a) && ReferenceEquals(Pinyin.Of(a), Pinyin.Of(b)));
}

/// <param name="Key">The element's own name, syllables apart by hyphens: <c>tshe-ring</c>.</param>
/// <param name="Bo">Its Tibetan spelling.</param>
/// <param name="Spellings">The Chinese spellings met.</param>
/// <param name="Confidence">A official text, B several sources, C one source, D our knowledge and to be confirmed.</param>
public sealed record VariantGroup(string Key, string Bo, IReadOnlyList<string> Spellings, char Confidence);
