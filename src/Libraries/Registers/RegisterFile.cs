using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>
/// A file of an office's list, opened by its layout: its encoding told, its delimiter and header found, its cells readable row by
/// row. Whether it may be taken is another question: <see cref="Assess(string, Layout, VagueDate, Previous?)"/>.
/// </summary>
public sealed class RegisterFile
{
    private readonly string path;
    private readonly TextProbe? text;
    private readonly (int Sheet, MergedAreas Areas) workbook;
    private readonly Header header;

    private RegisterFile(string path, Layout layout, string digest, Header header, TextProbe? text, char? delimiter,
        (int Sheet, MergedAreas Areas) workbook)
    {
        this.path = path;
        this.text = text;
        this.workbook = workbook;
        this.header = header;
        Layout = layout;
        ContentDigest = digest;
        Delimiter = delimiter;
    }

    public Layout Layout { get; }

    /// <summary>UTF-8, GB18030, UTF-16LE, UTF-16BE or XLSX.</summary>
    public string Encoding => text?.Name ?? "XLSX";

    /// <summary>Null for a workbook.</summary>
    public char? Delimiter { get; }

    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public string ContentDigest { get; }

    /// <summary>The file's own header cells. Those of columns that must not be held are names only; their values are never read.</summary>
    public IReadOnlyList<string> Columns => header.Cells;

    /// <summary>Columns that were dropped, not known or absent.</summary>
    public IEnumerable<Fault> Notes => header.Notes(Layout);

    internal bool EndsInHalfCharacter => text?.CutTail ?? false;

    /// <summary>Opens a file, or refuses it: not a table, not one encoding, no header, columns missing (<c>registers.*</c>).</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Outcome<RegisterFile> Open(string path, Layout layout)
    {
        var (file, fault, _) = TryOpen(path, layout);
        return file is null ? fault!.ToRefusal() : file;
    }

    /// <summary>
    /// Reads a whole file and says whether it may be taken. Never throws for what is in the file: whatever its bytes are, the answer
    /// is an <see cref="Assessment"/>. Memory is bounded by the limits, not by the file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">How to read it, from <see cref="LayoutBook.Match"/>.</param>
    /// <param name="period">What the file's name states; unknown when it states none.</param>
    /// <param name="previous">The last file of this list that was taken. Without one, neither the usual size, nor the order of
    /// periods, nor a second sending can be judged; a note says so.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Assessment Assess(string path, Layout layout, VagueDate period = default, Previous? previous = null)
    {
        var (file, fault, digest) = TryOpen(path, layout);
        return file is null
            ? new Assessment { Layout = layout, Period = period, ContentDigest = digest, Refusals = [fault!] }
            : new Assessor(file, period, previous).Assess();
    }

    /// <summary>
    /// Streams the rows. Ends early where the file stops being a table, which is why only a file whose assessment says
    /// <see cref="Verdict.Take"/> should be read for its rows.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<RegisterRow> Rows()
    {
        using var reader = Read();
        while (reader.Next() is { } row) yield return row;
    }

    internal RowReader Read() => new(Records(), header, Layout);

    private IRecords Records() => text is null
        ? WorkbookRecords.Open(path, workbook.Sheet, workbook.Areas, Layout.Limits) : Text(path, text, Delimiter!.Value, Layout);

    private static (RegisterFile? File, Fault? Fault, string Digest) TryOpen(string path, Layout layout)
    {
        var length = new FileInfo(path).Length;
        if (length > layout.Limits.MaxBytes)
            return (null, Fault.Of("registers.too_big", ("bytes", length), ("limit", layout.Limits.MaxBytes)), "");
        if (length == 0) return (null, Fault.Of("registers.empty"), TextProbe.DigestOf(path));
        var kind = FileKind.Of(path);
        if (kind == FileKind.Workbook) return Workbook(path, layout);
        if (kind == FileKind.OldWorkbook) return (null, Fault.Of("registers.old_workbook"), TextProbe.DigestOf(path));
        if (kind == FileKind.LockedWorkbook) return (null, Fault.Of("registers.locked_workbook"), TextProbe.DigestOf(path));
        if (kind != FileKind.Text) return (null, Fault.Of("registers.not_a_table", ("looks", kind)), TextProbe.DigestOf(path));

        var probe = TextProbe.Of(path);
        var (header, delimiter) = Sniff(path, probe, layout);
        if (probe.Fault is not null) return (null, probe.Fault.At(RowAtLine(path, probe, header, delimiter, layout)), probe.Digest);
        if (header is null) return (null, NoHeader(layout), probe.Digest);
        if (header.Faults(layout) is { } fault) return (null, fault, probe.Digest);
        return (new RegisterFile(path, layout, probe.Digest, header, probe, delimiter, default), null, probe.Digest);
    }

    private static (RegisterFile? File, Fault? Fault, string Digest) Workbook(string path, Layout layout)
    {
        var digest = TextProbe.DigestOf(path);
        try
        {
            using var parts = WorkbookParts.Open(path, layout.Limits);
            if (parts.LooksLike is { } other) return (null, Fault.Of("registers.not_a_table", ("looks", other)), digest);
            for (var sheet = 0; sheet < parts.Sheets.Count; sheet++)
            {
                var areas = MergedAreas.Of(parts, parts.Sheets[sheet]);
                using var records = WorkbookRecords.Of(parts, sheet, areas);
                var header = Header.Find(records, layout);
                if (header is null && records.Stop is not null) return (null, records.Stop, digest);
                if (header is null) continue;
                if (header.Faults(layout) is { } missing) return (null, missing, digest);
                return (new RegisterFile(path, layout, digest, header, text: null, delimiter: null, (sheet, areas)), null, digest);
            }
            return (null, NoHeader(layout), digest);
        }
        catch (Exception e) when (WorkbookParts.IsDamage(e))
        {
            return (null, WorkbookParts.Describe(e, layout.Limits), digest);
        }
    }

    /// <summary>The delimiter is the one by which most of the layout's columns are found.</summary>
    private static (Header? Header, char Delimiter) Sniff(string path, TextProbe probe, Layout layout)
    {
        (Header? Header, char Delimiter) best = (null, layout.Delimiter ?? ',');
        ReadOnlySpan<char> candidates = layout.Delimiter is { } said ? [said] : [',', ';', '\t', '|'];
        foreach (var delimiter in candidates)
        {
            using var records = Text(path, probe, delimiter, layout);
            var header = Header.Find(records, layout);
            if (header is not null && header.Matched > (best.Header?.Matched ?? 0)) best = (header, delimiter);
            if (best.Header?.Matched == layout.Columns.Count) break;
        }
        return best;
    }

    /// <summary>The data row that stands on a text line, or 0 when it is no data row.</summary>
    private static int RowAtLine(string path, TextProbe probe, Header? header, char delimiter, Layout layout)
    {
        if (header is null) return 0;
        using var records = Text(path, probe, delimiter, layout);
        var row = -1 - header.RecordsAbove;
        while (records.Read() && records.Line <= probe.FaultLine) row++;
        return Math.Max(0, row);
    }

    private static Fault NoHeader(Layout layout) =>
        Fault.Of("registers.header", ("columns", string.Join(", ", layout.Columns.Where(c => !c.Optional).Select(c => c.Header))));

    private static CsvRecords Text(string path, TextProbe probe, char delimiter, Layout layout) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), probe.Encoding,
            delimiter, layout.Limits.MaxFieldChars);
}
