using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Legwork.Demo;

/// <summary>
/// The least XLSX that spreadsheet programs open: one sheet of inline strings. Entries are stored, not deflated, and carry one fixed time,
/// so that the same rows give the same bytes whatever compressor the machine has.
/// </summary>
internal static class Workbook
{
    private const string SheetPath = "xl/worksheets/sheet1.xml";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private static readonly DateTimeOffset Stamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string path, string sheet, IEnumerable<string[]> rows)
    {
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
              <Default Extension="xml" ContentType="application/xml"/>
              <Override PartName="/xl/workbook.xml" ContentType="{Sheets}.sheet.main+xml"/>
              <Override PartName="/{SheetPath}" ContentType="{Sheets}.worksheet+xml"/>
            </Types>
            """);
        Add(zip, "_rels/.rels", $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """);
        Add(zip, "xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>
            """);
        Add(zip, "xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships">
              <Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
            </Relationships>
            """);
        Add(zip, SheetPath, Sheet(rows));
    }

    public static IEnumerable<string[]> Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var entry = zip.GetEntry(SheetPath) ?? throw new FormatException($"{path}: no first sheet.");
        using var xml = XmlReader.Create(entry.Open(), new XmlReaderSettings { CloseInput = true });
        var cells = new List<string>();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row") cells.Clear();
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c") cells.Add("");
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace) cells[^1] += xml.Value;
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "row") yield return [.. cells];
        }
    }

    private static string Sheet(IEnumerable<string[]> rows)
    {
        var text = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetData>""");
        var r = 0;
        foreach (var row in rows)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"""<row r="{++r}">""");
            foreach (var cell in row)
                text.Append("""<c t="inlineStr"><is><t>""").Append(cell.Replace("&", "&amp;").Replace("<", "&lt;")).Append("</t></is></c>");
            text.Append("</row>");
        }
        return text.Append("</sheetData></worksheet>").ToString();
    }

    private static void Add(ZipArchive zip, string path, string body)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Stamp;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?>""" + body.Trim()));
    }
}
