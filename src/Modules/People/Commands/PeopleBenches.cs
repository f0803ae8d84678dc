using System.Diagnostics;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Commands;

/// <summary>Taking lists in, and searching while others search.</summary>
internal static class PeopleBenches
{
    private const int SearchedPeople = 108_000;

    /// <summary>About so many rows of the eight lists for each insured person.</summary>
    private const int RowsAPerson = 5;

    public static readonly ModuleBench Import = new("import", "Lists of offices taken in, streamed.", TakeIn);

    public static readonly ModuleBench Search = new("search",
        "Search at 200 questions a second, open loop, each answer in the durable read log.", Find);

    private static async Task<IReadOnlyList<Measured>> TakeIn(BenchPlace place)
    {
        var registers = place.Invent(Math.Max(100, place.Rows / RowsAPerson));
        await using var district = place.Open();
        var taken = await Take(district, registers);
        var rows = taken.Files.Sum(file => (long)file.Rows);
        return
        [
            new("rows in the lists", rows, ""), new("rows taken in", rows / taken.ListSeconds, "/s"),
            new("matching and findings", taken.Seconds - taken.ListSeconds, "s"),
            new("memory at the most", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB"),
        ];
    }

    private static async Task<IReadOnlyList<Measured>> Find(BenchPlace place)
    {
        var registers = place.Invent(SearchedPeople);
        await using var district = place.Open();
        await Take(district, registers);
        var run = await district.GetRequiredService<SearchBench>().Run(place.Code, perSecond: 200, seconds: Math.Max(5, place.Seconds));
        return
        [
            new($"questions over {SearchedPeople:N0} people", run.Asked, ""), new("refused or late", run.Refused + run.Late, ""),
            new("p50", run.P50, "ms"), new("p95 (to reach 50)", run.P95, "ms"), new("p99", run.P99, "ms"), new("worst", run.Max, "ms"),
        ];
    }

    private static async Task<FolderTaken> Take(IServiceProvider district, string registers)
    {
        var taken = await district.GetRequiredService<IRegisters>().TakeFolder(registers, Actor.System);
        return taken.AllTaken ? taken : throw new InvalidOperationException("The demonstration's own files were refused.");
    }
}
