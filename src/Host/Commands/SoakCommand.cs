using System.CommandLine;
using Legwork.Cases.Contracts;
using Legwork.Host.Soak;
using Legwork.Messages.Contracts;
using Legwork.People.Contracts;
using Legwork.Platform.Modules;
using Legwork.Platform.Outbox;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;
using Legwork.Webhooks.Contracts;

namespace Legwork.Host.Commands;

/// <summary>The proofs that the tests hold in small, at length.</summary>
internal static class SoakCommand
{
    public static Command Make(DistrictDoor door)
    {
        var soak = new Command("soak", "Long proofs: what the tests hold in small, at length.");
        Add("kill", "kill -9 under load, and everything acknowledged is there once.", 200,
            (line, folder, seed, times) => Kill(folder, door.StorageOf(line), seed, times));
        Add("fuzz", "Odd requests to every route and form, and none ends in a fault.", 1_000_000,
            (line, folder, seed, times) => Fuzz(folder, door.StorageOf(line), seed, times));
        Add("damage", "Damaged lists, each refused by name or taken whole.", 10_000,
            (line, folder, seed, times) => Damage(folder, door.StorageOf(line), seed, times));
        var record = new Option<bool>("--record") { Description = "Write the run into its page, bench/results/failover.md." };
        var only = new Option<string>("--only") { Description = "Only this loss, and not each in turn.", DefaultValueFactory = _ => "" }
            .AcceptOnlyFromAmong(["", .. FailoverTrials.Kinds]);
        var failover = Add("failover",
            "Three PostgreSQL and two nodes on this machine lose a primary, a node, etcd's leader, a line and now and then all of etcd.", 20,
            (line, folder, seed, times) => FailoverReport.Run(folder, seed, times, line.GetValue(only)!, line.GetValue(record)));
        failover.Options.Add(only);
        failover.Options.Add(record);
        return soak;

        Command Add(string name, string sentence, int otherwise, Func<ParseResult, string, int, int, Task<IReadOnlyList<string>>> run)
        {
            var command = new Command(name, sentence);
            var times = command.Number("--times", "How often.", otherwise, 1, 100_000_000);
            var seed = command.Number("--seed", "Another seed tries other things.", 1, 0, int.MaxValue);
            command.SetAction((line, _) => Prove(folder => run(line, folder, line.GetValue(seed), line.GetValue(times)), line.GetValue(seed)));
            soak.Subcommands.Add(command);
            return command;
        }
    }

    private static async Task<int> Prove(Func<string, Task<IReadOnlyList<string>>> run, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("legwork-soak-").FullName;
        try
        {
            var faults = await run(folder);
            foreach (var fault in faults) Console.WriteLine($"FAULT  {fault}");
            Console.WriteLine(faults.Count == 0 ? "No faults." : $"{faults.Count} faults (seed {seed}).");
            return faults.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> Kill(string folder, string storage, int seed, int kills)
    {
        var line = new ProgressLine();
        var options = new DistrictOptions { Data = folder, Storage = storage, Node = "soak" };
        var verdict = await new KillTrials(options, seed).Run(kills, busyMillisecondsMax: 1500, done => line.Show($"{done} of {kills} kills", 0));
        line.Clear();
        Console.WriteLine($"{verdict.Kills:N0} kills, {verdict.Acknowledged:N0} acknowledgements looked for, "
            + $"{verdict.Entries:N0} entries of the log verified");
        return verdict.Faults;
    }

    private static async Task<IReadOnlyList<string>> Fuzz(string folder, string storage, int seed, int requests)
    {
        var line = new ProgressLine();
        var verdicts = new List<FuzzVerdict>();
        // A district of its own for each round: what is asked for in right forms is done, and wears a district out. A given storage holds one.
        var perDistrict = storage.Length == 0 ? 25_000 : requests;
        for (var sent = 0; sent < requests && verdicts.All(verdict => verdict.Faults.Count == 0); sent += perDistrict)
        {
            var round = Directory.CreateDirectory(Path.Combine(folder, $"round-{verdicts.Count}")).FullName;
            // A refusal is expected and would bury a fault; a fault is logged as an error.
            await using (var soak = await SoakDistrict.Make(round, storage, logging => logging.SetMinimumLevel(LogLevel.Error)))
            {
                var before = sent;
                verdicts.Add(await new FuzzTrials(soak.Address, soak.Endpoints, seed + verdicts.Count)
                    .Run(Math.Min(perDistrict, requests - sent), soak.SignIns,
                    progress: done => line.Show($"{before + done:N0} of {requests:N0} requests", 0)));
            }
            if (storage.Length == 0) Directory.Delete(round, recursive: true);
        }
        line.Clear();
        var statuses = verdicts.SelectMany(verdict => verdict.Statuses)
            .GroupBy(status => status.Key, status => status.Value).OrderBy(status => status.Key);
        Console.WriteLine($"{verdicts.Sum(verdict => verdict.Requests):N0} requests to {verdicts[0].Routes} routes and "
            + $"{verdicts.Sum(verdict => verdict.Forms):N0} forms"
            + $" of {verdicts.Count} districts: {string.Join(", ", statuses.Select(status => $"{status.Sum():N0} × {status.Key}"))}");
        return [.. verdicts.SelectMany(verdict => verdict.Faults)];
    }

    private static async Task<IReadOnlyList<string>> Damage(string folder, string storage, int seed, int files)
    {
        var line = new ProgressLine();
        await using var soak = await SoakDistrict.Make(folder, storage);
        var verdict = await new DamageTrials(soak.App.Services.GetRequiredService<IRegisters>(), soak.App.Services.GetRequiredService<Store>(), seed)
            .Run(soak.NextMonth, soak.WorkFolder, files, done => line.Show($"{done:N0} of {files:N0} lists", 0));
        line.Clear();
        Console.WriteLine($"{verdict.Files:N0} damaged lists, {verdict.Refused:N0} of them refused by name, the others taken whole");
        return verdict.Faults;
    }
}

/// <summary>The writing side of <c>soak kill</c>; its first line says that it is at work.</summary>
internal static class SoakWriterCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("soak-writer", "Write and acknowledge until killed.") { Hidden = true };
        var run = command.Needed("--run", "NAME", "Marks what this run writes.");
        var workers = command.Number("--workers", "How many write at once.", 1, 1, 64);
        var turns = command.Number("--turns", "How often each writes.", 1, 1, int.MaxValue);
        var ahead = command.Number("--ahead", "Seconds by which its clock is ahead of the machine's; with any it hands messages over.", 0, 0,
            int.MaxValue);
        command.SetAction(async (line, _) =>
        {
            await using var district = SoakModule.Open(door.Options(line), TimeSpan.FromSeconds(line.GetValue(ahead)));
            return await Write(district, line.GetRequiredValue(run), line.GetValue(workers), line.GetValue(turns), line.GetValue(ahead) > 0);
        });
        return command;
    }

    private static async Task<int> Write(IServiceProvider district, string run, int workers, int turns, bool handsOver)
    {
        var writer = new SoakWriter(district.GetRequiredService<Store>(), district.GetRequiredService<ReadLog>(),
            district.GetRequiredService<ICases>(), district.GetRequiredService<IMessages>(), async () =>
            {
                await district.GetRequiredService<Relay>().DeliverAll();
                await district.GetRequiredService<IWebhooks>().HandOver(CancellationToken.None);
            }, Console.Out, run);
        Console.WriteLine("writing");
        await writer.Write(workers, turns, handsOver);
        return 0;
    }
}
