using System.Globalization;
using Legwork.Platform.Storage;

namespace Legwork.Cases.Tests;

public class BenchTests
{
    [Theory, InlineData(Engine.Sqlite, "2"), InlineData(Engine.Postgres, "on")]
    public async Task The_bench_finds_every_acknowledged_transition_again_under_full_durability(Engine engine, string synchronous)
    {
        using var district = TestStore.Open(engine, [.. CaseBench.Modules.Skip(1)]);
        var seconds = double.Parse(Environment.GetEnvironmentVariable("LEGWORK_BENCH_SECONDS") ?? "0.3", CultureInfo.InvariantCulture);
        var run = await CaseBench.Run(district.Where, Repository.In("rules"), Repository.In("districts", "540102", "calendar.yaml"),
            workers: 32, seconds);
        (run.Engine, run.Complete, run.Synchronous).ShouldBe((engine, true, synchronous));
        run.Transitions.ShouldBeGreaterThan(0);
        foreach (var line in CaseBench.Table([run])) TestContext.Current.TestOutputHelper!.WriteLine(line);
    }
}
