using Legwork.Platform.Modules;

namespace Legwork.Cases;

/// <summary><see cref="CaseBench"/> on the command line.</summary>
internal static class CasesBench
{
    private const int Workers = 32;

    public static readonly ModuleBench Bench = new("cases",
        $"Case transitions with state, history and outbox each, durable, {Workers} workers.", async place =>
    {
        var where = place.Storage.Length > 0 ? place.Storage : Path.Combine(place.Folder, "cases.db");
        var run = await CaseBench.Run(where, place.Rules, Path.Combine(place.District, "calendar.yaml"), Workers, place.Seconds);
        if (!run.Complete) throw new InvalidOperationException("An acknowledged transition was not found again.");
        return
        [
            new($"case transitions, {run.Engine}", run.PerSecond, "/s", run.PlainPerSecond, "a plain SQL writer of the same rows, in this run"),
            new("p50", run.P50, "ms", run.PlainP50), new("p99", run.P99, "ms", run.PlainP99), new("worst", run.Worst, "ms", run.PlainWorst),
        ];
    });
}
