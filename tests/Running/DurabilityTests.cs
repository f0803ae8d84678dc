using System.Diagnostics;
using Legwork.Host.Soak;
using Legwork.Platform.Storage;

namespace Legwork.Running.Tests;

public class DurabilityTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Everything_acknowledged_is_there_once_after_each_of_many_kills_and_the_log_is_whole(Engine engine)
    {
        var kills = TestRun.Times(6, quick: 2);
        using var place = new Place(engine, node: "soak");
        await using (place.Open())
        {
            // Tables and keys are there before the first kill, as they are on any day but the first.
        }
        var verdict = await new KillTrials(place.Options, seed: 20).Run(kills, busyMillisecondsMax: 400);

        verdict.Faults.ShouldBeEmpty();
        verdict.Kills.ShouldBe(kills);
        verdict.Acknowledged.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper!.WriteLine($"{engine}: {verdict.Acknowledged:N0} acknowledgements, {verdict.Entries:N0} entries");
    }

    [Fact]
    public async Task No_acknowledgement_precedes_the_sync_of_what_it_acknowledges()
    {
        if (!File.Exists("/usr/bin/strace")) Assert.Skip("strace is not installed: sudo apt-get install --no-install-recommends strace");
        using var place = new Place(Engine.Sqlite, node: "soak");
        var child = KillTrials.Child(place.Options, "--run", "sync", "--workers", "1", "--turns", "25");
        var trace = place.In("trace");
        var words = child.ArgumentList.ToList();
        var start = new ProcessStartInfo("/usr/bin/strace") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["-f", "-y", "-s", "64", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", trace, child.FileName, .. words])
            start.ArgumentList.Add(word);
        using var traced = Process.Start(start)!;
        var complaints = traced.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await traced.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await traced.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (!File.Exists(trace) || (await complaints).Contains("PTRACE", StringComparison.Ordinal))
            Assert.Skip("This machine does not let one process trace another.");

        var judged = SyncTrace.Judge(File.ReadLines(trace));
        judged.Early.ShouldBeEmpty();
        judged.Acknowledged.ShouldBe(125);
        judged.Syncs.ShouldBeGreaterThanOrEqualTo(100);
    }

    [Fact]
    public void An_acknowledgement_before_its_sync_is_seen()
    {
        string[] early =
        [
            "7 pwrite64(45</d/district.db-wal>, \"\"..., 4096, 32) = 4096",
            "8 write(1<pipe:[1]>, \"setting soak/a\\n\", 15) = 15",
            "7 fdatasync(45</d/district.db-wal>) = 0",
        ];
        SyncTrace.Judge(early).Early.ShouldHaveSingleItem();
        string[] whileSyncing =
        [
            "7 pwrite64(45</d/district.db-wal>, \"\"..., 4096, 32) = 4096",
            "7 fdatasync(45</d/district.db-wal> <unfinished ...>",
            "8 write(1<pipe:[1]>, \"setting soak/a\\n\", 15) = 15",
            "7 <... fdatasync resumed>) = 0",
        ];
        SyncTrace.Judge(whileSyncing).Early.ShouldHaveSingleItem();
        SyncTrace.Judge([early[0], early[2], early[1]]).Early.ShouldBeEmpty();
    }
}
