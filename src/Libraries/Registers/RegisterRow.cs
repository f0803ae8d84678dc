using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>What is wrong with one cell or row. It refuses nothing by itself; shares of such rows may (<see cref="Limits"/>).</summary>
/// <param name="Row">1-based number of the data row after the header.</param>
/// <param name="Field">The field, or empty when it is about the whole row.</param>
/// <param name="Code"><c>registers.row.*</c></param>
/// <param name="Shown">What stood there, masked where it may be a resident number; empty for names.</param>
public sealed record RowFinding(int Row, string Field, string Code, string Shown)
{
    public string Sentence(string language = "zh-CN") => Sentences.Of(Code, language);
}

/// <summary>One data row, its values normalised and in the order of the layout's columns.</summary>
public sealed class RegisterRow
{
    private readonly string?[] values;
    private readonly string?[]? raw;

    internal RegisterRow(Layout layout, int number, string?[] values, string?[]? raw, IReadOnlyList<RowFinding> findings)
    {
        Layout = layout;
        Number = number;
        this.values = values;
        this.raw = raw;
        Findings = findings;
    }

    public Layout Layout { get; }

    /// <summary>1-based, counted after the header; lines that are wholly empty are not rows.</summary>
    public int Number { get; }

    public IReadOnlyList<RowFinding> Findings { get; }

    /// <summary>The value by its place in the layout (<see cref="Registers.Layout.IndexOf"/>); null where the row says nothing readable.</summary>
    public string? this[int field] => field < 0 ? null : values[field];

    /// <summary>The value by its field name. For loops over many rows, ask the layout for the place once.</summary>
    /// <exception cref="ArgumentException">The layout has no such field.</exception>
    public string? this[string field] => values[Place(field)];

    /// <summary>The cell as the office wrote it, where it could not be read (an unknown code, an impossible date); else null.</summary>
    public string? Raw(string field) => raw?[Place(field)];

    /// <summary>The date of a date or year field; unknown when it is empty.</summary>
    public VagueDate Date(int field) => this[field] is { } text && VagueDate.TryParse(text, out var date) ? date : default;

    /// <summary>
    /// The first alternative of <see cref="Registers.Layout.Identifies"/> of which the row has every field, as
    /// <c>name=…;birth=…</c>: the same in every month's file. Null when the row has none. May hold a resident number: do not log it.
    /// </summary>
    public string? Identity()
    {
        foreach (var alternative in Layout.Identifies)
            if (alternative.All(field => this[field] is not null))
                return string.Join(';', alternative.Select(field => $"{field}={this[field]}"));
        return null;
    }

    /// <summary>The same for equal values of all fields, whatever the encoding, the column order or the notation of the file.</summary>
    public UInt128 Digest() => RowDigest.Of(values);

    internal ReadOnlySpan<string?> Values => values;

    private int Place(string field) => Layout.IndexOf(field) is >= 0 and var place
        ? place : throw new ArgumentException($"{Layout.Source} has no field {field}.", nameof(field));
}
