using System.CommandLine;
using Legwork.Host.Backup;
using Legwork.Platform.Modules;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Commands;

/// <summary>The two options of a passphrase, which is read from a file: other users of the machine can see a command line.</summary>
internal sealed class PassphraseOptions(Command command)
{
    private readonly Option<bool> withKeys = command.Flag("--with-keys", "The keys are in the archive too, sealed by the passphrase.");
    private readonly Option<string?> file = command.Text("--passphrase-file", "F", "A file whose first line is the passphrase.");

    public string? Read(ParseResult line)
    {
        if (line.GetValue(file) is not { } path)
            return line.GetValue(withKeys) ? throw new UsageException("--with-keys needs --passphrase-file FILE.") : null;
        if (!line.GetValue(withKeys)) throw new UsageException("--passphrase-file is for --with-keys.");
        var passphrase = File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
        return passphrase.Length >= SealedKeys.PassphraseLengthMin
            ? passphrase : throw new UsageException($"A passphrase has at least {SealedKeys.PassphraseLengthMin} characters.");
    }
}

internal static class BackupCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("backup", "Write the whole district into one archive while it goes on working.");
        var path = command.Needed("--out", "FILE", "The archive.");
        var passphrase = new PassphraseOptions(command);
        command.SetAction((line, _) => Write(door.Options(line), line.GetRequiredValue(path), passphrase.Read(line)));
        return command;
    }

    private static async Task<int> Write(DistrictOptions options, string path, string? passphrase)
    {
        if (AlreadyThere(path) is { } what)
            throw new CannotOpenException(
                $"{path} is there already ({what}); a backup is written into a new file only. Name another with --out FILE.");
        await using var district = District.OpenExisting(options);
        Unusable.RefuseDamage(district.GetRequiredService<Store>());
        var made = await new MakeBackup(options, district.GetRequiredService<Store>(), district.GetRequiredService<ReadLog>(),
            district.GetRequiredService<TimeProvider>()).To(path, passphrase);
        Console.WriteLine($"{made.Rows:N0} rows of {made.Tables} tables in {path} ({made.Bytes / 1e6:N1} MB)");
        Console.WriteLine(made.WithKeys
            ? "The keys are inside, sealed by the passphrase: keep the passphrase elsewhere."
            : $"The keys are NOT inside, and without them no number can be read: keep a copy of {options.KeysFolder} elsewhere.");
        return 0;
    }

    private static string? AlreadyThere(string path) => new FileInfo(path) switch
    {
        { LinkTarget: not null } => "a symbolic link",
        _ when Directory.Exists(path) => "a folder",
        { Exists: true } file when file.Attributes.HasFlag(FileAttributes.Device) || CommandOptions.IsDevice(path) => "a device",
        { Exists: true } => "a file",
        _ => null,
    };
}

internal static class RestoreCommand
{
    public static Command Make(DistrictDoor door)
    {
        var command = new Command("restore", "Bring an archive back into an empty --data, on either engine.");
        var path = command.Word("FILE", "The archive.");
        var passphrase = new PassphraseOptions(command);
        command.SetAction((line, _) => Restore(door.Options(line), line.GetRequiredValue(path), passphrase.Read(line)));
        return command;
    }

    private static async Task<int> Restore(DistrictOptions options, string path, string? passphrase)
    {
        if (!File.Exists(path))
            throw new CannotOpenException(Directory.Exists(path)
                ? $"{path} is a folder; name the archive in it that 'legwork backup' wrote."
                : $"There is no file {path}; name the archive that 'legwork backup' wrote.");
        var outcome = await new RestoreBackup(options, TimeProvider.System).From(path, passphrase);
        if (outcome.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal);
            return 1;
        }
        var restored = outcome.Value;
        Console.WriteLine($"{restored.Rows:N0} rows of {restored.Tables} tables restored, as of {restored.MadeAt.LocalDateTime:yyyy-MM-dd HH:mm}.");
        Console.WriteLine($"The log of reads: {restored.Log.Entries:N0} entries in {restored.Log.Chains} chain(s), "
            + $"{(restored.Log.Whole ? "whole" : "NOT whole")}");
        foreach (var fault in restored.Log.Faults) Console.WriteLine($"FAULT  {fault}");
        if (!restored.WithKeys)
            Console.WriteLine($"Now bring master.key and log-signing.key of the old server into {options.KeysFolder}; "
                + "until then the district does not open.");
        return restored.Log.Whole ? 0 : 1;
    }
}
