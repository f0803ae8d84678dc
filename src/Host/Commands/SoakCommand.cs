using Legwork.Cases.Contracts;
using Legwork.Host.Soak;
using Legwork.People.Contracts;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The proofs that the tests hold in small, at length.</summary>
internal static class SoakCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var what = args.Word(0, "The word 'kill', 'fuzz' or 'damage'");
        var times = args.Number("times", what switch { "kill" => 200, "fuzz" => 1_000_000, _ => 10_000 }, 1, 100_000_000);
        var (seed, storage) = (args.Number("seed", 1, 0, int.MaxValue), args.Option("storage") ?? "");
        args.Done(wordsMax: 1);
        var folder = Directory.CreateTempSubdirectory("legwork-soak-").FullName;
        try
        {
            var faults = what switch
            {
                "kill" => await Kill(folder, storage, seed, times),
                "fuzz" => await Fuzz(folder, storage, seed, times),
                "damage" => await Damage(folder, storage, seed, times),
                _ => throw new UsageException($"There is no soak '{what}'."),
            };
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
        Console.WriteLine($"{verdict.Kills:N0} kills, {verdict.Acknowledged:N0} acknowledgements looked for, {verdict.Entries:N0} entries of the log verified");
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
                verdicts.Add(await new FuzzTrials(soak.Address, soak.Endpoints, seed + verdicts.Count).Run(Math.Min(perDistrict, requests - sent), soak.SignIns,
                    progress: done => line.Show($"{before + done:N0} of {requests:N0} requests", 0)));
            }
            if (storage.Length == 0) Directory.Delete(round, recursive: true);
        }
        line.Clear();
        var statuses = verdicts.SelectMany(verdict => verdict.Statuses).GroupBy(status => status.Key, status => status.Value).OrderBy(status => status.Key);
        Console.WriteLine($"{verdicts.Sum(verdict => verdict.Requests):N0} requests to {verdicts[0].Routes} routes and {verdicts.Sum(verdict => verdict.Forms):N0} forms"
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
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var run = args.Need("run", "NAME");
        var (workers, turns) = (args.Number("workers", 1, 1, 64), args.Number("turns", 1, 1, int.MaxValue));
        args.Done(wordsMax: 0);
        await using var district = District.Open(options);
        var writer = new SoakWriter(district.GetRequiredService<Store>(), district.GetRequiredService<ReadLog>(), district.GetRequiredService<ICases>(), Console.Out, run);
        Console.WriteLine("writing");
        await writer.Write(workers, turns);
        return 0;
    }
}
