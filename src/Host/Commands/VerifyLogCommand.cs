using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

internal static class VerifyLogCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("verify-log", "Show that the log of reads is whole: no flipped bit, no cut tail, no rewrite.");
        var heads = new Option<string[]>("--heads")
        {
            HelpName = "DIR",
            Description = "A folder with heads that were kept elsewhere; may be given several times.",
            DefaultValueFactory = _ => []
        };
        command.Options.Add(heads.Looked(CommandOptions.NoFolder));
        var key = command.FileToRead("--public-key", "F", "The public key to check signatures with (default: of the district's own signing key).");
        var json = command.Flag("--json", "Print as JSON.");
        command.SetAction((line, _) => door.OpenExisting(line,
            district => Verify(district, door.Options(line), line.GetValue(heads)!, line.GetValue(key), line.GetValue(json))));
        return command;
    }

    private static async Task<int> Verify(IServiceProvider district, DistrictOptions options, string[] heads, string? key, bool json)
    {
        var watch = Stopwatch.StartNew();
        Unusable.RefuseDamage(district.GetRequiredService<Store>());
        var verdict = LogVerdict.On(district.GetRequiredService<Store>(),
            key is null ? district.GetRequiredService<ReadLog>().PublicKey : await File.ReadAllTextAsync(key), [options.HeadsFolder, .. heads]);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { whole = verdict.Whole, verdict.Entries, verdict.Chains, verdict.Faults, seconds = watch.Elapsed.TotalSeconds },
                JsonSerializerOptions.Web));
        }
        else
        {
            foreach (var fault in verdict.Faults) Console.WriteLine($"FAULT  {fault}");
            Console.WriteLine($"{verdict.Entries:N0} entries in {verdict.Chains} chain(s), {watch.Elapsed.TotalSeconds:0.0} s: "
                + $"{(verdict.Whole ? "whole" : "NOT whole")}");
        }
        return verdict.Whole ? 0 : 1;
    }
}
