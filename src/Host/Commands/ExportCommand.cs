using System.Text;
using Legwork.People.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Host.Commands;

internal static class ExportCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var what = args.Word(0, "The word 'files' or 'findings'");
        var path = args.Need("out", "F.csv");
        args.Done(wordsMax: 1);
        if (what is not ("files" or "findings")) throw new UsageException($"'{what}' cannot be exported; 'files' and 'findings' can.");
        await using var district = District.OpenExisting(options);
        var registers = district.GetRequiredService<IRegisters>();
        int lines;
        await using (var csv = new StreamWriter(path + ".new", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            lines = what == "files" ? await registers.ExportFiles(csv, Actor.System) : await registers.ExportFindings(csv, Actor.System);
        File.Move(path + ".new", path, overwrite: true);
        Console.Error.WriteLine($"{lines:N0} lines in {path}");
        return 0;
    }
}

internal static class FindingsCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var json = args.Flag("json");
        args.Done(wordsMax: 0);
        await using var district = District.OpenExisting(options);
        var counts = district.GetRequiredService<IRegisters>().CountFindings();
        if (json) Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(counts, System.Text.Json.JsonSerializerOptions.Web));
        else if (counts.Count == 0) Console.WriteLine("No findings: either no list was imported yet, or the lists agree.");
        else foreach (var count in counts) Console.WriteLine($"{count.Kind,-22} {count.Open,7:N0} open {count.Answered,7:N0} answered");
        return 0;
    }
}
