using System.Globalization;
using System.Text;

namespace Legwork.Linking;

internal static class CsvText
{
    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
}

/// <summary>Known clusters, <c>record_id,cluster</c> under any header of two columns; every record of the table must stand in it.</summary>
internal static class TruthFile
{
    public static int[] Read(string path, RecordTable table)
    {
        var header = CsvTable.Header(path);
        if (header.Length != 2) throw new TableException(path, 1, "a truth file has two columns, the record and its cluster");
        var known = new RecordTable([header[1]]);
        CsvTable.Load(path, header[0], "truth", known);
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        var column = known.Column(header[1]);
        for (var r = 0; r < known.Count; r++) clusters[known.IdOf(r)] = column[r];
        var truth = new int[table.Count];
        for (var r = 0; r < truth.Length; r++)
            truth[r] = clusters.TryGetValue(table.IdOf(r), out var cluster)
                ? cluster : throw new TableException(path, 0, $"no cluster for the record {table.IdOf(r)}");
        return truth;
    }
}

/// <summary>What reviewers decided: <c>record_id_a,record_id_b,same</c> with yes or no. Records that are gone are passed over.</summary>
internal static class DecisionFile
{
    public static List<Decision> Read(string path, RecordTable table)
    {
        var record = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var r = 0; r < table.Count; r++) record[table.IdOf(r)] = r;
        var decisions = new List<Decision>();
        var said = new Dictionary<(int, int), (bool Same, int Line)>();
        var line = 1;
        foreach (var row in File.ReadLines(path).Skip(1))
        {
            line++;
            if (row.Length == 0) continue;
            var fields = row.Split(',');
            if (fields.Length < 3 || fields[2].Trim() is not ("yes" or "no"))
                throw new TableException(path, line, "expected record_id_a,record_id_b,same with same being yes or no");
            if (!record.TryGetValue(fields[0].Trim(), out var a) || !record.TryGetValue(fields[1].Trim(), out var b)) continue;
            var decision = new Decision(a, b, fields[2].Trim() == "yes");
            var (before, onLine) = said.TryGetValue((Math.Min(a, b), Math.Max(a, b)), out var earlier) ? earlier : (decision.Same, line);
            if (before != decision.Same) throw new TableException(path, line, $"the opposite of line {onLine}");
            said[(Math.Min(a, b), Math.Max(a, b))] = (decision.Same, line);
            decisions.Add(decision);
        }

        return decisions;
    }
}

/// <summary>The weighed pairs: ids, total bits and probability, and for each comparison its words and bits.</summary>
internal static class PairsFile
{
    public static void Write(string path, RecordTable table, LinkModel model, LinkResult result)
    {
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.Write("record_id_a,record_id_b,bits,probability,same_cluster");
        foreach (var comparison in model.Comparisons) writer.Write($",{CsvText.Quote(comparison.Name)},{CsvText.Quote(comparison.Name + " bits")}");
        writer.WriteLine();
        foreach (var pair in result.Pairs)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{CsvText.Quote(table.IdOf(pair.A))},{CsvText.Quote(table.IdOf(pair.B))},{pair.Bits:f3},{pair.Probability:f6},"
                    + $"{(result.Clusters[pair.A] == result.Clusters[pair.B] ? 1 : 0)}"));
            foreach (var step in result.Explain(pair.A, pair.B).Steps)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{CsvText.Quote(step.Words)},{step.Bits + step.TermBits:f3}"));
            writer.WriteLine();
        }
    }
}
