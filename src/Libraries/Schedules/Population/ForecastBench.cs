using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Legwork.Schedules.Population;

/// <summary>Times of one forecast and rates of a population, on invented people.</summary>
/// <param name="P50">Milliseconds of one forecast of all antigens on one core; likewise <paramref name="P99"/>.</param>
/// <param name="PerSecond">Patients a second from NDJSON to NDJSON.</param>
/// <param name="PeakMegabytes">Largest working set of the process during the population.</param>
public sealed record ForecastFigures(double LoadMs, double P50, double P99, double DosesEach, double PerSecond,
    double PerSecondExplained, double CpuMicroseconds, int Patients, double Seconds, double PeakMegabytes);

/// <summary>The measuring behind <c>legwork bench forecast</c>.</summary>
public static class ForecastBench
{
    private static readonly DateOnly Assessed = new(2026, 1, 15);

    /// <param name="load">Reads the rule set; timed.</param>
    /// <param name="folder">Where the files of patients and answers may lie meanwhile.</param>
    public static async Task<ForecastFigures> Run(Func<RuleSet> load, string folder, int patients, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var forecaster = new Forecaster(load());
        var loading = watch.Elapsed.TotalMilliseconds;
        var people = new InventedPatients(forecaster.RuleSet, seed: 1);
        var (p50, p99, doses) = One(forecaster, people);
        var file = Path.Combine(folder, "patients.ndjson");
        await using (var writer = new StreamWriter(file, false, new UTF8Encoding(false), 1 << 16))
            for (var i = 0; i < patients; i++) await writer.WriteLineAsync(InventedPatients.Line($"P{i}", people.Next(Assessed)));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var plain = await Population(forecaster, file, folder, explain: false);
        var each = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / patients;
        // Explanations are three times as long; a part of the people shows their rate.
        var few = Path.Combine(folder, "some.ndjson");
        var some = Math.Min(patients, 100_000);
        await File.WriteAllLinesAsync(few, File.ReadLines(file).Take(some), new UTF8Encoding(false));
        var explained = await Population(forecaster, few, folder, explain: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {forecaster.RuleSet.Id}, {patients} people in {plain:f1} s on {Environment.ProcessorCount} cores: {patients / plain:f0} patients/s, "
                + $"with explanations {some / explained:f0} patients/s"));
        return new ForecastFigures(loading, p50, p99, doses, patients / plain, some / explained, each, patients, plain,
            Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);
    }

    private static (double P50, double P99, double Doses) One(Forecaster forecaster, InventedPatients people)
    {
        const int Warm = 3000, Counted = 20_000;
        var some = Enumerable.Range(0, Warm + Counted).Select(_ => people.Next(Assessed)).ToList();
        var times = new double[Counted];
        for (var i = 0; i < some.Count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            forecaster.Forecast(some[i], Assessed);
            if (i >= Warm) times[i - Warm] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[Counted / 2], times[Counted * 99 / 100], some.Average(p => p.Doses.Count));
    }

    private static async Task<double> Population(Forecaster forecaster, string file, string folder, bool explain)
    {
        var run = new PopulationRun(forecaster, new PopulationSettings(Assessed, explain, KeepGoing: false, Environment.ProcessorCount));
        var watch = Stopwatch.StartNew();
        await using (var input = File.OpenRead(file))
        await using (var output = File.Create(Path.Combine(folder, "forecasts.ndjson")))
            if ((await run.Run(input, output)).Refused > 0) throw new InvalidOperationException("An invented patient was refused.");
        return watch.Elapsed.TotalSeconds;
    }
}
