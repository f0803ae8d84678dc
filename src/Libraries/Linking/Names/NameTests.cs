namespace Legwork.Linking;

/// <summary>
/// Two names that may be one misheard or mistyped: at most so many points apart, a point for a character that sounds nearly alike or
/// is missing, two for any other character. Two known elements with different keys are never alike, however near they look.
/// </summary>
public sealed class AlikeTest(string column, int atMost, VariantTable table) : LevelTest(column)
{
    private const int Never = 100;
    private const int LongestName = 16;
    private readonly NameSignatures signatures = new(table);

    public override string Words => $"{ColumnWords} nearly alike by ear";

    internal override bool Holds(Values a, Values b) =>
        a.Id(Slot(0)) != 0 && b.Id(Slot(0)) != 0 && signatures.MayShare(a, b, Slot(0)) && Points(a.Text(Slot(0)), b.Text(Slot(0))) <= atMost;

    internal int Points(string x, string y)
    {
        if (Math.Abs(x.Length - y.Length) > atMost || Math.Max(x.Length, y.Length) <= atMost) return Never;
        if (x.Length > LongestName || y.Length > LongestName || !MayBeAlike(x, y)) return Never;
        var groupX = GroupOfEach(x, out var elementsX);
        var groupY = GroupOfEach(y, out var elementsY);
        // A missing and an added character would together dodge the rule for known elements.
        if (Differ(elementsX, elementsY)) return Never;
        Span<int> above = stackalloc int[LongestName + 1];
        Span<int> row = stackalloc int[LongestName + 1];
        for (var j = 0; j <= y.Length; j++) above[j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= y.Length; j++)
            {
                var known = groupX[i - 1] is { } g && groupY[j - 1] is { } h && g != h;
                var cost = x[i - 1] == y[j - 1] ? 0 : known ? Never : Cost(x[i - 1], y[j - 1]);
                row[j] = Math.Min(above[j - 1] + cost, Math.Min(above[j], row[j - 1]) + 1);
            }

            row.CopyTo(above);
        }

        return above[y.Length];
    }

    /// <summary>Cheap and never wrongly no: with so few points, enough characters stand at most so far from their place.</summary>
    private bool MayBeAlike(string x, string y)
    {
        var strange = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var near = false;
            for (var j = Math.Max(0, i - atMost); j <= Math.Min(y.Length - 1, i + atMost) && !near; j++)
                near = table.SameSyllable(x[i], y[j]);
            if (!near && ++strange > atMost) return false;
        }

        return true;
    }

    private int Cost(char a, char b)
    {
        if (table.SameSyllable(a, b)) return 0;
        var x = Pinyin.FoldSyllable(Pinyin.Of(a));
        var y = Pinyin.FoldSyllable(Pinyin.Of(b));
        return EditDistance.Of(x, y) <= 1 ? 1 : 2;
    }

    private static bool Differ(List<(int Start, int Length, VariantGroup? Group)> x, List<(int Start, int Length, VariantGroup? Group)> y)
    {
        if (x.Count != y.Count) return false;
        for (var i = 0; i < x.Count; i++)
            if (x[i].Group is { } g && y[i].Group is { } h && g != h) return true;
        return false;
    }

    private VariantGroup?[] GroupOfEach(string name, out List<(int Start, int Length, VariantGroup? Group)> elements)
    {
        var groups = new VariantGroup?[name.Length];
        elements = table.Elements(name);
        foreach (var (start, length, group) in elements)
            for (var i = start; i < start + length; i++) groups[i] = group;
        return groups;
    }
}

/// <summary>
/// One name is a short form of the other: its characters stand in the other in order, at least two of them (扎多 or 扎西 for 扎西多吉),
/// under any spelling of a syllable.
/// </summary>
public sealed class ShortFormTest(string column, VariantTable table) : LevelTest(column)
{
    private readonly NameSignatures signatures = new(table);

    public override string Words => $"one {ColumnWords} is a short form of the other";

    internal override bool Holds(Values a, Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0 || !signatures.MayShare(a, b, Slot(0))) return false;
        string x = a.Text(Slot(0)), y = b.Text(Slot(0));
        return Math.Min(x.Length, y.Length) >= 2 && x.Length != y.Length && table.Like(x, y);
    }
}

/// <summary>
/// One is a nickname made from the other: a familiar word (阿, 老, 小 …) before or behind characters that all stand in the other name.
/// A familiar word alone (阿佳) may be anyone, so it is not.
/// </summary>
public sealed class NicknameTest(string column, IReadOnlyList<string> words, VariantTable table) : LevelTest(column)
{
    private readonly NameSignatures signatures = new(table);

    public override string Words => $"one {ColumnWords} is a nickname of the other";

    internal override bool Holds(Values a, Values b) =>
        a.Id(Slot(0)) != 0 && b.Id(Slot(0)) != 0 && signatures.MayShare(a, b, Slot(0))
        && (Names(a.Text(Slot(0)), b.Text(Slot(0))) || Names(b.Text(Slot(0)), a.Text(Slot(0))));

    private bool Names(string nickname, string name)
    {
        foreach (var word in words)
        {
            ReadOnlySpan<char> rest = nickname.StartsWith(word, StringComparison.Ordinal) ? nickname.AsSpan(word.Length)
                : nickname.EndsWith(word, StringComparison.Ordinal) ? nickname.AsSpan(0, nickname.Length - word.Length) : [];
            if (!rest.IsEmpty && rest.Length <= 2 && AllIn(rest, name)) return true;
        }

        return false;
    }

    private bool AllIn(ReadOnlySpan<char> rest, string name)
    {
        foreach (var c in rest)
        {
            var found = false;
            foreach (var d in name) found |= table.SameSyllable(c, d);
            if (!found) return false;
        }

        return true;
    }
}
