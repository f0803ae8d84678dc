using System.Diagnostics;
using System.Text.Json;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

internal static class VerifyLogCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var json = args.Flag("json");
        var heads = args.All("heads");
        var key = args.Option("public-key");
        args.Done(wordsMax: 0);
        await using var district = District.OpenExisting(options);
        var watch = Stopwatch.StartNew();
        var verdict = VerifyLog.Run(district.GetRequiredService<Store>(), key is null ? district.GetRequiredService<LogSigner>().PublicKey : await File.ReadAllTextAsync(key), [options.HeadsFolder, .. heads]);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { whole = verdict.Whole, verdict.Entries, verdict.Chains, verdict.Faults, seconds = watch.Elapsed.TotalSeconds },
                JsonSerializerOptions.Web));
        }
        else
        {
            foreach (var fault in verdict.Faults) Console.WriteLine($"FAULT  {fault}");
            Console.WriteLine($"{verdict.Entries:N0} entries in {verdict.Chains} chain(s), {watch.Elapsed.TotalSeconds:0.0} s: {(verdict.Whole ? "whole" : "NOT whole")}");
        }
        return verdict.Whole ? 0 : 1;
    }
}
