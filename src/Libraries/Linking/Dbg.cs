namespace Legwork.Linking;
public static class CsvLoad { public static void Into(string f, LinkModel m, RecordTable t) => CsvTable.Load(f, m.IdColumn, Path.GetFileNameWithoutExtension(f), t); }
public static class Dbg
{
    public static void Run(LinkModel model, RecordTable table, int[] truth, bool verbose, LinkResult res)
    {
        var columns = new Columns(model, table);
        var nodes = NodeSet.From(Enumerable.Range(0, table.Count).ToArray());
        var blocks = new Blocks(model.Blocking.Keys, columns, nodes, model.Blocking.BlockMax, null);
        var t = columns.Order.Select(o => truth[o]).ToArray();
        var groups = Enumerable.Range(0, t.Length).GroupBy(i => t[i]).Select(g => g.ToArray()).ToArray();
        long tot = 0, hit = 0; var own = new long[blocks.PassCount]; var uniq = new long[blocks.PassCount];
        foreach (var g in groups) for (var i = 0; i < g.Length; i++) for (var j = i + 1; j < g.Length; j++)
        { tot++; var m = blocks.Shared(g[i], g[j]); if (m != 0) hit++; for (var p = 0; p < own.Length; p++) if ((m >> p & 1) != 0) { own[p]++; if (m == 1u << p) uniq[p]++; } }
        Console.WriteLine($"block recall {hit / (double)tot:f4}");
        for (var p = 0; p < own.Length; p++) Console.WriteLine($"  {string.Join("+", blocks[p].Key),-40} pairs {blocks[p].Pairs,9} skipped {blocks[p].SkippedRecords,6} hits {own[p] / (double)tot:f4} unique {uniq[p]}");
        Console.WriteLine(res.Weights.Describe());
        if (!verbose) return;
        // misses
        var shown = 0;
        foreach (var g in groups)
        {
            var parts = g.GroupBy(r => res.Clusters[columns.Order[r]]).ToArray();
            if (parts.Length > 1 && shown++ < 25)
            {
                Console.WriteLine("SPLIT");
                foreach (var p in parts) { foreach (var r in p) Console.WriteLine($"   {res.Clusters[columns.Order[r]]} " + table.IdOf(columns.Order[r]) + " " + string.Join("|", model.Columns.Select(c => columns.Pool[columns.Get(c)[r]]))); }
                var w = res.Explain(columns.Order[parts[0].First()], columns.Order[parts[1].First()]);
                Console.WriteLine($"   bits {w.Bits:f2}: " + string.Join("; ", w.Steps.Select(s => $"{s.Comparison} {s.Words} {s.Bits:f1}{s.TermBits:+0.0;-0.0;}")));
            }
        }
        shown = 0;
        foreach (var c in Enumerable.Range(0, t.Length).GroupBy(r => res.Clusters[columns.Order[r]]))
        {
            var parts = c.GroupBy(r => t[r]).ToArray();
            if (parts.Length > 1 && shown++ < 25)
            {
                Console.WriteLine("WRONG");
                foreach (var p in parts) foreach (var r in p) Console.WriteLine($"   {t[r]} " + string.Join("|", model.Columns.Select(x => columns.Pool[columns.Get(x)[r]])));
                var w = res.Explain(columns.Order[parts[0].First()], columns.Order[parts[1].First()]);
                Console.WriteLine($"   bits {w.Bits:f2}: " + string.Join("; ", w.Steps.Select(s => $"{s.Comparison} {s.Words} {s.Bits:f1}{s.TermBits:+0.0;-0.0;}")));
            }
        }
    }
}
