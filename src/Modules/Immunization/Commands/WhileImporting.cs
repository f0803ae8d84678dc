using System.Diagnostics.Metrics;
using Legwork.Immunization.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Immunization.Commands;

/// <summary>
/// A nurse records doses while the district takes its lists in: how long each waits for the one writer, and which units kept it too long.
/// </summary>
internal static class WhileImporting
{
    private const int People = 108_000;

    public static readonly ModuleBench Bench = new("while-importing",
        "Doses recorded, 20 a second in open loop, while the lists of 108,000 people are taken in.", Run);

    private static async Task<IReadOnlyList<Measured>> Run(BenchPlace place)
    {
        var registers = place.Invent(Math.Min(People, Math.Max(100, place.Rows / 5)));
        await using var district = place.Open();
        using var units = new UnitsHeard();
        var importing = Task.Run(() => district.GetRequiredService<IRegisters>().TakeFolder(registers, Actor.System));
        var doses = await district.GetRequiredService<DoseBench>().Until(importing);
        var taken = await importing;
        if (!taken.AllTaken) throw new InvalidOperationException("The demonstration's own files were refused.");
        return
        [
            new("rows taken in meanwhile", taken.Files.Sum(file => (long)file.Rows), ""),
            new("seconds, matching and findings included", taken.Seconds, "s"),
            new("doses recorded", doses.Recorded, ""), new("p50", doses.P50, "ms"), new("p95", doses.P95, "ms"),
            new("p99 (to reach 150)", doses.P99, "ms"), new("worst", doses.Worst, "ms"),
            new("slowest hundredth: mean", doses.Slow.All, "ms"), new("of it before it was begun", doses.Slow.Late, "ms"),
            new("of it while memory was collected", doses.Slow.Paused, "ms"),
            new("commits, p50", units.Commit(0.5), "ms"), new("commits, p99", units.Commit(0.99), "ms"), new("longest commit", units.Commit(1), "ms"),
            new("longest unit (budget 50)", units.LongestMs, "ms"), new("units", units.Count, ""),
            .. units.OverBudget.Select(over => new Measured($"over budget: {over.Key}", over.Value, "")),
        ];
    }

    /// <summary>Hears what the store tells of its units.</summary>
    private sealed class UnitsHeard : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly SortedDictionary<string, int> over = new(StringComparer.Ordinal);
        private readonly List<double> commits = [];

        public UnitsHeard()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == PlatformModule.MeterName) listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            {
                if (instrument.Name != "legwork.store.units_over_budget") return;
                lock (over) over[$"{tags[0].Value}"] = over.GetValueOrDefault($"{tags[0].Value}") + 1;
            });
            listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) =>
            {
                lock (over)
                {
                    if (instrument.Name == "legwork.store.commit_time") commits.Add(seconds * 1000);
                    if (instrument.Name == "legwork.store.unit_time") (Count, LongestMs) = (Count + 1, Math.Max(LongestMs, seconds * 1000));
                }
            });
            listener.Start();
        }

        public int Count { get; private set; }

        public double LongestMs { get; private set; }

        /// <summary>Milliseconds within which this share of the commits was on the disk.</summary>
        public double Commit(double share)
        {
            lock (over)
            {
                commits.Sort();
                return commits.Count == 0 ? double.NaN : commits[Math.Min(commits.Count - 1, (int)(share * commits.Count))];
            }
        }

        public IReadOnlyDictionary<string, int> OverBudget => over;

        public void Dispose() => listener.Dispose();
    }
}
