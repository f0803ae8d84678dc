using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>Turns records into rows: numbers them, passes over what is no row, normalises each cell and notes what is wrong with it.</summary>
internal sealed class RowReader : IDisposable
{
    private static readonly string[] ClosingWords =
        ["合计", "总计", "共计", "制表", "填表", "填报人", "审核", "打印", "备注:", "备注：", "说明", "注:", "注："];

    private readonly IRecords records;
    private readonly Header header;
    private readonly Layout layout;
    private readonly Notation notation;
    private readonly int[][] required;

    /// <summary>The layout's column in the table's last cell: where a file that was cut shows half a value.</summary>
    private readonly int last;
    private int read;

    public RowReader(IRecords records, Header header, Layout layout)
    {
        this.records = records;
        this.header = header;
        this.layout = layout;
        notation = new Notation(layout);
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

    /// <summary>More cells than this are a row, whatever its first cell says.</summary>
    private int Few => Math.Max(2, header.Cells.Count / 3);

    public RegisterRow? Next()
    {
        while (records.Read())
        {
            read = records.MayLackCells ? (int)(records.Line - header.Line) : read + 1;
            if (IsHeaderAgain())
            {
                PassedOver++;
                continue;
            }
            var row = Row();
            if (row is not null) return row;
            PassedOver++;
        }
        Stop = records.Stop?.At(read + 1);
        return null;
    }

    public void Dispose() => records.Dispose();

    private RegisterRow? Row()
    {
        var values = new string?[layout.Columns.Count];
        string?[]? raw = null;
        List<RowFinding>? findings = null;
        var filled = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var at = header.CellOf[i];
            if (at < 0 || at >= records.Count) continue;
            var cell = notation.Trim(records[at]);
            if (cell.IsEmpty) continue;
            filled++;
            values[i] = notation.Read(i, cell, out var code);
            if (code is null) continue;
            var written = cell.ToString();
            if (values[i] is null) (raw ??= new string?[values.Length])[i] = written;
            (findings ??= []).Add(new RowFinding(read, layout.Columns[i].Field, code, Shown(layout.Columns[i].Type, written)));
        }
        if (filled == 0 && !HasExtra()) return null;
        // A date that cannot be read is a wrong date, not a missing one.
        var lacks = Array.Exists(required, group => Array.TrueForAll(group, field => values[field] is null && raw?[field] is null));
        var ragged = HasExtra() ? "registers.row.too_many_fields"
            : records.Count < header.Cells.Count && !records.MayLackCells ? "registers.row.too_few_fields" : null;
        if (filled <= Few && Closes()) return null;
        LastRowIsCut = records.EndsOpen && (ragged == "registers.row.too_few_fields" || (lacks && read > 1) || raw?[last] is not null);
        if (ragged is not null) (findings ??= []).Add(new RowFinding(read, "", ragged, ""));
        if (lacks) (findings ??= []).Add(new RowFinding(read, "", "registers.row.missing", ""));
        return new RegisterRow(layout, read, values, raw, (IReadOnlyList<RowFinding>?)findings ?? []);
    }

    private bool HasExtra()
    {
        for (var i = header.Cells.Count; i < records.Count; i++)
            if (!records[i].IsWhiteSpace()) return true;
        return false;
    }

    private bool IsHeaderAgain()
    {
        for (var i = 0; i < header.Cells.Count; i++)
            if (i >= records.Count || !records[i].SequenceEqual(header.Cells[i])) return false;
        return true;
    }

    /// <summary>Totals and signatures under a list: few cells, and the first of them says so.</summary>
    private bool Closes()
    {
        var (first, filled) = (-1, 0);
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].IsWhiteSpace()) continue;
            if (first < 0) first = i;
            filled++;
        }
        if (first < 0 || filled > Few) return false;
        var text = records[first].Trim().ToString();
        return Array.Exists(ClosingWords, word => text.StartsWith(word, StringComparison.Ordinal));
    }

    private static string Shown(FieldType type, string written) => type switch
    {
        FieldType.Name or FieldType.Text or FieldType.Address => "",
        FieldType.Code or FieldType.Sex or FieldType.Date or FieldType.Year when written.Length <= 14 => written,
        _ => ResidentNumber.Mask(written.Length <= 40 ? written : written[..40]),
    };
}
