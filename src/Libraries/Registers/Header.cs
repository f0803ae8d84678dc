namespace Legwork.Registers;

/// <summary>Where a file's header stands and which of its cells are which field.</summary>
internal sealed record Header
{
    // Titles, units and dates above a header are a few lines; what is deeper is no header.
    private const int SearchRecords = 30;

    /// <summary>Records before it, titles and the like.</summary>
    public required int RecordsAbove { get; init; }

    /// <summary>Text line or sheet row.</summary>
    public required long Line { get; init; }

    /// <summary>The header's cells, without blank ones at the end.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>For each column of the layout the cell that holds it, or -1.</summary>
    public required int[] CellOf { get; init; }

    public int Matched => CellOf.Count(c => c >= 0);

    /// <summary>The record that names most of the layout's columns; null when none of the first names enough.</summary>
    public static Header? Find(IRecords records, Layout layout)
    {
        Header? best = null;
        for (var above = 0; above < SearchRecords && records.Read(); above++)
        {
            var cells = new List<string>(records.Count);
            for (var i = 0; i < records.Count; i++) cells.Add(records[i].ToString());
            while (cells.Count > 0 && NeverHeld.Fold(cells[^1]).Length == 0) cells.RemoveAt(cells.Count - 1);
            var folded = cells.ConvertAll(NeverHeld.Fold);
            var header = new Header
            {
                RecordsAbove = above,
                Line = records.Line,
                Cells = cells,
                CellOf = [.. layout.Columns.Select(c => CellNamed(c, folded))],
            };
            if (header.Matched >= Math.Min(2, layout.Columns.Count) && header.Matched > (best?.Matched ?? 0)) best = header;
            if (best?.Matched == layout.Columns.Count) break;
        }
        return best;
    }

    /// <summary>What refuses the file for its columns, or null.</summary>
    public Fault? Faults(Layout layout)
    {
        var missing = layout.Columns.Where((c, i) => !c.Optional && CellOf[i] < 0).Select(c => c.Header).ToList();
        if (missing.Count > 0) return Fault.Of("registers.missing_column", ("columns", string.Join(", ", missing)));
        var folded = Cells.Select(NeverHeld.Fold).ToList();
        for (var i = 0; i < CellOf.Length; i++)
            if (CellOf[i] >= 0 && folded.LastIndexOf(folded[CellOf[i]]) != CellOf[i])
                return Fault.Of("registers.doubled_column", ("column", layout.Columns[i].Header));
        return null;
    }

    public IEnumerable<Fault> Notes(Layout layout)
    {
        var others = Cells.Where((cell, i) => !CellOf.Contains(i) && NeverHeld.Fold(cell).Length > 0).ToList();
        var dropped = others.Where(cell => NeverHeld.Covers(cell) || layout.Drop.Any(d => NeverHeld.Fold(d) == NeverHeld.Fold(cell))).ToList();
        var unknown = others.Except(dropped).ToList();
        var absent = layout.Columns.Where((_, i) => CellOf[i] < 0).Select(c => c.Header).ToList();
        if (dropped.Count > 0) yield return Fault.Of("registers.note.dropped_columns", ("columns", string.Join(", ", dropped)));
        if (unknown.Count > 0) yield return Fault.Of("registers.note.unknown_columns", ("columns", string.Join(", ", unknown)));
        if (absent.Count > 0) yield return Fault.Of("registers.note.absent_columns", ("columns", string.Join(", ", absent)));
    }

    private static int CellNamed(LayoutColumn column, List<string> folded)
    {
        foreach (var name in column.Also.Prepend(column.Header))
            if (folded.IndexOf(NeverHeld.Fold(name)) is >= 0 and var cell) return cell;
        return -1;
    }
}
