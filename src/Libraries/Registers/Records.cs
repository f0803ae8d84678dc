namespace Legwork.Registers;

/// <summary>Whether a cell says something.</summary>
internal enum CellState : byte
{
    Sound,

    /// <summary>#REF!, #NAME? …: a formula that could not be computed.</summary>
    Error,

    /// <summary>A formula whose result was never stored.</summary>
    Uncomputed,
}

/// <summary>The cells of a table, record by record, as text. Ends at the first place where the file stops being a table.</summary>
internal interface IRecords : IDisposable
{
    /// <summary>Moves to the next record that is not an empty line.</summary>
    bool Read();

    int Count { get; }

    /// <summary>Valid until the next <see cref="Read"/>.</summary>
    ReadOnlySpan<char> this[int cell] { get; }

    /// <summary>What a workbook knows of a cell beside its text.</summary>
    CellState State(int cell);

    /// <summary>1-based text line or sheet row where the record begins.</summary>
    long Line { get; }

    /// <summary>Why reading ended early, with the line, or null.</summary>
    Fault? Stop { get; }

    /// <summary>True when the record just read is the last and no line end follows it.</summary>
    bool EndsOpen { get; }

    /// <summary>A workbook leaves out cells at a row's end; a text file must not.</summary>
    bool MayLackCells { get; }
}

/// <summary>A file of no table stops here before it fills the memory.</summary>
internal static class RecordBounds
{
    public const int MaxColumns = 512;
}
