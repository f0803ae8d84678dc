using System.Diagnostics;
using Legwork.Platform.Modules;

namespace Legwork.Host.Bench;

/// <summary>
/// A thousand people, each signed in by themselves, who click every ten seconds whether or not the page before has come: a hundred clicks a second,
/// at their times, so that waiting counts.
/// </summary>
internal sealed class ClickingPeople(Browser browser, IReadOnlyList<Click> clicks)
{
    private const int People = 1_000;
    private const double SecondsBetween = 10;
    private const int SignInsAtOnce = 4;

    public async Task<IReadOnlyList<Measured>> Run(int seconds)
    {
        var sessions = new string[People];
        await Parallel.ForAsync(0, People, new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce },
            async (i, _) => sessions[i] = await browser.SignIn(clicks[i % clicks.Count].Page.SignIn));
        var waits = new List<Task<(string Page, double Ms)>>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < seconds * People / SecondsBetween; i++)
        {
            var due = TimeSpan.FromSeconds(i * SecondsBetween / People);
            if (due - watch.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            var (session, click) = (sessions[i % People], clicks[i % People % clicks.Count]);
            waits.Add(Task.Run(async () =>
            {
                await browser.Page(session, click.Path);
                return (click.Page.Name, (watch.Elapsed - due).TotalMilliseconds);
            }));
        }
        var all = await Task.WhenAll(waits);
        var sorted = all.Select(wait => wait.Ms).Order().ToArray();
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        var slowest = all.GroupBy(wait => wait.Page).MaxBy(page => page.Average(wait => wait.Ms))!;
        return
        [
            new($"{People} people: clicks a second", all.Length / watch.Elapsed.TotalSeconds, "/s"), new($"{People} people: p50", At(0.5), "ms"),
            new($"{People} people: p95 (to reach 400)", At(0.95), "ms"), new($"{People} people: p99", At(0.99), "ms"),
            new($"{People} people: slowest page, {slowest.Key}, mean", slowest.Average(wait => wait.Ms), "ms"),
        ];
    }
}
