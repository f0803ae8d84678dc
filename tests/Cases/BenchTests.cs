using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

public class BenchTests
{
    [Fact]
    public async Task The_bench_finds_every_acknowledged_transition_again_under_full_durability()
    {
        var folder = Directory.CreateTempSubdirectory("legwork-bench-").FullName;
        var seconds = double.Parse(Environment.GetEnvironmentVariable("LEGWORK_BENCH_SECONDS") ?? "0.3", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            var run = await CaseBench.Run(Path.Combine(folder, "bench.db"), Path.Combine(Office.Repository, "rules"),
                Path.Combine(Office.Repository, "districts", "540102", "calendar.yaml"), workers: 32, seconds);
            (run.Engine, run.Complete, run.Synchronous).ShouldBe((Engine.Sqlite, true, "2"));
            run.Transitions.ShouldBeGreaterThan(0);
            foreach (var line in CaseBench.Table([run])) TestContext.Current.TestOutputHelper!.WriteLine(line);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
