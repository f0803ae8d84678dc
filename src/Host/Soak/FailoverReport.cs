using System.Globalization;
using System.Text;
using Legwork.Host.Bench;
using Legwork.Platform.Modules;

namespace Legwork.Host.Soak;

/// <summary>Runs <c>soak failover</c> and prints a line after each trial, then how long each kind took and what people were told.</summary>
internal static class FailoverReport
{
    private const string Head = """
        # Failover

        Three etcd, three PostgreSQL under Patroni, HAProxy and two nodes on one machine, `fsync` on; six supervisors write and look through HAProxy
        while something is killed or cut ([grow](../../docs/how-to/grow.md)). Seconds from the kill until everybody had written again, at most 30;
        for *all of etcd*, gone for 40 s or longer, also how long a write took after them. Written by `./legwork soak failover --record`,
        the newest run first; times are UTC.

        """;

    private static readonly string Page = Path.Combine(DistrictOptions.Home, "bench", "results", "failover.md");

    /// <param name="only">One kind of loss; empty is each in turn.</param>
    /// <param name="record">Whether the run is written into its page.</param>
    public static async Task<IReadOnlyList<string>> Run(string folder, int seed, int times, string only, bool record)
    {
        var (line, began) = (new ProgressLine(), DateTimeOffset.UtcNow);
        var verdict = await new FailoverTrials(folder, seed).Run(times, only, stage => line.Show(stage, 0), trial =>
        {
            line.Clear();
            Console.WriteLine($"{trial.What,-14} {trial.Whom,-20} somebody wrote again after {trial.First.TotalSeconds,5:0.0} s, "
                + $"everybody after {trial.All.TotalSeconds,5:0.0} s (load {trial.Load:0})");
        });
        line.Clear();
        var told = Told(verdict);
        Console.WriteLine(told);
        if (record) await File.WriteAllTextAsync(Page, With(File.Exists(Page) ? await File.ReadAllTextAsync(Page) : "", began, told));
        return verdict.Faults;
    }

    /// <summary>The page with this run before the earlier ones.</summary>
    private static string With(string page, DateTimeOffset began, string told)
    {
        var earlier = page.IndexOf("\n## ", StringComparison.Ordinal);
        var heading = string.Create(CultureInfo.InvariantCulture,
            $"\n## {began.UtcDateTime:yyyy-MM-dd HH:mm} to {DateTime.UtcNow:HH:mm}\n\n{MachineNamed.Here().InWords}.");
        return $"{Head}{heading} {told}\n{(earlier < 0 ? "" : page[earlier..])}";
    }

    private static string Told(FailoverVerdict verdict)
    {
        var text = new StringBuilder();
        var loads = verdict.Trials.Select(trial => trial.Load).Order().ToList();
        var answers = string.Join(", ", verdict.Answers.Select(answer =>
            string.Create(CultureInfo.InvariantCulture, $"{answer.Value:N0} × {answer.Key}")));
        text.Append(CultureInfo.InvariantCulture, $"""
            Load average {loads[0]:0} to {loads[^1]:0}, {loads[loads.Count / 2]:0} at the median.
            {verdict.Writes:N0} acknowledged writes and {verdict.Looks:N0} shown looks were searched for, of {verdict.Unknown:N0} writes
            nobody was told the fate; {verdict.Faults.Count} faults. Answers: {answers}.

            | lost | rounds | within {FailoverTrials.WritableMax.TotalSeconds:0} s | median | at most | each |
            |---|---|---|---|---|---|

            """);
        foreach (var kind in verdict.Trials.GroupBy(trial => trial.What))
        {
            var sorted = kind.Select(trial => trial.All.TotalSeconds).Order().ToList();
            var each = string.Join(", ", kind.Select(trial => trial.All.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)));
            var within = kind.Count(trial => trial.All <= FailoverTrials.WritableMax);
            text.Append(CultureInfo.InvariantCulture, $"| {kind.Key} | {sorted.Count} | {within} ");
            text.Append(CultureInfo.InvariantCulture, $"| {sorted[sorted.Count / 2]:0.0} | {sorted[^1]:0.0} | {each} |\n");
        }
        if (verdict.Faults.Count > 0) text.Append('\n');
        foreach (var fault in verdict.Faults) text.Append(CultureInfo.InvariantCulture, $"* {fault}\n");
        return text.ToString();
    }
}
