using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Legwork.Registers;

/// <summary>The parts of an XLSX package that a reader of cells needs, within bounds on what they unzip to.</summary>
internal sealed class WorkbookParts : IDisposable
{
    private const int MaxParts = 2_000;
    private const int MaxSheets = 20;
    private const string RelationshipId = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly ZipArchive zip;
    private readonly HashSet<int> dateStyles = [];
    private long unzippedLeft;

    private WorkbookParts(ZipArchive zip, Limits limits)
    {
        this.zip = zip;
        Limits = limits;
        unzippedLeft = limits.MaxUnzippedBytes;
    }

    public Limits Limits { get; }

    /// <summary>Part names of the visible sheets, in order.</summary>
    public List<string> Sheets { get; } = [];

    public List<string> Strings { get; } = [];

    public bool CountsFrom1904 { get; private set; }

    /// <exception cref="InvalidDataException">And others that <see cref="IsDamage"/> knows: no sound workbook.</exception>
    public static WorkbookParts Open(string path, Limits limits)
    {
        var parts = new WorkbookParts(ZipFile.OpenRead(path), limits);
        try
        {
            if (parts.zip.Entries.Count > MaxParts || parts.zip.Entries.Sum(e => e.Length) > limits.MaxUnzippedBytes) throw new UnzipsTooBig();
            parts.ReadWorkbook();
            if (parts.zip.GetEntry("xl/styles.xml") is not null) parts.ReadStyles();
            if (parts.zip.GetEntry("xl/sharedStrings.xml") is not null) parts.ReadStrings();
            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>Exceptions by which the zip and XML readers say that their input is damaged.</summary>
    public static bool IsDamage(Exception e) =>
        e is InvalidDataException or XmlException or DecoderFallbackException or NotSupportedException or ArgumentException or OverflowException
            or EndOfStreamException or UnzipsTooBig;

    public static Fault Describe(Exception e, Limits limits) => e is UnzipsTooBig
        ? Fault.Of("registers.workbook_too_big", ("limit", limits.MaxUnzippedBytes))
        : Fault.Of("registers.workbook", ("reason", e.Message));

    public XmlReader Xml(string part)
    {
        var entry = zip.GetEntry(part) ?? throw new InvalidDataException($"{part} is missing");
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, CloseInput = true };
        return XmlReader.Create(new Counted(this, entry.Open()), settings);
    }

    public bool IsDate(int style) => dateStyles.Contains(style);

    /// <summary>Adds the reader's text to what is held, and no more of it than <paramref name="max"/> characters.</summary>
    public static void Append(XmlReader xml, StringBuilder text, int max)
    {
        var piece = new char[Math.Min(max, 1_024)];
        int read;
        while ((read = xml.ReadValueChunk(piece, 0, piece.Length)) > 0)
            if (text.Length < max) text.Append(piece, 0, Math.Min(read, max - text.Length));
    }

    public void Dispose() => zip.Dispose();

    private void ReadWorkbook()
    {
        var targets = new Dictionary<string, string>();
        using (var relations = Xml("xl/_rels/workbook.xml.rels"))
            while (relations.Read())
                if (relations.NodeType == XmlNodeType.Element && relations.LocalName == "Relationship")
                    targets[relations.GetAttribute("Id") ?? ""] = relations.GetAttribute("Target") ?? "";
        using var workbook = Xml("xl/workbook.xml");
        while (workbook.Read())
        {
            if (workbook.NodeType != XmlNodeType.Element) continue;
            if (workbook.LocalName == "workbookPr") CountsFrom1904 = workbook.GetAttribute("date1904") is "1" or "true";
            if (workbook.LocalName != "sheet" || workbook.GetAttribute("state") is "hidden" or "veryHidden" || Sheets.Count == MaxSheets) continue;
            var id = workbook.GetAttribute("id", RelationshipId) ?? workbook.GetAttribute("r:id") ?? "";
            if (targets.TryGetValue(id, out var target)) Sheets.Add(target.StartsWith('/') ? target[1..] : "xl/" + target);
        }
    }

    private void ReadStyles()
    {
        var custom = new HashSet<string>();
        using var styles = Xml("xl/styles.xml");
        var (inCells, style) = (false, 0);
        while (styles.Read())
        {
            if (styles.LocalName == "cellXfs") inCells = styles.NodeType == XmlNodeType.Element;
            if (styles.NodeType != XmlNodeType.Element) continue;
            if (styles.LocalName == "numFmt" && ShowsDate(styles.GetAttribute("formatCode") ?? "")) custom.Add(styles.GetAttribute("numFmtId") ?? "");
            if (styles.LocalName != "xf" || !inCells) continue;
            var format = styles.GetAttribute("numFmtId") ?? "0";
            if (custom.Contains(format) || (int.TryParse(format, CultureInfo.InvariantCulture, out var built) && IsBuiltInDate(built)))
                dateStyles.Add(style);
            style++;
        }
    }

    /// <summary>ECMA-376 part 1, 18.8.30: 14–17 and 22, and those that Chinese editions use for dates.</summary>
    private static bool IsBuiltInDate(int format) => format is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    private static bool ShowsDate(string format)
    {
        var (quoted, bracketed) = (false, false);
        foreach (var c in format)
        {
            if (c == '"') quoted = !quoted;
            if (c is '[' or ']') bracketed = c == '[';
            if (!quoted && !bracketed && c is 'y' or 'Y' or 'd' or 'D' or '年') return true;
        }
        return false;
    }

    private void ReadStrings()
    {
        using var strings = Xml("xl/sharedStrings.xml");
        var text = new StringBuilder();
        var phonetic = 0;
        while (strings.Read())
        {
            if (strings.NodeType == XmlNodeType.Element && strings.LocalName == "si")
            {
                text.Clear();
                if (strings.IsEmptyElement) Strings.Add("");
            }
            else if (strings.NodeType == XmlNodeType.EndElement && strings.LocalName == "si") Strings.Add(text.ToString());
            else if (strings.LocalName == "rPh" && !strings.IsEmptyElement) phonetic += strings.NodeType == XmlNodeType.Element ? 1 : -1;
            else if (phonetic == 0 && strings.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                Append(strings, text, Limits.MaxFieldChars + 1);
        }
    }

    private sealed class UnzipsTooBig : Exception;

    /// <summary>Counts what really comes out: the sizes written in a zip can lie.</summary>
    private sealed class Counted(WorkbookParts owner, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            owner.unzippedLeft -= read;
            return owner.unzippedLeft < 0 ? throw new UnzipsTooBig() : read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
