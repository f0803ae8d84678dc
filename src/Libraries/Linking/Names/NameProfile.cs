namespace Legwork.Linking;

/// <summary>
/// A name as the tests of names see it: for each character its sound, its places in the groups of spellings and its sound folded by
/// ear, and a few bits that say at once which names share no syllable. Nine of ten pairs of a dwelling end at those bits.
/// </summary>
internal sealed class NameProfile
{
    public required string Text { get; init; }

    /// <summary>One of 128 bits for each sound and each group place of each character: two characters of one syllable share a bit.</summary>
    public required UInt128 Signature { get; init; }

    /// <summary>Equal numbers are equal sounds; a character that has none is a sound of its own.</summary>
    public required int[] Sounds { get; init; }

    /// <summary>A bit for each place of a group that the character has a part in; no common bit, no common place.</summary>
    public required ulong[] Places { get; init; }

    /// <summary>Sounds after folding what is confused by ear.</summary>
    public required int[] Folded { get; init; }

    /// <summary>The element that each character belongs to, as the number of its group; -1 where the table knows none.</summary>
    public required short[] GroupOfEach { get; init; }

    /// <summary>The groups of the elements in order, -1 for an unknown one.</summary>
    public required short[] Elements { get; init; }

    public bool MayShare(NameProfile other) => (Signature & other.Signature) != UInt128.Zero;

    /// <summary>The name's profile, kept beside its value.</summary>
    public static NameProfile Of(VariantTable table, in Values values, int slot) =>
        values.Pool.Kept(table, table.Profile).Of(values.Id(slot));
}

/// <summary>How the characters of names sound, numbered so that a comparison of sounds is a comparison of numbers.</summary>
internal sealed class SoundBook
{
    private const int Remembered = 512;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];
    private readonly byte[] near = new byte[Remembered * Remembered];
    private readonly Lock gate = new();

    public int NumberOf(string sound)
    {
        lock (gate)
        {
            if (numbers.TryGetValue(sound, out var number)) return number;
            texts.Add(sound);
            return numbers[sound] = texts.Count - 1;
        }
    }

    /// <summary>True when two sounds are at most one letter apart.</summary>
    public bool AreNear(int a, int b)
    {
        if (a >= Remembered || b >= Remembered) return WorkOut(a, b);
        ref var known = ref near[a * Remembered + b];
        if (known == 0) known = WorkOut(a, b) ? (byte)1 : (byte)2;
        return known == 1;
    }

    private bool WorkOut(int a, int b)
    {
        lock (gate) return EditDistance.AtMost(texts[a], texts[b], 1);
    }
}
