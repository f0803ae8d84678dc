using System.Diagnostics;
using Legwork.Kernel;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.Platform.ReadLog;

/// <summary>A log of a million reads, written durably and verified.</summary>
internal static class VerifyBench
{
    private const int Entries = 1_000_000;
    private const int AtOnce = 4096;

    public static readonly ModuleBench Bench = new("verify-log", "A log of a million reads verified.", async place =>
    {
        await using var district = place.Open();
        var log = district.GetRequiredService<ReadLog>();
        var watch = Stopwatch.StartNew();
        for (var written = 0; written < Entries; written += AtOnce)
            await Task.WhenAll(Enumerable.Range(written, Math.Min(AtOnce, Entries - written)).Select(i => log.Append(
                new ReadEntry(Guid.Empty, "bench", Role.Clerk, "counter", "people.view",
                    [new PersonId(new Guid(i % 100_000, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7))]))));
        var appending = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var verdict = LogVerdict.On(district.GetRequiredService<Store>(), district.GetRequiredService<LogSigner>().PublicKey,
            [district.GetRequiredService<PlatformPlaces>().HeadsFolder]);
        if (!verdict.Whole) throw new InvalidOperationException(verdict.Faults[0]);
        return [new("entries appended, durable", Entries / appending, "/s"), new($"{Entries:N0} entries verified", watch.Elapsed.TotalSeconds, "s")];
    });
}
