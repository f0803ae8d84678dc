using Legwork.Platform.Modules;

namespace Legwork.Host.Soak;

/// <summary>Runs <c>soak failover</c> and prints a line after each trial, then how long each kind took and what people were told.</summary>
internal static class FailoverReport
{
    public static async Task<IReadOnlyList<string>> Run(string folder, int seed, int times)
    {
        var line = new ProgressLine();
        var verdict = await new FailoverTrials(folder, seed).Run(times, stage => line.Show(stage, 0), trial =>
        {
            line.Clear();
            Console.WriteLine($"{trial.What,-14} {trial.Whom,-20} somebody wrote again after {trial.First.TotalSeconds,5:0.0} s, "
                + $"everybody after {trial.All.TotalSeconds,5:0.0} s");
        });
        line.Clear();
        foreach (var kind in verdict.Trials.GroupBy(trial => trial.What))
        {
            var sorted = kind.Select(trial => trial.All.TotalSeconds).Order().ToList();
            Console.WriteLine($"{kind.Key}: {sorted.Count} times, everybody after {sorted[sorted.Count / 2]:0.0} s at the median, "
                + $"{sorted[^1]:0.0} s at most");
        }
        Console.WriteLine($"{verdict.Writes:N0} acknowledged writes and {verdict.Looks:N0} shown looks were searched for; "
            + $"of {verdict.Unknown:N0} writes nobody was told the fate");
        Console.WriteLine($"Answers: {string.Join(", ", verdict.Answers.Select(answer => $"{answer.Value:N0} × {answer.Key}"))}");
        Console.WriteLine("Bookings do not exist yet and are not in the histories.");
        return verdict.Faults;
    }
}
