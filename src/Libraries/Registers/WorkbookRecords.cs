using System.Globalization;
using System.Text;
using System.Xml;

namespace Legwork.Registers;

/// <summary>A cell of a workbook as an official sees it.</summary>
internal readonly record struct WorkbookCell(string Text, CellState State)
{
    public static readonly WorkbookCell Empty = new("", CellState.Sound);

    public bool IsEmpty => Text.Length == 0 && State == CellState.Sound;
}

/// <summary>
/// One sheet of an XLSX workbook (ECMA-376), row by row, each cell as the text an official sees: shared and inline strings, numbers
/// without exponent, dates as ISO, merged values in every row. Formulas give their stored value; nothing is computed.
/// </summary>
/// <remarks>
/// Made by hand because the file comes from outside: ExcelDataReader sizes a row by its largest cell reference, which a hostile sheet
/// sets to billions, and hands numbers over as doubles, which costs an 18-digit number its last digits without a word. Here unzipped
/// bytes, columns, depth, names and cell lengths are bounded. (108,000 rows: ExcelDataReader 3.3 s, MiniExcel 5.7 s; tried 2026-11-29.)
/// </remarks>
internal sealed class WorkbookRecords : IRecords
{
    private const int MaxLine = 2_000_000;

    private readonly WorkbookParts parts;
    private readonly PartReader sheet;
    private readonly MergedValues merged;
    private readonly bool ownsParts;
    private readonly int maxFieldChars;
    private readonly List<WorkbookCell> cells = [];
    private readonly StringBuilder text = new();

    private WorkbookRecords(WorkbookParts parts, int sheet, MergedAreas areas, bool ownsParts)
    {
        this.parts = parts;
        this.sheet = parts.Xml(parts.Sheets[sheet]);
        this.ownsParts = ownsParts;
        merged = new MergedValues(areas);
        maxFieldChars = parts.Limits.MaxFieldChars;
    }

    public int Count => cells.Count;

    public ReadOnlySpan<char> this[int cell] => cells[cell].Text;

    public CellState State(int cell) => cells[cell].State;

    public long Line { get; private set; }

    public Fault? Stop { get; private set; }

    public bool EndsOpen => false;

    public bool MayLackCells => true;

    /// <summary>A sheet of parts that the caller keeps open for the next one.</summary>
    public static WorkbookRecords Of(WorkbookParts parts, int sheet, MergedAreas areas) => new(parts, sheet, areas, ownsParts: false);

    /// <exception cref="IOException">The file is another than the one that was looked at.</exception>
    public static WorkbookRecords Open(string path, int sheet, MergedAreas areas, Limits limits)
    {
        try
        {
            var parts = WorkbookParts.Open(path, limits);
            if (sheet < parts.Sheets.Count) return new WorkbookRecords(parts, sheet, areas, ownsParts: true);
            parts.Dispose();
        }
        catch (Exception e) when (WorkbookParts.IsDamage(e))
        {
            // The same file was sound a moment ago.
        }
        throw new IOException($"{path} changed while it was read.");
    }

    public bool Read()
    {
        if (Stop is not null) return false;
        try
        {
            while (sheet.Read())
            {
                if (!sheet.IsElement("row")) continue;
                Line = int.TryParse(sheet["r"], NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? Math.Max(r, Line + 1) : Line + 1;
                if (Line > MaxLine) throw new OutsizedXml("rows", MaxLine);
                cells.Clear();
                if (!sheet.IsEmpty) Row();
                // A row that has nothing but what areas above hold for it is an empty row.
                var said = cells.Exists(cell => !cell.IsEmpty);
                merged.Fill(Line, cells);
                if (said) return Stop is null;
            }
            return false;
        }
        catch (Exception e) when (WorkbookParts.IsDamage(e))
        {
            Stop = WorkbookParts.Describe(e, parts.Limits);
            return false;
        }
    }

    public void Dispose()
    {
        sheet.Dispose();
        if (ownsParts) parts.Dispose();
    }

    /// <summary>0 for <c>A7</c>; null without a reference.</summary>
    public static int? Column(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var c in reference.AsSpan().TrimStart('$'))
        {
            if (c is < 'A' or > 'Z') break;
            column = Math.Min(column * 26 + (c - 'A' + 1), RecordBounds.MaxColumns + 1);
        }
        return column == 0 ? null : column - 1;
    }

    private void Row()
    {
        var depth = sheet.Depth;
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (!sheet.IsElement("c")) continue;
            var column = Column(sheet["r"]) ?? cells.Count;
            if (column >= RecordBounds.MaxColumns) throw new InvalidDataException();
            while (cells.Count < column) cells.Add(WorkbookCell.Empty);
            var cell = Cell();
            if (column < cells.Count) cells[column] = cell;
            else cells.Add(cell);
        }
    }

    private WorkbookCell Cell()
    {
        var type = sheet["t"] ?? "n";
        var style = int.TryParse(sheet["s"], NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0;
        if (sheet.IsEmpty) return WorkbookCell.Empty;
        var depth = sheet.Depth;
        var (beside, formula, value) = (false, false, false);
        text.Clear();
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (sheet.Node == XmlNodeType.Element)
            {
                // rPh holds a reading aid beside the text, f the formula; neither is what the cell says.
                beside = sheet.Name is "rPh" or "f" || (beside && sheet.Name == "t");
                formula |= sheet.Name == "f";
                value |= sheet.Name == "v";
            }
            else if (sheet.IsText && !beside) sheet.Append(text, maxFieldChars + 1);
        }
        if (text.Length > maxFieldChars) Stop ??= Fault.Of("registers.field_too_long", ("line", Line), ("limit", maxFieldChars));
        if (type == "e") return new WorkbookCell("", CellState.Error);
        // A formula may well give an empty text; then the empty value is there. Without one nobody has computed it yet.
        if (formula && text.Length == 0 && !(value && type == "str")) return new WorkbookCell("", CellState.Uncomputed);
        return new WorkbookCell(Shown(type, style, text.ToString()), CellState.Sound);
    }

    private string Shown(string type, int style, string written) => type switch
    {
        // An empty reference is an empty cell, as some writers leave them.
        "s" when written.Length == 0 => "",
        "s" => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < parts.Strings.Count
            ? parts.Strings[i] : throw new InvalidDataException(),
        "n" => Number(written, parts.IsDate(style)),
        "b" => written is "1" or "true" ? "TRUE" : "FALSE",
        _ => Escapes.Undo(written),
    };

    private string Number(string written, bool isDate)
    {
        if (!decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return written;
        if (!isDate) return number.ToString("0.##########", CultureInfo.InvariantCulture);
        return ExcelDate.ToIso(parts.CountsFrom1904 ? number + ExcelDate.DaysFrom1900To1904 : number) ?? written;
    }
}

/// <summary>The days that spreadsheets count: 1 is 1900-01-01, with a 29 February 1900 that never was.</summary>
internal static class ExcelDate
{
    public const int DaysFrom1900To1904 = 1_462;

    /// <summary>To the second. Null outside 1900-03-01 … 2199-12-31.</summary>
    public static string? ToIso(decimal serial)
    {
        if (serial is < 61 or > 109_574) return null;
        var seconds = Math.Round((double)(serial - decimal.Floor(serial)) * 86_400);
        var at = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddDays((double)decimal.Floor(serial)).AddSeconds(seconds);
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
