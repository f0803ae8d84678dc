using System.Text;

namespace Legwork.Linking;

/// <summary>A table that cannot be read, with the file, the line and the reason.</summary>
public sealed class TableException(string file, int line, string reason)
    : Exception(line > 0 ? $"{file}, line {line}: {reason}" : $"{file}: {reason}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}

/// <summary>
/// Reads comma-, semicolon- or tab-separated UTF-8 text (RFC 4180 quoting) straight into interned columns. Written by hand because
/// the general reader's start-up alone took a third of the time that two tables of five thousand rows may take.
/// </summary>
/// <remarks>A window of the file is in memory at a time; no row may be longer than half of it.</remarks>
internal sealed class CsvTable : IDisposable
{
    private const int Window = 1 << 21;
    private const int RowMax = Window / 2;

    private readonly string file;
    private readonly StreamReader reader;
    private readonly char separator;
    private readonly char[] text = new char[Window];
    private int end;
    private bool ended;
    private char[] unquoted = new char[64];
    private int at;
    private int line = 1;
    private int start;
    private int length;
    private bool quoted;

    private CsvTable(string file, StreamReader reader)
    {
        this.file = file;
        this.reader = reader;
        Fill();
        if (end > 0 && text[0] == '\ufeff') at = 1;
        if (end == at) throw new TableException(file, 0, "the file is empty");
        separator = Sniff();
    }

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="TableException">Missing, empty, not UTF-8, or a column named twice.</exception>
    public static string[] Header(string file)
    {
        using var csv = Open(file);
        return csv.ReadHeader();
    }

    /// <summary>Appends all rows of a file to a table as one source.</summary>
    /// <exception cref="TableException">A row with another number of fields than the header, a quote never closed,
    /// a missing or repeated id.</exception>
    public static void Load(string file, string idColumn, string source, RecordTable into)
    {
        using var csv = Open(file);
        var header = csv.ReadHeader();
        var id = Array.IndexOf(header, idColumn);
        if (id < 0) throw new TableException(file, 1, $"the model names the id column {idColumn}, the header has {string.Join(", ", header)}");
        var to = header.Select(name => into.Columns.ToList().IndexOf(name)).ToArray();
        var sourceNumber = into.Source(source);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = new int[into.Columns.Count];
        while (csv.MoreRows())
        {
            var row = csv.line;
            var name = "";
            Array.Clear(values);
            var field = 0;
            for (; ; field++)
            {
                var last = csv.ReadField();
                if (field < header.Length)
                {
                    var value = csv.Field().Trim();
                    if (field == id) name = value.ToString();
                    else if (to[field] >= 0) values[to[field]] = into.Pool.Intern(value);
                }

                if (last) break;
            }

            if (field + 1 != header.Length) throw new TableException(file, row, $"{field + 1} fields where the header has {header.Length}");
            if (name.Length == 0) throw new TableException(file, row, $"no value in the id column {idColumn}");
            if (!seen.Add(name)) throw new TableException(file, row, $"the id {name} stands twice");
            into.Add(sourceNumber, name, values.AsSpan());
        }
    }

    public void Dispose() => reader.Dispose();

    private static CsvTable Open(string file)
    {
        try
        {
            return new CsvTable(file, new StreamReader(file, new UTF8Encoding(false, true), detectEncodingFromByteOrderMarks: false, 1 << 16));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TableException(file, 0, e.Message);
        }
    }

    /// <summary>Moves what is not yet read to the front and reads on behind it.</summary>
    private void Fill()
    {
        text.AsSpan(at, end - at).CopyTo(text);
        (end, at) = (end - at, 0);
        try
        {
            while (end < text.Length && !ended)
            {
                var read = reader.Read(text, end, text.Length - end);
                end += read;
                ended = read == 0;
            }
        }
        catch (DecoderFallbackException)
        {
            throw new TableException(file, 0, "the file is not UTF-8; convert it first");
        }
    }

    private string[] ReadHeader()
    {
        var names = new List<string>();
        bool last;
        do
        {
            last = ReadField();
            names.Add(Field().Trim().ToString());
        }
        while (!last);
        var twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new TableException(file, 1, $"the column {twice.Key} stands twice in the header");
        return [.. names];
    }

    private bool MoreRows()
    {
        if (end - at < RowMax && !ended) Fill();
        while (at < end && text[at] is '\r' or '\n')
        {
            if (text[at] == '\n') line++;
            at++;
            if (at == end && !ended) Fill();
        }

        return at < end;
    }

    private ReadOnlySpan<char> Field() => quoted ? unquoted.AsSpan(0, length) : text.AsSpan(start, length);

    private bool ReadField()
    {
        quoted = at < end && text[at] == '"';
        if (quoted) ReadQuoted();
        else
        {
            start = at;
            var rest = text.AsSpan(at, end - at);
            var stop = rest.IndexOfAny(separator, '\n', '\r');
            length = stop < 0 ? rest.Length : stop;
            at += length;
        }

        if (at >= end && !ended) throw new TableException(file, line, $"a row of more than {RowMax:N0} characters");
        if (at >= end) return true;
        if (text[at] == separator)
        {
            at++;
            return false;
        }

        if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n') at++;
        at++;
        line++;
        return true;
    }

    private void ReadQuoted()
    {
        var opened = line;
        length = 0;
        for (at++; at < end; at++)
        {
            var c = text[at];
            if (c == '"')
            {
                if (at + 1 >= end || text[at + 1] != '"') break;
                at++;
            }
            else if (c == '\n')
            {
                line++;
            }

            if (length == unquoted.Length) Array.Resize(ref unquoted, length * 2);
            unquoted[length++] = c;
        }

        if (at >= end) throw new TableException(file, opened, "a quote is opened and never closed");
        at++;
        if (at < end && text[at] != separator && text[at] is not ('\r' or '\n'))
            throw new TableException(file, line, "text stands behind a closing quote");
    }

    private char Sniff()
    {
        var rest = text.AsSpan(at, end - at);
        var stop = rest.IndexOf('\n');
        var header = (stop < 0 ? rest : rest[..stop]).ToArray();
        return new[] { ',', ';', '\t', '|' }.MaxBy(c => header.Count(x => x == c));
    }
}
