namespace Legwork.Demo;

/// <summary>One office's file in memory: cells as written, row 0 being the first data row (row 1 of truth and exports).</summary>
public sealed class Register(RegisterLayout layout)
{
    public RegisterLayout Layout { get; } = layout;

    public string Source => Layout.Source;

    public List<string[]> Rows { get; } = [];

    /// <exception cref="ArgumentException">The row has another number of cells than the layout has columns.</exception>
    public int Add(params string[] cells)
    {
        if (cells.Length != Layout.Columns.Length)
            throw new ArgumentException($"{Source} has {Layout.Columns.Length} columns, the row {cells.Length}.", nameof(cells));
        Rows.Add(cells);
        return Rows.Count - 1;
    }
}

/// <summary>All registers of one month and the street of each grid.</summary>
/// <param name="ReferenceDay">The last day of the month of the lists.</param>
/// <param name="Registers">One register a layout of <see cref="Layouts.OfPersons"/>, in that order; a file that was not handed over is empty.</param>
public sealed record RegisterMonth(
    DateOnly ReferenceDay, IReadOnlyList<Register> Registers, IReadOnlyDictionary<string, string> StreetOfGrid)
{
    public Register this[RegisterLayout layout] => Registers.First(register => register.Layout == layout);

    /// <param name="month">The first day of the month of the lists.</param>
    /// <exception cref="FormatException">A file has other columns than its layout.</exception>
    public static RegisterMonth Read(string folder, DateOnly month) => new(
        month.AddMonths(1).AddDays(-1),
        [.. Layouts.OfPersons.Select(layout => RegisterFile.Read(folder, layout, month))],
        GridMap.StreetOfGrid(Path.Combine(folder, GridMap.FileName)));
}
