using System.CommandLine;
using System.Text.Json;
using Legwork.Host.Demonstration;
using Legwork.Host.Web;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;

namespace Legwork.Host.Commands;

/// <summary>A living demonstration district in one command. A second start keeps the data.</summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make(DistrictDoor door)
    {
        var command = new Command("demo", "Make a living demonstration district and serve it.");
        var once = command.Flag("--once", "Only make it and print what was found.");
        var json = command.Flag("--json", "Print what was found as JSON.");
        var people = command.Number("--people", "How many invented people are insured.", 108_000, 100, 5_000_000);
        var seed = command.Number("--seed", "Another seed makes other people.", 540102, 1, int.MaxValue);
        var listen = command.Text("--listen", "URL", "The address to serve at.");
        command.SetAction(async (line, _) =>
        {
            var options = door.Options(line);
            if (line.GetValue(listen) is { } address) options.Listen = address;
            options.Demonstration = true;
            if (!line.GetValue(once)) BeforeServing.CheckAddress(options.Listen);
            var summary = await DemonstrationDistrict.Make(options, line.GetValue(people), (ulong)line.GetValue(seed), line.GetValue(json));
            if (line.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(summary, Indented));
            else Print(summary);
            return line.GetValue(once) ? 0 : await Serve(options);
        });
        return command;
    }

    private static async Task<int> Serve(DistrictOptions options)
    {
        using var alone = BeforeServing.Check(options, begin: true);
        await using var app = WebServer.Build(options, []);
        await app.StartAsync();
        Console.WriteLine($"\nThe district is open at {string.Join(", ", app.Urls)}   (Ctrl+C closes it; the data stay in {options.Data})");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Print(DemoSummaryLine summary)
    {
        var more = string.Concat((summary.Counts ?? new Dictionary<string, long>()).Where(count => count.Key is not ("rows" or "files"))
            .Select(count => $"; {count.Value:N0} {count.Key}"));
        Console.WriteLine("Demonstration district 540102 (all people, addresses and shapes "
            + $"invented){(summary.Made ? $", made in {summary.Seconds:0} s" : ", kept as it was made before; --data DIR makes another")}");
        Console.WriteLine($"  {summary.People:N0} people, {summary.Grids:N0} grids, {summary.Dwellings:N0} dwellings; {summary.Rows:N0} rows of "
            + $"eight lists became {summary.Files:N0} files{more}");
        Console.WriteLine($"  rows brought to the right file: F1 {summary.FilesF1:0.0000}, where a row has no number "
            + $"{summary.FilesWithoutNumberF1:0.0000}\n");
        Console.WriteLine($"  {"finding",-22} {"planted",8} {"found",8} {"false",8}");
        foreach (var kind in summary.Findings) Console.WriteLine($"  {kind.Kind,-22} {kind.Planted,8:N0} {kind.Found,8:N0} {kind.False,8:N0}");
        Console.WriteLine($"\n  sign-ins (password {DemonstrationAccounts.Password}):");
        foreach (var account in summary.SignIns) Console.WriteLine($"  {account.SignIn,-12} {account.Role,-14} {account.Scope,-20} {account.Opens}");
    }
}
