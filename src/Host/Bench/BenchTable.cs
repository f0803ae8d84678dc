using System.Globalization;
using System.Text;
using Legwork.Platform.Modules;

namespace Legwork.Host.Bench;

/// <summary>One run of a bench as its table tells it.</summary>
/// <param name="Storage"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Machine">Processor, cores, memory and runtime in a few words.</param>
internal sealed record BenchRun(DateTimeOffset At, string Storage, string Machine, IReadOnlyList<Measured> Figures)
{
    public string Heading => string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:yyyy-MM-dd HH:mm} {Storage}");
}

/// <summary>
/// The one page a bench that the repository keeps, <c>bench/results/NAME.md</c>: a line for each figure, a column for each run, the newest
/// first, and the peer's figure. What somebody wrote below the table, from its first <c>##</c> on, stays.
/// </summary>
internal static class BenchTable
{
    /// <summary>Columns of one storage engine: today's and a few to compare with.</summary>
    public const int RunsMax = 4;

    private const string MachineLine = "machine";
    private const string Nothing = "–";

    /// <param name="page">As it stands; null when there is none yet.</param>
    public static string With(string? page, string bench, string sentence, BenchRun run)
    {
        var table = Table.Read(page ?? "");
        table.Add(run);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {bench}\n\n{sentence}\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Measured and written by `./legwork bench {bench} --record`, the newest run first; times are UTC.\n\n");
        table.Write(text);
        var below = page?.IndexOf("\n## ", StringComparison.Ordinal) ?? -1;
        if (below >= 0) text.Append(page.AsSpan(below));
        return text.ToString();
    }

    public static string Number(double value) => value.ToString(value >= 100 ? "N0" : value < 1 ? "0.#####" : "0.###", CultureInfo.InvariantCulture);

    private sealed class Table
    {
        private readonly List<string> runs = [];
        private readonly List<string> lines = [MachineLine];
        private readonly Dictionary<(string Line, string Run), string> cells = [];
        private readonly Dictionary<string, string> peers = [];

        /// <summary>The first table of a page.</summary>
        public static Table Read(string page)
        {
            var table = new Table();
            var rows = page.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
                .Where(line => !line.StartsWith("|---", StringComparison.Ordinal)).Select(Cells).ToList();
            if (rows.Count == 0) return table;
            table.runs.AddRange(rows[0][1..^1]);
            foreach (var row in rows.Skip(1)) table.Put(row[0], table.runs.Zip(row[1..^1]), row[^1]);
            return table;
        }

        public void Add(BenchRun run)
        {
            runs.Remove(run.Heading);
            foreach (var line in lines) cells.Remove((line, run.Heading));
            runs.Insert(0, run.Heading);
            Put(MachineLine, [(run.Heading, run.Machine)], "");
            foreach (var figure in run.Figures)
                Put(figure.What, [(run.Heading, $"{Number(figure.Ours)} {figure.Unit}".TrimEnd())],
                    figure.Peer is { } peer
                        ? $"{Number(peer)} {figure.Unit}".TrimEnd() + (figure.PeerName.Length > 0 ? $" ({figure.PeerName})" : "") : "");
            foreach (var old in runs.Where(heading => heading.EndsWith(" " + run.Storage, StringComparison.Ordinal)).Skip(RunsMax).ToList())
                runs.Remove(old);
            lines.RemoveAll(line => !runs.Exists(heading => cells.ContainsKey((line, heading))));
        }

        public void Write(StringBuilder text)
        {
            Line(text, "", runs, "peer");
            text.Append('|').Append(string.Concat(Enumerable.Repeat("---|", runs.Count + 2))).Append('\n');
            foreach (var line in lines)
                Line(text, line, runs.Select(run => cells.GetValueOrDefault((line, run), Nothing)), peers.GetValueOrDefault(line, ""));
        }

        private void Put(string line, IEnumerable<(string Run, string Cell)> row, string peer)
        {
            if (!lines.Contains(line)) lines.Add(line);
            foreach (var (run, cell) in row)
                if (cell != Nothing) cells[(line, run)] = cell;
            if (peer.Length > 0) peers[line] = peer;
        }

        private static string[] Cells(string line) => [.. line.Trim()[1..^1].Split('|').Select(cell => cell.Trim())];

        private static void Line(StringBuilder text, string first, IEnumerable<string> cells, string last) =>
            text.Append(CultureInfo.InvariantCulture, $"| {first} | {string.Join(" | ", cells)} | {last} |\n");
    }
}
