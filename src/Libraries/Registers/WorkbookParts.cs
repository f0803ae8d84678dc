using System.Globalization;
using System.Text;
using System.Xml;

namespace Legwork.Registers;

/// <summary>The parts of an XLSX package that a reader of cells needs, within bounds on what they unzip to and what is held of them.</summary>
internal sealed class WorkbookParts : IDisposable
{
    private const int MaxSheets = 20;
    private const int MaxStyles = 70_000;
    private const int MaxStringChars = 48 << 20;

    private readonly ZipPackage package;
    private readonly HashSet<int> dateStyles = [];

    private WorkbookParts(ZipPackage package, Limits limits) => (this.package, Limits) = (package, limits);

    public Limits Limits { get; }

    /// <summary>Part names of the visible sheets, in order.</summary>
    public List<string> Sheets { get; } = [];

    public List<string> Strings { get; } = [];

    public bool CountsFrom1904 { get; private set; }

    /// <summary>What the package is when it is no XLSX: <c>ODS</c>, <c>XLSB</c>, <c>ZIP</c> …; its parts are then not read.</summary>
    public string? LooksLike { get; private init; }

    /// <exception cref="InvalidDataException">And others that <see cref="IsDamage"/> knows: no sound workbook.</exception>
    public static WorkbookParts Open(string path, Limits limits)
    {
        var package = ZipPackage.Open(path, limits.MaxUnzippedBytes);
        try
        {
            var book = package.Relations("").Find(relation => relation.Is("officeDocument")).Target ?? "xl/workbook.xml";
            var parts = new WorkbookParts(package, limits) { LooksLike = Other(package, book) };
            if (parts.LooksLike is null) parts.ReadParts(book);
            return parts;
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    /// <summary>Exceptions by which the zip and XML readers say that their input is damaged or hostile.</summary>
    public static bool IsDamage(Exception e) =>
        e is InvalidDataException or XmlException or DecoderFallbackException or NotSupportedException or ArgumentException or OverflowException
            or EndOfStreamException or UnzipsTooBig or OutsizedXml or UriFormatException;

    /// <summary>Says what is wrong in words of ours: a framework's message may hold whatever the file holds.</summary>
    public static Fault Describe(Exception e, Limits limits) => e switch
    {
        UnzipsTooBig => Fault.Of("registers.workbook_too_big", ("limit", limits.MaxUnzippedBytes)),
        OutsizedXml outsized => Fault.Of("registers.workbook_outsized", ("what", outsized.What), ("limit", outsized.Limit)),
        _ => Fault.Of("registers.workbook"),
    };

    public PartReader Xml(string part) => package.Xml(part);

    public Stream Bytes(string part) => package.Bytes(part);

    public bool IsDate(int style) => dateStyles.Contains(style);

    public void Dispose() => package.Dispose();

    private static string? Other(ZipPackage package, string book)
    {
        var mime = package.Beginning("mimetype");
        if (mime.Contains("opendocument.spreadsheet", StringComparison.Ordinal)) return "ODS";
        if (mime.Contains("opendocument", StringComparison.Ordinal)) return "OpenDocument";
        if (book.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) || package.Has("xl/workbook.bin")) return "XLSB";
        if (package.Has(book) && !package.HasFolder("word/") && !package.HasFolder("ppt/")) return null;
        return package.HasFolder("word/") ? "DOCX" : package.HasFolder("ppt/") ? "PPTX" : package.HasFolder("Index/") ? "Numbers"
            : package.Has("[Content_Types].xml") ? throw new InvalidDataException() : "ZIP";
    }

    private void ReadParts(string book)
    {
        var relations = package.Relations(book);
        ReadWorkbook(book, relations);
        var folder = book[..(book.LastIndexOf('/') + 1)];
        if (PartOf("styles", "styles.xml") is { } styles) ReadStyles(styles);
        if (PartOf("sharedStrings", "sharedStrings.xml") is { } strings) ReadStrings(strings);

        // Some writers leave these relationships out and trust the usual names.
        string? PartOf(string kind, string usual) => relations.Find(relation => relation.Is(kind)).Target is { } named && package.Has(named)
            ? named : package.Has(folder + usual) ? folder + usual : null;
    }

    private void ReadWorkbook(string book, List<Relation> relations)
    {
        using var workbook = Xml(book);
        while (workbook.Read())
        {
            if (workbook.IsElement("workbookPr")) CountsFrom1904 = workbook["date1904"] is "1" or "true";
            if (!workbook.IsElement("sheet") || workbook["state"] is "hidden" or "veryHidden" || Sheets.Count == MaxSheets) continue;
            var id = workbook.RelationId();
            if (relations.Find(relation => relation.Id == id) is { Target: not null } target && !target.Is("chartsheet")) Sheets.Add(target.Target);
        }
    }

    private void ReadStyles(string part)
    {
        var custom = new HashSet<string>();
        using var styles = Xml(part);
        var (inCells, style) = (false, 0);
        while (styles.Read())
        {
            if (styles.Name == "cellXfs") inCells = styles.Node == XmlNodeType.Element;
            if (styles.IsElement("numFmt") && custom.Count < MaxStyles && ShowsDate(styles["formatCode"] ?? "")) custom.Add(styles["numFmtId"] ?? "");
            if (!styles.IsElement("xf") || !inCells) continue;
            if (style > MaxStyles) throw new OutsizedXml("styles", MaxStyles);
            var format = styles["numFmtId"] ?? "0";
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

    private void ReadStrings(string part)
    {
        using var strings = Xml(part);
        var text = new StringBuilder();
        var (phonetic, chars) = (0, 0L);
        while (strings.Read())
        {
            if (strings.IsElement("si"))
            {
                text.Clear();
                if (strings.IsEmpty) Add("");
            }
            else if (strings is { Node: XmlNodeType.EndElement, Name: "si" }) Add(Escapes.Undo(text.ToString()));
            else if (strings.Name == "rPh" && !strings.IsEmpty) phonetic += strings.Node == XmlNodeType.Element ? 1 : -1;
            else if (phonetic == 0 && strings.IsText) strings.Append(text, Limits.MaxFieldChars + 1);
        }

        void Add(string one)
        {
            if (Strings.Count == Limits.MaxSharedStrings) throw new OutsizedXml("strings", Limits.MaxSharedStrings);
            if ((chars += one.Length) > MaxStringChars) throw new OutsizedXml("characters", MaxStringChars);
            Strings.Add(one);
        }
    }
}
