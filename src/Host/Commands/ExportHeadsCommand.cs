using System.CommandLine;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;

namespace Legwork.Host.Commands;

/// <summary>The auditors' copy: what is signed today, off this server.</summary>
internal static class ExportHeadsCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("export-heads", "Copy the signed heads of the log of reads, for auditors to keep elsewhere.");
        var folder = command.FolderToWrite("--out", "DIR", "Where the heads and the public key go.", needed: true);
        command.SetAction((line, _) => door.OpenExisting(line, district => Task.FromResult(Export(district, line.GetValue(folder)!))));
        return command;
    }

    private static int Export(IServiceProvider district, string folder)
    {
        var heads = district.GetRequiredService<ReadLog>().ExportHeads(folder);
        foreach (var head in heads) Console.WriteLine($"{head.Node}: {head.Seq:N0} reads, signed {head.At:yyyy-MM-dd HH:mm:ss} UTC");
        Console.WriteLine($"{heads.Count} head(s) in {folder}. Keep them off this server; later: legwork verify-log --heads {folder} --public-key "
            + $"{Path.Combine(folder, "public-key.pem")}");
        return 0;
    }
}
