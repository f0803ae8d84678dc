using System.Globalization;
using System.Text;
using System.Xml;

namespace Legwork.Registers;

/// <summary>
/// One sheet of an XLSX workbook (ECMA-376), row by row, each cell as the text an official sees: shared and inline strings, numbers
/// without exponent, dates as ISO. Formulas give their stored value; nothing is computed.
/// </summary>
/// <remarks>
/// Made by hand because the file comes from outside: ExcelDataReader sizes a row by its largest cell reference, which a hostile sheet
/// sets to billions, and hands numbers over as doubles, which costs an 18-digit number its last digits without a word. Here unzipped
/// bytes, columns and cell lengths are bounded. (108,000 rows: ExcelDataReader 3.3 s, MiniExcel 5.7 s; tried 2026-11-29.)
/// </remarks>
internal sealed class WorkbookRecords : IRecords
{
    private readonly WorkbookParts parts;
    private readonly XmlReader sheet;
    private readonly int maxFieldChars;
    private readonly List<string> cells = [];
    private readonly StringBuilder text = new();

    private WorkbookRecords(WorkbookParts parts, XmlReader sheet, int maxFieldChars)
    {
        this.parts = parts;
        this.sheet = sheet;
        this.maxFieldChars = maxFieldChars;
    }

    public int Count => cells.Count;

    public ReadOnlySpan<char> this[int cell] => cells[cell];

    public long Line { get; private set; }

    public Fault? Stop { get; private set; }

    public bool EndsOpen => false;

    public bool MayLackCells => true;

    /// <summary>Null behind the last sheet; a fault when the file is no sound workbook.</summary>
    public static (WorkbookRecords? Records, Fault? Fault) Open(string path, int sheet, Limits limits)
    {
        WorkbookParts? parts = null;
        try
        {
            parts = WorkbookParts.Open(path, limits);
            if (sheet < parts.Sheets.Count) return (new WorkbookRecords(parts, parts.Xml(parts.Sheets[sheet]), limits.MaxFieldChars), null);
            parts.Dispose();
            return (null, null);
        }
        catch (Exception e) when (WorkbookParts.IsDamage(e))
        {
            parts?.Dispose();
            return (null, WorkbookParts.Describe(e, limits));
        }
    }

    public bool Read()
    {
        if (Stop is not null) return false;
        try
        {
            while (sheet.Read())
            {
                if (sheet.NodeType != XmlNodeType.Element || sheet.LocalName != "row") continue;
                Line = int.TryParse(sheet.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r)
                    ? Math.Max(r, Line + 1) : Line + 1;
                cells.Clear();
                if (!sheet.IsEmptyElement) Row();
                if (cells.Exists(c => c.Length > 0)) return Stop is null;
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
        parts.Dispose();
    }

    private void Row()
    {
        var depth = sheet.Depth;
        while (sheet.Read() && sheet.Depth > depth)
        {
            if (sheet.NodeType != XmlNodeType.Element || sheet.LocalName != "c") continue;
            var column = Column(sheet.GetAttribute("r")) ?? cells.Count;
            if (column >= RecordBounds.MaxColumns) throw new InvalidDataException($"a cell in column {column + 1}");
            while (cells.Count < column) cells.Add("");
            var cell = Cell();
            if (column < cells.Count) cells[column] = cell;
            else cells.Add(cell);
        }
    }

    private string Cell()
    {
        var type = sheet.GetAttribute("t") ?? "n";
        var style = int.TryParse(sheet.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0;
        if (sheet.IsEmptyElement) return "";
        var depth = sheet.Depth;
        var phonetic = false;
        text.Clear();
        while (sheet.Read() && sheet.Depth > depth)
        {
            // rPh holds a reading aid beside the text, f the formula; neither is what the cell says.
            if (sheet.NodeType == XmlNodeType.Element) phonetic = sheet.LocalName is "rPh" or "f" || (phonetic && sheet.LocalName == "t");
            else if (sheet.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && !phonetic)
                WorkbookParts.Append(sheet, text, maxFieldChars + 1);
        }
        if (text.Length > maxFieldChars) Stop ??= Fault.Of("registers.field_too_long", ("line", Line), ("limit", maxFieldChars));
        return type switch
        {
            "s" => int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < parts.Strings.Count
                ? parts.Strings[i] : throw new InvalidDataException("a shared string that is not there"),
            "n" => Number(text.ToString(), parts.IsDate(style)),
            "b" => text.ToString() == "1" ? "TRUE" : "FALSE",
            _ => text.ToString(),
        };
    }

    private string Number(string written, bool isDate)
    {
        if (!decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return written;
        if (!isDate) return number.ToString("0.##########", CultureInfo.InvariantCulture);
        return ExcelDate.ToIso(parts.CountsFrom1904 ? number + ExcelDate.DaysFrom1900To1904 : number) ?? written;
    }

    /// <summary>0 for <c>A7</c>; null without a reference.</summary>
    private static int? Column(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var c in reference)
        {
            if (c is < 'A' or > 'Z') break;
            column = Math.Min(column * 26 + (c - 'A' + 1), RecordBounds.MaxColumns + 1);
        }
        return column == 0 ? null : column - 1;
    }
}

/// <summary>The days that spreadsheets count: 1 is 1900-01-01, with a 29 February 1900 that never was.</summary>
internal static class ExcelDate
{
    public const int DaysFrom1900To1904 = 1_462;

    /// <summary>Null outside 1900-03-01 … 2199-12-31.</summary>
    public static string? ToIso(decimal serial)
    {
        if (serial is < 61 or > 109_574) return null;
        var at = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddDays((double)serial);
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
