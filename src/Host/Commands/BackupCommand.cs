using Legwork.Host.Backup;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

internal static class BackupCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var path = args.Need("out", "FILE");
        var passphrase = Passphrase(args, wanted: args.Flag("with-keys"));
        args.Done(wordsMax: 0);
        await using var district = District.OpenExisting(options);
        var made = await new MakeBackup(options, district.GetRequiredService<Store>(), district.GetRequiredService<ReadLog>(),
            district.GetRequiredService<LogSigner>(), district.GetRequiredService<TimeProvider>()).To(path, passphrase);
        Console.WriteLine($"{made.Rows:N0} rows of {made.Tables} tables in {path} ({made.Bytes / 1e6:N1} MB)");
        Console.WriteLine(made.WithKeys
            ? "The keys are inside, sealed by the passphrase: keep the passphrase elsewhere."
            : $"The keys are NOT inside, and without them no number can be read: keep a copy of {options.KeysFolder} elsewhere.");
        return 0;
    }

    /// <summary>The first line of the named file; it is not taken from the command line, which other users of the machine can see.</summary>
    internal static string? Passphrase(Arguments args, bool wanted)
    {
        if (args.Option("passphrase-file") is not { } file)
            return wanted ? throw new UsageException("--with-keys needs --passphrase-file FILE.") : null;
        if (!wanted) throw new UsageException("--passphrase-file is for --with-keys.");
        var passphrase = File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        return passphrase.Length >= SealedKeys.PassphraseLengthMin
            ? passphrase : throw new UsageException($"A passphrase has at least {SealedKeys.PassphraseLengthMin} characters.");
    }
}

internal static class RestoreCommand
{
    public static async Task<int> Run(Arguments args)
    {
        var options = Setup.Options(args);
        var path = args.Word(0, "The archive");
        var passphrase = BackupCommand.Passphrase(args, wanted: args.Flag("with-keys"));
        args.Done(wordsMax: 1);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no file {path}.");
            return 1;
        }
        var outcome = await new RestoreBackup(options, TimeProvider.System).From(path, passphrase);
        if (outcome.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal);
            return 1;
        }
        var restored = outcome.Value;
        Console.WriteLine($"{restored.Rows:N0} rows of {restored.Tables} tables restored, as of {restored.MadeAt.LocalDateTime:yyyy-MM-dd HH:mm}.");
        Console.WriteLine($"The log of reads: {restored.Log.Entries:N0} entries in {restored.Log.Chains} chain(s), {(restored.Log.Whole ? "whole" : "NOT whole")}");
        foreach (var fault in restored.Log.Faults) Console.WriteLine($"FAULT  {fault}");
        if (!restored.WithKeys)
            Console.WriteLine($"Now bring master.key and log-signing.key of the old server into {options.KeysFolder}; until then the district does not open.");
        return restored.Log.Whole ? 0 : 1;
    }
}
