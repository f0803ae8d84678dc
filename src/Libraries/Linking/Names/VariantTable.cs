using Legwork.Yaml;

namespace Legwork.Linking;

/// <summary>
/// Spellings that write one name element, read from YAML: <c>groups</c> of <c>{key, bo, spellings, confidence}</c>. Folding replaces
/// each known element by its key, so that 次仁 and 才仁 become one, while 卓玛 and 卓嘎 stay two.
/// </summary>
public sealed class VariantTable
{
    private readonly Dictionary<string, VariantGroup> bySpelling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VariantGroup>.AlternateLookup<ReadOnlySpan<char>> spelled;
    private readonly HashSet<int> sameSyllable = [];
    private readonly Dictionary<char, List<int>> groupsOf = [];
    private readonly Dictionary<VariantGroup, short> numberOf = new(ReferenceEqualityComparer.Instance);
    private readonly SoundBook sounds = new();
    private readonly int longest;

    internal VariantTable(IReadOnlyList<VariantGroup> groups)
    {
        Groups = groups;
        spelled = bySpelling.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var group in groups)
        {
            numberOf[group] = (short)numberOf.Count;
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
        try
        {
            var root = YamlNode.Parse(yaml, file);
            root.Only("groups", "note");
            var groups = new List<VariantGroup>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in root.List("groups"))
            {
                entry.Only("key", "bo", "spellings", "latin", "confidence", "note");
                var spellings = entry["spellings"].WordOrWords();
                if (spellings.FirstOrDefault(spelling => !seen.Add(spelling)) is { } twice)
                    throw entry.Wrong("spellings", $"{twice} stands in two groups; one spelling folds to one key");
                groups.Add(new VariantGroup(entry.Text("key"), entry.Text("bo", ""), spellings, entry["confidence"].OneOf(["A", "B", "C", "D"])[0])
                {
                    Latin = entry.Find("latin")?.WordOrWords() ?? [],
                });
            }
            return new VariantTable(groups);
        }
        catch (YamlFault fault)
        {
            throw ModelException.Of(fault);
        }
    }

    /// <summary>The name with each known element replaced by its key, elements apart by spaces; unknown characters stay.</summary>
    public string Fold(string name)
    {
        var parts = new List<string>(4);
        foreach (var element in Elements(name)) parts.Add(element.Group?.Key ?? name.Substring(element.Start, element.Length));
        return string.Join(' ', parts);
    }

    /// <summary>The same with unknown characters by their sound, folded as the ear does: two spellings that no group knows yet still meet.</summary>
    public string Heard(string name)
    {
        var parts = new List<string>(4);
        foreach (var element in Elements(name)) parts.Add(element.Group?.Key ?? Pinyin.Folded(name.Substring(element.Start, element.Length)));
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
                if (spelled.TryGetValue(name.AsSpan(at, length), out found)) break;
            length = Math.Max(1, length);
            if (name[at] is not ('·' or '•' or '・' or ' ')) elements.Add((at, length, found));
            at += length;
        }

        return elements;
    }

    /// <summary>True when one text is the other or a short form of it, under any spelling of a syllable.</summary>
    public bool Like(string a, string b) => Like(Profile(a), Profile(b));

    /// <inheritdoc cref="Like(string, string)"/>
    internal bool Like(NameProfile a, NameProfile b)
    {
        if (a.Text.Length > b.Text.Length) (a, b) = (b, a);
        if (a.Text.Length == 0) return false;
        var i = 0;
        for (var j = 0; j < b.Text.Length && i < a.Text.Length; j++)
            if (SameSyllable(a, i, b, j)) i++;
        return i == a.Text.Length;
    }

    /// <summary>True when two characters write one syllable: equal, of one sound, or in one place of one group.</summary>
    internal bool SameSyllable(NameProfile a, int i, NameProfile b, int j) =>
        a.Sounds[i] == b.Sounds[j] || ((a.Places[i] & b.Places[j]) != 0 && sameSyllable.Contains(a.Text[i] << 16 | b.Text[j]));

    /// <summary>True when two characters sound the same but for one letter, after folding what is confused by ear.</summary>
    internal bool SoundNear(NameProfile a, int i, NameProfile b, int j) => sounds.AreNear(a.Folded[i], b.Folded[j]);

    internal NameProfile Profile(string name)
    {
        var signature = UInt128.Zero;
        var (heard, folded, places) = (new int[name.Length], new int[name.Length], new ulong[name.Length]);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var sound = Pinyin.Of(c);
            heard[i] = sounds.NumberOf(sound);
            folded[i] = sounds.NumberOf(Pinyin.FoldSyllable(sound));
            signature |= Bit(StringPool.StableHash(sound));
            if (!groupsOf.TryGetValue(c, out var groups)) continue;
            foreach (var group in groups)
            {
                var hash = StringPool.Mix((ulong)group + 1);
                signature |= Bit(hash);
                places[i] |= 1UL << (int)(hash >> 58);
            }
        }

        var groupOfEach = new short[name.Length];
        Array.Fill(groupOfEach, (short)-1);
        var elements = Elements(name);
        foreach (var (start, length, group) in elements)
            if (group is not null) groupOfEach.AsSpan(start, length).Fill(numberOf[group]);
        return new NameProfile
        {
            Text = name,
            Signature = signature,
            Sounds = heard,
            Places = places,
            Folded = folded,
            GroupOfEach = groupOfEach,
            Elements = [.. elements.Select(e => e.Group is null ? (short)-1 : numberOf[e.Group])],
        };
    }

    private static UInt128 Bit(ulong hash) => UInt128.One << (int)(hash >> 57);
}

/// <param name="Key">The element's own name, syllables apart by hyphens: <c>tshe-ring</c>.</param>
/// <param name="Bo">Its Tibetan spelling.</param>
/// <param name="Spellings">The Chinese spellings met.</param>
/// <param name="Confidence">A official text, B several sources, C one source, D our knowledge and to be confirmed.</param>
public sealed record VariantGroup(string Key, string Bo, IReadOnlyList<string> Spellings, char Confidence)
{
    /// <summary>How it is written in letters by those who do not write pinyin: Tashi, Trashi.</summary>
    public IReadOnlyList<string> Latin { get; init; } = [];
}
