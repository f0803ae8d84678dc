using System.IO.Compression;
using System.Xml.Linq;

namespace Legwork.Linking.Bench;

/// <summary>The first sheet of a workbook as rows by header, read from its XML: a handful of cells needs no library.</summary>
internal static class Births
{
    public static IEnumerable<(int Number, Dictionary<string, string> Row)> Rows(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var shared = zip.GetEntry("xl/sharedStrings.xml") is { } strings
            ? Load(strings).Descendants().Where(e => e.Name.LocalName == "si").Select(e => e.Value).ToArray() : [];
        var sheet = zip.Entries.First(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal));
        string[]? header = null;
        var number = 0;
        foreach (var row in Load(sheet).Descendants().Where(e => e.Name.LocalName == "row"))
        {
            var cells = row.Elements().Select(c => Text(c, shared)).ToArray();
            if (header is null) header = cells;
            else yield return (++number, header.Zip(cells).ToDictionary(p => p.First, p => p.Second));
        }
    }

    private static string Text(XElement cell, string[] shared) =>
        cell.Attribute("t")?.Value == "s" ? shared[int.Parse(cell.Value)] : cell.Value;

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XDocument.Load(stream);
    }
}
