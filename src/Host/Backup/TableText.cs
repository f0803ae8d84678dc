using System.Globalization;
using System.Text;
using Legwork.Platform.Storage;

namespace Legwork.Host.Backup;

/// <summary>
/// One table as CSV that PostgreSQL's <c>copy … with (format csv)</c> reads too: nothing between commas is null, text and ids stand
/// in quotes, bytes are <c>\x</c> and hex digits, numbers are plain. No header; the manifest names the columns.
/// </summary>
internal static class TableText
{
    /// <returns>How many rows were written.</returns>
    public static long Write(Session session, TableShape table, TextWriter csv)
    {
        long rows = 0;
        using var reader = session.Prepared($"select {Names(table.Columns)} from {table.Name}").With().Read();
        var values = new object[table.Columns.Count];
        while (reader.Read())
        {
            reader.GetValues(values);
            for (var i = 0; i < values.Length; i++)
            {
                if (i > 0) csv.Write(',');
                WriteValue(csv, values[i]);
            }
            csv.Write('\n');
            rows++;
        }
        return rows;
    }

    /// <summary>Rows as they were written, each value in the form that the target's column takes.</summary>
    /// <param name="from">Columns as the archive has them.</param>
    /// <param name="to">The same columns in the same order, as the target storage has them.</param>
    /// <exception cref="FormatException">The text is not what <see cref="Write"/> writes.</exception>
    public static IEnumerable<object?[]> Read(TextReader csv, IReadOnlyList<ColumnShape> from, IReadOnlyList<ColumnShape> to)
    {
        var text = new StringBuilder();
        while (csv.Peek() >= 0)
        {
            var row = new object?[from.Count];
            for (var i = 0; i < row.Length; i++)
            {
                var value = ReadValue(csv, text, last: i == row.Length - 1);
                row[i] = value is null ? null : Convert(value, from[i], to[i]);
            }
            yield return row;
        }
    }

    public static string Names(IEnumerable<ColumnShape> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static void WriteValue(TextWriter csv, object value)
    {
        switch (value)
        {
            case DBNull: break;
            case long number: csv.Write(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: csv.Write(number.ToString("R", CultureInfo.InvariantCulture)); break;
            case byte[] bytes:
                csv.Write("\\x");
                csv.Write(System.Convert.ToHexStringLower(bytes));
                break;
            case Guid id: csv.Write($"\"{id}\""); break;
            case string words:
                csv.Write('"');
                csv.Write(words.Replace("\"", "\"\"", StringComparison.Ordinal));
                csv.Write('"');
                break;
            default: throw new InvalidOperationException($"A value of type {value.GetType().Name} cannot be backed up.");
        }
    }

    private static string? ReadValue(TextReader csv, StringBuilder text, bool last)
    {
        text.Clear();
        var quoted = csv.Peek() == '"';
        if (quoted)
        {
            _ = csv.Read();
            while (true)
            {
                var next = csv.Read();
                if (next < 0) throw new FormatException("A value in quotes does not end.");
                if (next == '"' && csv.Peek() != '"') break;
                if (next == '"') _ = csv.Read();
                text.Append((char)next);
            }
        }
        else
        {
            while (csv.Peek() is >= 0 and not (',' or '\n')) text.Append((char)csv.Read());
        }
        if (csv.Read() != (last ? '\n' : ',')) throw new FormatException("A row has another number of values than the table has columns.");
        return quoted || text.Length > 0 ? text.ToString() : null;
    }

    private static object Convert(string value, ColumnShape from, ColumnShape to) => (from.Kind, to.Kind) switch
    {
        (_, ColumnKind.Bytes) => System.Convert.FromHexString(value.AsSpan(2)),
        (_, ColumnKind.Whole) => long.Parse(value, CultureInfo.InvariantCulture),
        (_, ColumnKind.Real) => double.Parse(value, CultureInfo.InvariantCulture),
        // SQLite keeps ids as text in the form its driver gives them, so they are handed over as ids.
        (ColumnKind.Uuid, _) or (_, ColumnKind.Uuid) => Guid.Parse(value),
        _ => value,
    };
}
