using System.CommandLine;
using System.Text;
using System.Text.Json;
using Legwork.People.Contracts;
using Legwork.People.Findings;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Commands;

/// <summary>Which row is whose, and what was found, as CSV.</summary>
internal static class ExportCommands
{
    public static Command Make(IDistrictDoor door)
    {
        var export = new Command("export", "Write which row is whose, or what was found.");
        Add("files", "source,row,file_id for every row of the latest lists that is about a person.",
            (registers, csv) => registers.ExportFiles(csv, Actor.System));
        Add("findings", "kind,file_id,source,row,explanation, a line a finding that stands.",
            (registers, csv) => registers.ExportFindings(csv, Actor.System));
        return export;

        void Add(string what, string sentence, Func<IRegisters, TextWriter, Task<int>> write)
        {
            var command = new Command(what, sentence);
            var path = command.FileToWrite("--out", "F.csv", "The file to write; it appears when it is whole.", needed: true);
            command.SetAction((line, _) => door.OpenExisting(line, district => Write(district, line.GetValue(path)!, write)));
            export.Subcommands.Add(command);
        }
    }

    public static Command Findings(IDistrictDoor door)
    {
        var command = new Command("findings", "Count the findings that stand, by kind.");
        var json = command.Flag("--json", "Print as JSON.");
        command.SetAction((line, _) => door.OpenExisting(line, district => Count(district, line.GetValue(json))));
        return command;
    }

    private static async Task<int> Write(IServiceProvider district, string path, Func<IRegisters, TextWriter, Task<int>> write)
    {
        var unfinished = path + ".new";
        try
        {
            int lines;
            await using (var csv = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
                lines = await write(district.GetRequiredService<IRegisters>(), csv);
            File.Move(unfinished, path, overwrite: true);
            Console.Error.WriteLine($"{lines:N0} lines in {path}");
            return 0;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<int> Count(IServiceProvider district, bool json)
    {
        var counts = await district.GetRequiredService<CountFindings>().Run(CancellationToken.None);
        if (json) Console.WriteLine(JsonSerializer.Serialize(counts, JsonSerializerOptions.Web));
        else if (counts.Count == 0) Console.WriteLine("No findings: either no list was imported yet, or the lists agree.");
        else foreach (var count in counts) Console.WriteLine($"{count.Kind,-22} {count.Open,7:N0} open {count.Answered,7:N0} answered");
        return 0;
    }
}
