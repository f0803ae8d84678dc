using System.CommandLine;
using System.Text.Json;
using Legwork.People.Contracts;
using Legwork.Platform.Access;
using Legwork.Platform.Modules;
using Legwork.Registers;
using Microsoft.Extensions.DependencyInjection;

namespace Legwork.People.Commands;

/// <summary>The offices' files of a month, taken in at once.</summary>
internal static class ImportCommand
{
    public static Command Make(IDistrictDoor door)
    {
        var command = new Command("import", "Take the offices' files lying in DIR, make one file a person, and show what disagrees.");
        var folder = command.FolderWord("DIR", "The folder with the offices' files.");
        var json = command.Flag("--json", "Print as JSON.");
        var check = command.Flag("--check", "Say what would happen, and take nothing.");
        command.SetAction((line, _) => door.Open(line,
            district => Take(district, line.GetRequiredValue(folder), line.GetValue(json), line.GetValue(check))));
        return command;
    }

    private static async Task<int> Take(IServiceProvider district, string folder, bool json, bool check)
    {
        var progress = new ProgressLine(quiet: json);
        var registers = district.GetRequiredService<IRegisters>();
        var taken = check ? await registers.CheckFolder(folder, progress.Show) : await registers.TakeFolder(folder, Actor.System, progress.Show);
        progress.Clear();
        if (json) Console.WriteLine(JsonSerializer.Serialize(ForMachines(taken), JsonOptions));
        else Print(taken, check);
        return taken.AllTaken && taken.Files.Count + taken.Grids.Count > 0 ? 0 : 1;
    }

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static object ForMachines(FolderTaken taken) => new
    {
        allTaken = taken.AllTaken,
        taken.Seconds,
        taken.ListSeconds,
        files = taken.Files.Select(file => new
        {
            file.FileName,
            file.Source,
            verdict = file.Verdict.ToString(),
            file.Rows,
            file.Learned,
            file.Changed,
            file.Ended,
            refusals = file.Refusals.Select(fault => new { fault.Code, sentence = fault.Sentence("en"), fault.Rows, fault.RowCount }),
        }),
        taken.Grids,
        refused = taken.Refused.Select(file => new { file.FileName, file.Refusal.Code, sentence = file.Refusal.Message }),
        taken.Passed,
        taken.Updated,
    };

    private static void Print(FolderTaken taken, bool check)
    {
        if (check) Console.WriteLine("Checked only: this is what would happen; nothing was taken.");
        foreach (var grids in taken.Grids)
        {
            Console.WriteLine($"{(check ? "fit     " : "taken   ")} {grids.FileName}: {grids.Count:N0} grids, "
                + $"{grids.Added:N0} new, {grids.Changed:N0} changed");
            foreach (var note in grids.Notes) Console.WriteLine($"         {note}");
        }
        foreach (var file in taken.Files)
        {
            Console.WriteLine(file.Verdict switch
            {
                Verdict.Take => $"{(check ? "fit     " : "taken   ")} {file.FileName}: {file.Rows:N0} rows, {file.Learned:N0} new, "
                    + $"{file.Changed:N0} changed, {file.Ended:N0} gone",
                Verdict.AlreadyTaken => $"known    {file.FileName}: taken before, nothing to do",
                _ => $"REFUSED  {file.FileName}: nothing of it was taken",
            });
            foreach (var refusal in file.Refusals) Console.WriteLine($"         {refusal.Code}: {refusal.Sentence("en")}");
            foreach (var note in file.Notes.Where(note => note.Code != "registers.note.no_previous"))
                Console.WriteLine($"         {note.Sentence("en")}");
            foreach (var found in file.Findings.GroupBy(finding => finding.Code))
                Console.WriteLine($"         {found.First().Sentence("en")}: {found.Count():N0} "
                    + $"(row {string.Join(", ", found.Select(one => one.Row).Distinct().Take(5))} …)");
        }
        foreach (var (name, refusal) in taken.Refused) Console.WriteLine($"REFUSED  {name}: {refusal.Message}");
        foreach (var name in taken.Passed) Console.WriteLine($"passed   {name}: not a list");
        if (taken.Updated is { } updated)
        {
            Console.WriteLine($"{updated.Rows:N0} rows in {updated.Files:N0} files ({updated.Opened:N0} new); "
                + $"{updated.FindingsOpened:N0} findings opened, {updated.FindingsClosed:N0} closed; "
                + $"{updated.Pairs + updated.Waiting:N0} pairs wait for a clerk");
            Console.WriteLine($"lists {taken.ListSeconds:0.0} s, matching and findings {taken.Seconds - taken.ListSeconds:0.0} s");
        }
        if (taken.Files.Count + taken.Grids.Count == 0 && taken.Refused.Count == 0)
            Console.WriteLine("No office's list lies in this folder itself (its subfolders are not looked at).");
    }
}
