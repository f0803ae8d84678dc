using System.Globalization;
using System.Net;
using System.Text;

namespace Legwork.Linking;

/// <summary>
/// One HTML file without anything from outside: the weights, what each pass brought, waterfalls of the pairs whose review would teach
/// most, and, where the truth is known, precision and recall over all thresholds.
/// </summary>
internal static class LinkReport
{
    private const int Waterfalls = 20;
    private const int Width = 640;

    public static string Html(LinkModel model, RecordTable table, LinkResult result, int[]? truth)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Text(model.Name)).Append("</title><style>")
            .Append("body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 "
                + "1rem}table{border-collapse:collapse}td,th{padding:.2rem .6rem;text-align:left;border-bottom:1px solid "
                + "#ccc}td.n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}figure{margin:1.5rem 0}")
            .Append("</style></head><body><h1>").Append(Text(model.Name)).Append("</h1>");
        html.Append(Invariant($"<p>{table.Count} records, {result.ComparedPairs} pairs compared, {result.ClusterCount} clusters, ")
            + Invariant($"{result.Probable.Count} probable pairs.</p>"));
        if (truth is not null) AppendAccuracy(html, result, truth);
        AppendWeights(html, result.Weights);
        AppendPasses(html, result);
        html.Append("<h2>Pairs whose review would teach most</h2>");
        foreach (var pair in result.MostInstructive(Waterfalls)) AppendWaterfall(html, table, result.Explain(pair.A, pair.B));
        return html.Append("</body></html>\n").ToString();
    }

    private static void AppendAccuracy(StringBuilder html, LinkResult result, int[] truth)
    {
        var accuracy = Accuracy.Of(result.Clusters, truth);
        html.Append(Invariant($"<h2>Against the truth</h2><p>Precision {accuracy.Precision:f5}, recall {accuracy.Recall:f5}, F1 {accuracy.F1:f5} ")
            + Invariant($"over {accuracy.TruePairs} true pairs.</p>"));
        var points = ThresholdCurve.Of(result.Pairs, truth);
        if (points.Count < 2) return;
        const int height = 260;
        double low = points.Min(p => p.Bits), high = points.Max(p => p.Bits), span = Math.Max(1e-9, high - low);
        string Line(Func<ThresholdPoint, double> value) => string.Join(' ',
            points.Select(p => Invariant($"{40 + (p.Bits - low) / span * (Width - 60):f1},{20 + (1 - value(p)) * (height - 60):f1}")));
        html.Append(Invariant($"<figure><svg viewBox=\"0 0 {Width} ")
            + Invariant($"{height}\" role=\"img\" aria-label=\"Precision and recall of the weighed pairs by threshold\">"))
            .Append(Invariant($"<line x1=\"40\" y1=\"{height - 40}\" x2=\"{Width - 20}\" y2=\"{height - 40}\" stroke=\"#888\"/><line x1=\"40\" ")
                + Invariant($"y1=\"20\" x2=\"40\" y2=\"{height - 40}\" stroke=\"#888\"/>"))
            .Append(Invariant($"<polyline fill=\"none\" stroke=\"#0b6\" stroke-width=\"2\" points=\"{Line(p => p.Precision)}\"/>")
                + Invariant($"<polyline fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" points=\"{Line(p => p.Recall)}\"/>"))
            .Append(Invariant($"<text x=\"40\" y=\"{height - 20}\" font-size=\"12\">{low:f1} bits</text><text x=\"{Width - 20}\" ")
                + Invariant($"y=\"{height - 20}\" font-size=\"12\" text-anchor=\"end\">{high:f1} bits</text>"))
            .Append("<text x=\"4\" y=\"26\" font-size=\"12\">1</text></svg><figcaption>Precision (green) and recall (blue) of the weighed pairs, "
                + "by the threshold in bits.</figcaption></figure>");
    }

    private static void AppendWeights(StringBuilder html, Weights weights)
    {
        html.Append(Invariant($"<h2>Weights</h2><p>Prior {weights.Prior:g3} ({weights.PriorBits:f2} bits).</p><table><tr>")
            + Invariant($"<th>Comparison<th>Found<th>m<th>u<th>bits</tr>"));
        for (var c = 0; c < weights.Comparisons.Count; c++)
        {
            var comparison = weights.Comparisons[c];
            for (var a = 1; a < comparison.Answers; a++)
            {
                var words = a == comparison.ElseAnswer ? comparison.Else : comparison.Levels[a - 1].Words;
                html.Append("<tr><td>").Append(Text(a == 1 ? comparison.Name : "")).Append("<td>").Append(Text(words))
                    .Append(Invariant($"<td class=\"n\">{weights.M[c][a]:0.####}<td class=\"n\">{weights.U[c][a]:0.#######}<td ")
                        + Invariant($"class=\"n\">{weights.Bits(c, a):+0.00;-0.00}</tr>"));
            }
        }

        html.Append("</table>");
        foreach (var warning in weights.Warnings) html.Append("<p><strong>Warning:</strong> ").Append(Text(warning)).Append("</p>");
    }

    private static void AppendPasses(StringBuilder html, LinkResult result)
    {
        if (result.Passes.Count == 0) return;
        html.Append("<h2>Blocking passes</h2><table><tr><th>Key<th>Pairs<th>New<th>Expected matches among the new</tr>");
        foreach (var pass in result.Passes)
            html.Append("<tr><td>").Append(Text(string.Join(" + ", pass.Key)))
                .Append(Invariant($"<td class=\"n\">{pass.Pairs}<td class=\"n\">{pass.New}<td class=\"n\">{pass.Matches:f0}</tr>"));
        html.Append("</table>");
    }

    private static void AppendWaterfall(StringBuilder html, RecordTable table, Waterfall waterfall)
    {
        var bars = new List<(string Words, double Bits)> { ("prior", waterfall.PriorBits) };
        bars.AddRange(waterfall.Steps.Where(s => s.Bits + s.TermBits != 0)
            .Select(s => ($"{s.Comparison}: {s.Words} ({s.A} | {s.B})", s.Bits + s.TermBits)));
        double at = 0, low = 0, high = 0;
        foreach (var (_, bits) in bars) (at, low, high) = (at + bits, Math.Min(low, at + bits), Math.Max(high, at + bits));
        var scale = (Width - 20) / Math.Max(1e-9, high - low);
        var height = bars.Count * 34 + 10;
        html.Append(Invariant($"<figure><figcaption><strong>{Text(table.IdOf(waterfall.A))} – {Text(table.IdOf(waterfall.B))}</strong>: ")
            + Invariant($"{waterfall.Bits:f2} bits, probability {waterfall.Probability:f4}</figcaption><svg viewBox=\"0 0 {Width} {height}\" ")
            + Invariant($"role=\"img\" aria-label=\"Waterfall of weights\">"));
        at = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            var (words, bits) = bars[i];
            var x = 10 + (Math.Min(at, at + bits) - low) * scale;
            html.Append(Invariant($"<text x=\"10\" y=\"{i * 34 + 14}\" font-size=\"11\">{Text(words)} {bits:+0.00;-0.00}</text><rect x=\"{x:f1}\" ")
                + Invariant($"y=\"{i * 34 + 18}\" width=\"{Math.Abs(bits) * scale:f1}\" height=\"10\" fill=\"{(bits < 0 ? "#c33" : "#0a6")}\"/>"));
            at += bits;
        }

        html.Append("</svg></figure>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Precision and recall of the weighed pairs from one threshold up.</summary>
internal readonly record struct ThresholdPoint(double Bits, double Precision, double Recall);

internal static class ThresholdCurve
{
    private const int Points = 60;

    /// <param name="pairs">Surest first. Recall is of the true pairs among them, since others were never weighed.</param>
    public static List<ThresholdPoint> Of(IReadOnlyList<ScoredPair> pairs, int[] truth)
    {
        var right = new int[pairs.Count + 1];
        for (var i = 0; i < pairs.Count; i++) right[i + 1] = right[i] + (truth[pairs[i].A] == truth[pairs[i].B] ? 1 : 0);
        var points = new List<ThresholdPoint>();
        var step = Math.Max(1, pairs.Count / Points);
        for (var n = step; n <= pairs.Count; n += step)
            points.Add(new ThresholdPoint(pairs[n - 1].Bits, right[n] / (double)n, right[^1] == 0 ? 1 : right[n] / (double)right[^1]));
        return points;
    }
}
