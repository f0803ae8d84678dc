namespace Legwork.Linking;

/// <summary>
/// Two names that may be one misheard or mistyped: at most so many points apart, a point for a character that sounds nearly alike or
/// is missing, two for any other character. Two known elements with different keys are never alike, however near they look.
/// </summary>
public sealed class AlikeTest(string column, int atMost, VariantTable table) : LevelTest(column)
{
    private const int Never = 100;
    private const int LongestName = 16;

    public override string Words => $"{ColumnWords} nearly alike by ear";

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        NameProfile x = NameProfile.Of(table, a, Slot(0)), y = NameProfile.Of(table, b, Slot(0));
        return x.MayShare(y) && Points(x, y) <= atMost;
    }

    internal int Points(string x, string y) => Points(table.Profile(x), table.Profile(y));

    private int Points(NameProfile x, NameProfile y)
    {
        int lengthX = x.Text.Length, lengthY = y.Text.Length;
        if (Math.Abs(lengthX - lengthY) > atMost || Math.Max(lengthX, lengthY) <= atMost) return Never;
        if (lengthX > LongestName || lengthY > LongestName || !MayBeAlike(x, y)) return Never;
        // A missing and an added character would together dodge the rule for known elements.
        if (Differ(x.Elements, y.Elements)) return Never;
        Span<int> above = stackalloc int[LongestName + 1];
        Span<int> row = stackalloc int[LongestName + 1];
        for (var j = 0; j <= lengthY; j++) above[j] = j;
        for (var i = 1; i <= lengthX; i++)
        {
            row[0] = i;
            for (var j = 1; j <= lengthY; j++)
            {
                var cost = Cost(x, i - 1, y, j - 1);
                row[j] = Math.Min(above[j - 1] + cost, Math.Min(above[j], row[j - 1]) + 1);
            }

            row.CopyTo(above);
        }

        return above[lengthY];
    }

    /// <summary>Cheap and never wrongly no: with so few points, enough characters stand at most so far from their place.</summary>
    private bool MayBeAlike(NameProfile x, NameProfile y)
    {
        var strange = 0;
        for (var i = 0; i < x.Text.Length; i++)
        {
            var near = false;
            for (var j = Math.Max(0, i - atMost); j <= Math.Min(y.Text.Length - 1, i + atMost) && !near; j++)
                near = table.SameSyllable(x, i, y, j);
            if (!near && ++strange > atMost) return false;
        }

        return true;
    }

    private int Cost(NameProfile x, int i, NameProfile y, int j)
    {
        if (x.Text[i] == y.Text[j]) return 0;
        int g = x.GroupOfEach[i], h = y.GroupOfEach[j];
        if (g >= 0 && h >= 0 && g != h) return Never;
        return table.SameSyllable(x, i, y, j) ? 0 : table.SoundNear(x, i, y, j) ? 1 : 2;
    }

    private static bool Differ(short[] x, short[] y)
    {
        if (x.Length != y.Length) return false;
        for (var i = 0; i < x.Length; i++)
            if (x[i] >= 0 && y[i] >= 0 && x[i] != y[i]) return true;
        return false;
    }
}

/// <summary>
/// One name is a short form of the other: its characters stand in the other in order, at least two of them (扎多 or 扎西 for 扎西多吉),
/// under any spelling of a syllable.
/// </summary>
public sealed class ShortFormTest(string column, VariantTable table) : LevelTest(column)
{
    public override string Words => $"one {ColumnWords} is a short form of the other";

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        NameProfile x = NameProfile.Of(table, a, Slot(0)), y = NameProfile.Of(table, b, Slot(0));
        return x.MayShare(y) && Math.Min(x.Text.Length, y.Text.Length) >= 2 && x.Text.Length != y.Text.Length && table.Like(x, y);
    }
}

/// <summary>
/// One is a nickname made from the other: a familiar word (阿, 老, 小 …) before or behind characters that all stand in the other name.
/// A familiar word alone (阿佳) may be anyone, so it is not.
/// </summary>
public sealed class NicknameTest(string column, IReadOnlyList<string> words, VariantTable table) : LevelTest(column)
{
    public override string Words => $"one {ColumnWords} is a nickname of the other";

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        NameProfile x = NameProfile.Of(table, a, Slot(0)), y = NameProfile.Of(table, b, Slot(0));
        return x.MayShare(y) && (Names(a, x, y) || Names(b, y, x));
    }

    private bool Names(in Values values, NameProfile nickname, NameProfile name)
    {
        foreach (var (start, length) in values.Pool.Kept(this, Rests).Of(values.Id(Slot(0))))
            if (AllIn(nickname, start, length, name)) return true;
        return false;
    }

    /// <summary>What is left of a name without each familiar word that it begins or ends with, where that may be part of a name.</summary>
    private (int Start, int Length)[] Rests(string nickname)
    {
        var rests = new List<(int, int)>();
        foreach (var word in words)
        {
            var length = nickname.Length - word.Length;
            if (length is < 1 or > 2) continue;
            if (nickname.StartsWith(word, StringComparison.Ordinal)) rests.Add((word.Length, length));
            else if (nickname.EndsWith(word, StringComparison.Ordinal)) rests.Add((0, length));
        }

        return [.. rests];
    }

    private bool AllIn(NameProfile nickname, int start, int length, NameProfile name)
    {
        for (var i = start; i < start + length; i++)
        {
            var found = false;
            for (var j = 0; j < name.Text.Length && !found; j++) found = table.SameSyllable(nickname, i, name, j);
            if (!found) return false;
        }

        return true;
    }
}
