using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The auditors' copy: what is signed today, off this server.</summary>
internal static class ExportHeadsCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var folder = args.Need("out", "DIR");
        args.Done(wordsMax: 0);
        await using var district = District.OpenExisting(options);
        var heads = ExportHeads.Run(district.GetRequiredService<Store>(), district.GetRequiredService<LogSigner>(), folder);
        foreach (var head in heads) Console.WriteLine($"{head.Node}: {head.Seq:N0} reads, signed {DateTimeOffset.FromUnixTimeMilliseconds(head.At):yyyy-MM-dd HH:mm:ss} UTC");
        Console.WriteLine($"{heads.Count} head(s) in {folder}. Keep them off this server; later: legwork verify-log --heads {folder} --public-key {Path.Combine(folder, "public-key.pem")}");
        return 0;
    }
}
