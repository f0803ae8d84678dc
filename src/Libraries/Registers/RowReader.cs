using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>Turns records into rows: numbers them, passes over what is no row, normalises each cell and notes what is wrong with it.</summary>
internal sealed class RowReader : IDisposable
{
    // As many as stand under a list: a total, a date, a source, signatures.
    private const int MaxHeld = 20;

    private readonly IRecords records;
    private readonly Header header;
    private readonly Layout layout;
    private readonly Notation notation;
    private readonly ClosingRows closing;
    private readonly int[][] required;

    /// <summary>Rows that close the list if it ends here, and what follows them when it does not.</summary>
    private readonly Queue<RegisterRow> held = [];

    /// <summary>The layout's column in the table's last cell: where a file that was cut shows half a value.</summary>
    private readonly int last;
    private int read;
    private bool released;

    public RowReader(IRecords records, Header header, Layout layout)
    {
        this.records = records;
        this.header = header;
        this.layout = layout;
        notation = new Notation(layout);
        closing = new ClosingRows(layout, header);
        required = [.. layout.Required.Select(layout.IndexesOf)];
        last = Math.Max(0, Array.IndexOf(header.CellOf, header.Cells.Count - 1));
        for (var i = 0; i <= header.RecordsAbove; i++) records.Read();
    }

    /// <summary>Rows that are blank, repeat the header or close the list.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Why the file stopped being a table, with the row; null when it ended as a table does.</summary>
    public Fault? Stop { get; private set; }

    /// <summary>True when the row just read is the file's last, has no line end and is not whole.</summary>
    public bool LastRowIsCut { get; private set; }

    public bool IsAtEnd => records.EndsOpen;

    public RegisterRow? Next()
    {
        if (released && held.TryDequeue(out var first)) return first;
        released = false;
        while (records.Read())
        {
            read = records.MayLackCells ? (int)(records.Line - header.Line) : read + 1;
            if (IsHeaderAgain() || Row(out var closes) is not { } row)
            {
                PassedOver++;
                continue;
            }
            if (!closes && held.Count == 0) return row;
            held.Enqueue(row);
            if (closes && held.Count <= MaxHeld) continue;
            released = true;
            return held.Dequeue();
        }
        PassedOver += held.Count;
        held.Clear();
        Stop = records.Stop?.At(read + 1);
        return null;
    }

    public void Dispose() => records.Dispose();

    private RegisterRow? Row(out bool closes)
    {
        var values = new string?[layout.Columns.Count];
        string?[]? raw = null;
        List<RowFinding>? findings = null;
        var filled = 0;
        closes = false;
        for (var i = 0; i < values.Length; i++)
        {
            var at = header.CellOf[i];
            if (at < 0 || at >= records.Count) continue;
            var cell = notation.Trim(records[at]);
            if (cell.IsEmpty && records.State(at) == CellState.Sound) continue;
            filled++;
            values[i] = notation.Read(i, cell, records.State(at), out var code);
            if (code is null) continue;
            var written = cell.ToString();
            // What nobody wrote is not kept as if someone had; nor is a day that has not come.
            if (values[i] is null && code is not ("registers.row.error" or "registers.row.uncomputed" or "registers.row.future"))
                (raw ??= new string?[values.Length])[i] = written;
            (findings ??= []).Add(new RowFinding(read, layout.Columns[i].Field, code, Shown(layout.Columns[i].Type, written)));
        }
        if (filled == 0 && !HasExtra()) return null;
        // A date that cannot be read is a wrong date, not a missing one.
        var lacks = Array.Exists(required, group => Array.TrueForAll(group, field => values[field] is null && raw?[field] is null));
        var ragged = HasExtra() ? "registers.row.too_many_fields"
            : records.Count < header.Cells.Count && !records.MayLackCells ? "registers.row.too_few_fields" : null;
        var closing = this.closing.Judge(records, values, lacks);
        if (closing == Closing.Yes) return null;
        closes = closing == Closing.Perhaps;
        LastRowIsCut = records.EndsOpen && (ragged == "registers.row.too_few_fields" || (lacks && read > 1) || raw?[last] is not null);
        if (ragged is not null) (findings ??= []).Add(new RowFinding(read, "", ragged, ""));
        if (lacks) (findings ??= []).Add(new RowFinding(read, "", "registers.row.missing", ""));
        return new RegisterRow(layout, read, values, raw, (IReadOnlyList<RowFinding>?)findings ?? []);
    }

    private bool HasExtra()
    {
        for (var i = header.Cells.Count; i < records.Count; i++)
            if (!Unseen.Trim(records[i]).IsEmpty) return true;
        return false;
    }

    private bool IsHeaderAgain()
    {
        for (var i = 0; i < header.Cells.Count; i++)
            if (i >= records.Count || !records[i].SequenceEqual(header.Cells[i])) return false;
        return true;
    }

    private static string Shown(FieldType type, string written) => type switch
    {
        FieldType.Name or FieldType.Text or FieldType.Address => "",
        FieldType.Code or FieldType.Sex or FieldType.Date or FieldType.Year when written.Length <= 14 => written,
        _ => ResidentNumber.Mask(written.Length <= 40 ? written : written[..40]),
    };
}
