using System.Globalization;

namespace Legwork.Linking;

/// <summary>The values of one record that a comparison looks at: ids in slots, one slot a column of the comparison.</summary>
internal readonly ref struct Values(ReadOnlySpan<int> ids, StringPool pool)
{
    private readonly ReadOnlySpan<int> ids = ids;

    public int Id(int slot) => ids[slot];

    public string Text(int slot) => pool[ids[slot]];

    public StringPool Pool => pool;
}

/// <summary>
/// A yes-or-no question about two records, symmetric in them. A question about a missing value is answered no; whether the whole
/// comparison then says nothing is decided by <see cref="Comparison.Main"/>.
/// </summary>
public abstract class LevelTest(params string[] columns)
{
    private int[] slots = [];

    public static readonly IReadOnlyList<string> Verbs =
        ["equal", "edit", "jaro_winkler", "within", "part_of", "share", "alike", "short_form", "nickname", "starts",
            "one_missing", "both_known", "swapped", "crossed"];

    public IReadOnlyList<string> Columns { get; protected init; } = columns;

    /// <summary>The level in words, for a waterfall.</summary>
    public abstract string Words { get; }

    internal virtual void Bind(IReadOnlyList<string> order) =>
        slots = [.. Columns.Select(c => order.ToList().IndexOf(c))];

    private protected int Slot(int i) => slots[i];

    private protected int SlotCount => slots.Length;

    internal abstract bool Holds(in Values a, in Values b);

    /// <summary>The slots that must be known and equal, a bit each, when that is all the test asks; 0 when it asks anything else.</summary>
    internal virtual uint EqualSlots => 0;

    /// <summary>The slots that must be known on both sides, a bit each; all that the test asks, unless it has parts.</summary>
    internal virtual uint KnownSlot => 0;

    /// <summary>The slot that must be missing on a side, as a bit, when that is all the test asks.</summary>
    internal virtual uint MissingSlot => 0;

    /// <summary>False when the test may hold though nothing is known on a side.</summary>
    internal virtual bool NeedsValues => true;

    /// <summary>True when asking costs less than looking an answer up.</summary>
    internal virtual bool IsCheap => false;

    private protected string ColumnWords => string.Join(" and ", Columns);
}

/// <summary>All columns known and equal.</summary>
public sealed class EqualTest(params string[] columns) : LevelTest(columns)
{
    public override string Words => $"same {ColumnWords}";

    internal override bool IsCheap => true;

    internal override uint EqualSlots
    {
        get
        {
            var bits = 0u;
            for (var i = 0; i < SlotCount; i++) bits |= 1u << Slot(i);
            return bits;
        }
    }

    internal override bool Holds(in Values a, in Values b)
    {
        for (var i = 0; i < SlotCount; i++)
            if (a.Id(Slot(i)) == 0 || a.Id(Slot(i)) != b.Id(Slot(i))) return false;
        return true;
    }
}

/// <summary>At most so many edits apart (<see cref="EditDistance"/>), and fewer than half of the longer text.</summary>
public sealed class EditTest(string column, int atMost) : LevelTest(column)
{
    public override string Words => $"{ColumnWords} within {atMost} edit(s)";

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        string x = a.Text(Slot(0)), y = b.Text(Slot(0));
        var longer = Math.Max(x.Length, y.Length);
        if (Math.Abs(x.Length - y.Length) > atMost || longer <= 2 * atMost - 1) return false;
        return EditDistance.AtMost(x, y, atMost);
    }
}

/// <summary>Winkler's comparator reaches a value between 0 and 1.</summary>
public sealed class JaroWinklerTest(string column, double atLeast) : LevelTest(column)
{
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"{ColumnWords} alike (Jaro–Winkler ≥ {atLeast})");

    internal override bool Holds(in Values a, in Values b) =>
        a.Id(Slot(0)) != 0 && b.Id(Slot(0)) != 0 && JaroWinkler.Of(a.Text(Slot(0)), b.Text(Slot(0))) >= atLeast;
}

/// <summary>Two numbers at most so far apart; a text that is no number never is.</summary>
public sealed class WithinTest(string column, double atMost) : LevelTest(column)
{
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"{ColumnWords} at most {atMost} apart");

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b) =>
        Number(a.Text(Slot(0)), out var x) && Number(b.Text(Slot(0)), out var y) && Math.Abs(x - y) <= atMost;

    /// <summary>Short whole numbers, which years are, are read by hand: the general reader costs more than the rest of a comparison.</summary>
    private static bool Number(string text, out double number)
    {
        var whole = 0;
        number = 0;
        if (text.Length is 0 or > 9) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            whole = whole * 10 + (c - '0');
        }

        number = whole;
        return true;
    }
}

/// <summary>The words of one stand in the other in the same order (<c>william turner</c> in <c>william henry turner</c>).</summary>
public sealed class PartOfTest(string column, int atLeast) : LevelTest(column)
{
    public override string Words => $"one {ColumnWords} is part of the other";

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        string x = a.Text(Slot(0)), y = b.Text(Slot(0));
        if (x.Length > y.Length) (x, y) = (y, x);
        var found = 0;
        var at = 0;
        foreach (var word in x.AsSpan().Split(' '))
        {
            var rest = y.AsSpan(at);
            var hit = false;
            foreach (var range in rest.Split(' '))
            {
                if (!rest[range].SequenceEqual(x.AsSpan(word))) continue;
                at += Math.Min(rest.Length, range.End.Value + 1);
                hit = true;
                break;
            }

            if (!hit) return false;
            found++;
        }

        return found >= atLeast;
    }
}

/// <summary>The share of words that both have, of all words that either has (Jaccard).</summary>
public sealed class ShareTest(string column, double atLeast) : LevelTest(column)
{
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"{ColumnWords} share {atLeast:P0} of their words");

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        string x = a.Text(Slot(0)), y = b.Text(Slot(0));
        int both = 0, inX = 0, inY = 0;
        foreach (var _ in y.AsSpan().Split(' ')) inY++;
        foreach (var word in x.AsSpan().Split(' '))
        {
            inX++;
            foreach (var other in y.AsSpan().Split(' '))
            {
                if (!x.AsSpan(word).SequenceEqual(y.AsSpan(other))) continue;
                both++;
                break;
            }
        }

        return both >= atLeast * (inX + inY - both);
    }
}

/// <summary>Each stands in the other's column, as when given name and surname were written the wrong way round.</summary>
public sealed class SwappedTest(string first, string second) : LevelTest(first, second)
{
    public override string Words => $"{Columns[0]} and {Columns[1]} swapped";

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b) =>
        a.Id(Slot(0)) != 0 && a.Id(Slot(1)) != 0 && a.Id(Slot(0)) == b.Id(Slot(1)) && a.Id(Slot(1)) == b.Id(Slot(0));
}

/// <summary>At least one stands in the other's column.</summary>
public sealed class CrossedTest(string first, string second) : LevelTest(first, second)
{
    public override string Words => $"{Columns[0]} stands as {Columns[1]}";

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b) =>
        (a.Id(Slot(0)) != 0 && a.Id(Slot(0)) == b.Id(Slot(1))) || (a.Id(Slot(1)) != 0 && a.Id(Slot(1)) == b.Id(Slot(0)));
}

/// <summary>At least one side does not know the column: what remains must be judged without it.</summary>
public sealed class OneMissingTest(string column) : LevelTest(column)
{
    public override string Words => $"{ColumnWords} not known on one side";

    internal override uint MissingSlot => 1u << Slot(0);

    internal override bool NeedsValues => false;

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b) => a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0;
}

/// <summary>Both sides know the column.</summary>
public sealed class BothKnownTest(string column) : LevelTest(column)
{
    public override string Words => $"{ColumnWords} known on both sides";

    internal override uint KnownSlot => 1u << Slot(0);

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b) => a.Id(Slot(0)) != 0 && b.Id(Slot(0)) != 0;
}

/// <summary>One text begins with the other, which has at least so many characters.</summary>
public sealed class StartsTest(string column, int atLeast) : LevelTest(column)
{
    public override string Words => $"one {ColumnWords} begins with the other";

    internal override bool IsCheap => true;

    internal override bool Holds(in Values a, in Values b)
    {
        if (a.Id(Slot(0)) == 0 || b.Id(Slot(0)) == 0) return false;
        string x = a.Text(Slot(0)), y = b.Text(Slot(0));
        var shorter = Math.Min(x.Length, y.Length);
        return shorter >= atLeast && x.AsSpan(0, shorter).SequenceEqual(y.AsSpan(0, shorter));
    }
}
