using System.Globalization;

namespace Legwork.Registers;

/// <summary>
/// The areas of a sheet whose cells were merged, as offices draw a household: the value stands once, in the first row, and holds for every
/// row of the area. Across columns it stays where it stands: the other columns are others.
/// </summary>
internal sealed class MergedAreas
{
    private const int MaxAreas = 500_000;

    public static readonly MergedAreas None = new([]);

    private readonly List<(int Row, int Last, int Column)> downwards;

    private MergedAreas(List<(int Row, int Last, int Column)> downwards) => this.downwards = downwards;

    public IReadOnlyList<(int Row, int Last, int Column)> Downwards => downwards;

    /// <summary>Merged areas stand behind the rows, so the sheet is looked through for them first.</summary>
    public static MergedAreas Of(WorkbookParts parts, string sheet)
    {
        if (!Mentions(parts.Bytes(sheet), "mergeCell"u8)) return None;
        var areas = new List<(int, int, int)>();
        using var xml = parts.Xml(sheet);
        while (xml.Read())
        {
            if (!xml.IsElement("mergeCell") || Area(xml["ref"] ?? "") is not { } area || area.Last == area.Row) continue;
            if (areas.Count == MaxAreas) throw new OutsizedXml("areas", MaxAreas);
            areas.Add(area);
        }
        areas.Sort();
        return new MergedAreas(areas);
    }

    /// <summary>Whether the bytes hold a word of ASCII: far quicker than reading a large sheet twice.</summary>
    private static bool Mentions(Stream bytes, ReadOnlySpan<byte> word)
    {
        using var _ = bytes;
        var chunk = new byte[1 << 16];
        var held = 0;
        int read;
        while ((read = bytes.Read(chunk, held, chunk.Length - held)) > 0)
        {
            if (chunk.AsSpan(0, held + read).IndexOf(word) >= 0) return true;
            var kept = Math.Min(word.Length - 1, held + read);
            chunk.AsSpan(held + read - kept, kept).CopyTo(chunk);
            held = kept;
        }
        return false;
    }

    private static (int Row, int Last, int Column)? Area(string written)
    {
        var colon = written.IndexOf(':');
        if (colon < 0 || WorkbookRecords.Column(written) is not { } column || column >= RecordBounds.MaxColumns) return null;
        return Row(written[..colon]) is { } first && Row(written[(colon + 1)..]) is { } last && last >= first ? (first, last, column) : null;
    }

    private static int? Row(string cell) =>
        int.TryParse(cell.AsSpan().TrimStart("$ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? row : null;
}

/// <summary>Gives the rows of a sheet, in their order, what merged areas hold for them.</summary>
internal sealed class MergedValues(MergedAreas areas)
{
    private readonly (int Until, WorkbookCell Value)[] held = areas.Downwards.Count == 0 ? [] : new (int, WorkbookCell)[RecordBounds.MaxColumns];
    private int next;

    /// <summary>Fills the row's empty cells; true when any was.</summary>
    public bool Fill(long row, List<WorkbookCell> cells)
    {
        if (held.Length == 0) return false;
        var filled = false;
        for (var column = 0; column < held.Length; column++)
        {
            if (held[column].Until < row || held[column].Value.IsEmpty) continue;
            while (cells.Count <= column) cells.Add(WorkbookCell.Empty);
            if (!cells[column].IsEmpty) continue;
            cells[column] = held[column].Value;
            filled = true;
        }
        for (; next < areas.Downwards.Count && areas.Downwards[next].Row <= row; next++)
            if (areas.Downwards[next] is var area && area.Row == row && area.Column < cells.Count)
                held[area.Column] = (area.Last, cells[area.Column]);
        return filled;
    }
}
