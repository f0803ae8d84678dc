using System.Buffers.Binary;
using System.Text;

namespace Legwork.Registers;

/// <summary>What a file is by its first bytes; its extension is only somebody's opinion.</summary>
internal static class FileKind
{
    public const string Text = "text";
    public const string Workbook = "XLSX";
    public const string OldWorkbook = "XLS";
    public const string LockedWorkbook = "locked";

    private static readonly (byte[] Magic, string Kind)[] Known =
    [
        ("PK\u0003\u0004"u8.ToArray(), Workbook),
        ("PK\u0005\u0006"u8.ToArray(), "ZIP"),
        ([0xD0, 0xCF, 0x11, 0xE0], "OLE"),
        ([0x09, 0x00, 0x04, 0x00], OldWorkbook), ([0x09, 0x02, 0x06, 0x00], OldWorkbook), ([0x09, 0x04, 0x06, 0x00], OldWorkbook),
        ([0x09, 0x08, 0x08, 0x00], OldWorkbook), ([0x09, 0x08, 0x10, 0x00], OldWorkbook),
        ("%PDF"u8.ToArray(), "PDF"),
        ("{\\rtf"u8.ToArray(), "RTF"),
        ("Rar!"u8.ToArray(), "RAR"),
        ([0x37, 0x7A, 0xBC, 0xAF], "7z"),
        ([0x1F, 0x8B], "GZIP"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG"),
        ([0xFF, 0xD8, 0xFF], "JPEG"),
        ("SQLite format"u8.ToArray(), "SQLite"),
        ("PAR1"u8.ToArray(), "Parquet"),
        ("ID;P"u8.ToArray(), "SYLK"),
        ("MIME-Version"u8.ToArray(), "MHTML"),
    ];

    public static string Of(string path)
    {
        Span<byte> head = stackalloc byte[512];
        using var stream = File.OpenRead(path);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        foreach (var (magic, kind) in Known)
            if (head.StartsWith(magic)) return kind == "OLE" ? Compound(stream, head) : kind;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        // Systems that "export to Excel" often write a web page called .xls or .csv; Excel 2003 wrote its workbooks as XML.
        return head.StartsWith("<?xml"u8) ? "XML" : head is [(byte)'<', ..] ? "HTML"
            : head is [(byte)'{', ..] || head.StartsWith("[{"u8) || head.StartsWith("[["u8) ? "JSON" : Text;
    }

    /// <summary>What a compound file (MS-CFB) holds, by the names in the first sector of its directory: a workbook, a locked one, a text.</summary>
    private static string Compound(FileStream file, ReadOnlySpan<byte> head)
    {
        if (head.Length < 80) return OldWorkbook;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(head[30..]);
        var first = (BinaryPrimitives.ReadUInt32LittleEndian(head[48..]) + 1L) << (shift is 9 or 12 ? shift : 9);
        if (first >= file.Length) return OldWorkbook;
        file.Position = first;
        var directory = new byte[4_096];
        var names = Encoding.Unicode.GetString(directory, 0, file.ReadAtLeast(directory, directory.Length, throwOnEndOfStream: false) & ~1);
        return names.Contains("EncryptedPackage", StringComparison.Ordinal) ? LockedWorkbook
            : names.Contains("WordDocument", StringComparison.Ordinal) ? "DOC"
            : names.Contains("PowerPoint", StringComparison.Ordinal) ? "PPT" : OldWorkbook;
    }
}
