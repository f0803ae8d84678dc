using System.Globalization;
using System.Text;

namespace Legwork.Demo;

/// <summary>Reads and writes one office's file. Same rows, same bytes, on every machine.</summary>
public static class RegisterFile
{
    /// <summary>An absent file reads as a register without rows.</summary>
    /// <exception cref="FormatException">The header or a row does not have the layout's columns.</exception>
    public static Register Read(string folder, RegisterLayout layout, DateOnly month)
    {
        var register = new Register(layout);
        var path = Path.Combine(folder, layout.FileName(month));
        if (!File.Exists(path)) return register;
        var lines = layout.IsWorkbook ? Workbook.Read(path) : ReadText(path, layout);
        using var line = lines.Skip(layout.Title is null ? 0 : 1).GetEnumerator();
        if (!line.MoveNext() || !line.Current.SequenceEqual(layout.Columns))
            throw new FormatException($"{path}: the header is not that of {layout.Source}.");
        while (line.MoveNext())
        {
            if (line.Current.Length != layout.Columns.Length)
                throw new FormatException($"{path}: row {register.Rows.Count + 1} has {line.Current.Length} cells.");
            register.Rows.Add(line.Current);
        }
        return register;
    }

    public static void Write(string folder, Register register, DateOnly month)
    {
        var path = Path.Combine(folder, register.Layout.FileName(month));
        if (register.Layout.IsWorkbook)
            Workbook.Write(path, "出生", register.Rows.Prepend(register.Layout.Columns));
        else
            File.WriteAllBytes(path, Bytes(register, month));
    }

    /// <summary>The bytes of a text file as the office would send it.</summary>
    public static byte[] Bytes(Register register, DateOnly month)
    {
        var layout = register.Layout;
        var text = new StringBuilder(register.Rows.Count * 160);
        if (layout.Title is not null)
            text.AppendFormat(CultureInfo.InvariantCulture, layout.Title, month.Year).Append(layout.LineEnd);
        AppendLine(text, layout.Columns, layout);
        foreach (var row in register.Rows) AppendLine(text, row, layout);
        var encoding = Charset.Of(layout.Encoding!);
        var mark = encoding.GetPreamble();
        var bytes = new byte[mark.Length + encoding.GetByteCount(text.ToString())];
        mark.CopyTo(bytes, 0);
        encoding.GetBytes(text.ToString(), bytes.AsSpan(mark.Length));
        return bytes;
    }

    /// <summary>Splits a file of separated values, with quoted cells.</summary>
    public static IEnumerable<string[]> Split(TextReader reader, char separator)
    {
        var cells = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            cells.Clear();
            while (SplitLine(line, separator, cells) && reader.ReadLine() is { } more)
            {
                line += "\n" + more;
                cells.Clear();
            }
            yield return [.. cells];
        }
    }

    private static IEnumerable<string[]> ReadText(string path, RegisterLayout layout)
    {
        using var reader = new StreamReader(path, Charset.Of(layout.Encoding!));
        foreach (var cells in Split(reader, layout.Separator)) yield return cells;
    }

    private static bool SplitLine(string line, char separator, List<string> cells)
    {
        if (!line.Contains('"'))
        {
            cells.AddRange(line.Split(separator));
            return false;
        }

        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
            else if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }
        cells.Add(cell.ToString());
        return quoted;
    }

    private static void AppendLine(StringBuilder text, string[] cells, RegisterLayout layout)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) text.Append(layout.Separator);
            var cell = cells[i];
            if (cell.AsSpan().ContainsAny(layout.Separator, '"', '\n')) text.Append('"').Append(cell.Replace("\"", "\"\"")).Append('"');
            else text.Append(cell);
        }
        text.Append(layout.LineEnd);
    }
}
