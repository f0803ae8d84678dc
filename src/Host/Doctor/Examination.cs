using System.Globalization;
using System.Text.Json;
using Legwork.Platform;
using Legwork.Platform.Districts;
using Legwork.Platform.Modules;
using Legwork.Platform.Storage;

namespace Legwork.Host.Doctor;

/// <summary>Looks at everything a district rests on and changes nothing, not even a file that is missing.</summary>
internal sealed class Examination(DistrictOptions options, TimeProvider clock)
{
    public IReadOnlyList<Sign> Run() => [.. Machine.Look(), .. DistrictFiles(), .. Folder(), .. Lines.Look(options), .. Storage()];

    /// <summary>Each file of the district's folder, read as the module that rests on it reads it.</summary>
    private IEnumerable<Sign> DistrictFiles()
    {
        using var district = new ServiceCollection().AddDistrict(options).BuildServiceProvider();
        var wrong = new List<string>();
        try
        {
            var facts = DistrictFacts.Load(options.DistrictFolder);
            foreach (var file in district.GetServices<DistrictFile>())
                if (file.WrongWith(facts, options.DistrictFolder) is { } why) wrong.Add(why);
        }
        catch (FormatException fault)
        {
            wrong.Add(fault.Message);
        }
        if (wrong.Count == 0) yield return new Sign("district", Health.Ok, $"{options.DistrictFolder} has every fact that a district needs");
        foreach (var why in wrong) yield return new Sign("district", Health.Bad, why, "docs/how-to/add-a-district.md says what each file holds.");
    }

    private IEnumerable<Sign> Folder()
    {
        var existing = options.Data;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        var free = new DriveInfo(existing).AvailableFreeSpace / (double)(1L << 30);
        yield return new Sign("disk", free < 1 ? Health.Bad : free < 5 ? Health.Warn : Health.Ok,
            $"{free.ToString("N1", CultureInfo.InvariantCulture)} GB free at {existing}",
            free < 5 ? "Free space, or move --data: a full disk stops every write." : "");
        if (!Directory.Exists(options.Data))
        {
            yield return new Sign("data", Health.Warn, $"{options.Data} does not exist yet",
                "The first command that writes makes it; 'legwork demo' fills it with invented people.");
            yield break;
        }
        yield return Writable(options.Data) ? new Sign("data", Health.Ok, $"{options.Data} can be written")
            : new Sign("data", Health.Bad, $"{options.Data} cannot be written by this user", "chown -R the folder to the user that runs legwork.");
        foreach (var sign in Modes().Concat(KeyFiles()).Concat(Settings())) yield return sign;
    }

    /// <summary>Whoever can open the folder or the database reads everybody's file without any log.</summary>
    private IEnumerable<Sign> Modes()
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows()) yield break;
        string[] paths = [options.Data, options.SqliteFile, options.SqliteFile + "-wal", options.SqliteFile + "-shm"];
        var open = new List<string>();
        foreach (var path in paths.Where(Path.Exists))
            if ((File.GetUnixFileMode(path) & Others) != UnixFileMode.None) open.Add(path);
        yield return open.Count == 0 ? new Sign("modes", Health.Ok, "folder and database are their owner's alone")
            : new Sign("modes", Health.Warn, $"others on this machine can open {string.Join(", ", open)}", $"chmod go-rwx {string.Join(' ', open)}");
    }

    private IEnumerable<Sign> KeyFiles()
    {
        foreach (var path in PlatformModule.KeyFiles.Select(file => Path.Combine(options.KeysFolder, file)).Where(File.Exists))
        {
            var open = OperatingSystem.IsWindows() ? UnixFileMode.None
                : File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            yield return open == UnixFileMode.None ? new Sign("keys", Health.Ok, $"{path} is its owner's alone")
                : new Sign("keys", Health.Bad, $"{path} can be read by others", $"chmod 600 {path}");
        }
    }

    private IEnumerable<Sign> Settings()
    {
        if (Proxies() is { } sign) yield return sign;
        var file = Path.Combine(options.Data, "legwork.json");
        if (!File.Exists(file)) yield break;
        var known = typeof(DistrictOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<string> unknown;
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllText(file));
            unknown = [.. settings.RootElement.EnumerateObject().Select(setting => setting.Name).Where(name => !known.Contains(name))];
        }
        catch (JsonException wrong)
        {
            unknown = [$"line {wrong.LineNumber + 1} is no JSON"];
        }
        yield return unknown.Count == 0 ? new Sign("settings", Health.Ok, $"{file} names only settings that exist")
            : new Sign("settings", Health.Bad, $"{file}: {string.Join(", ", unknown)}", "docs/how-to/configure.md lists every setting.");
    }

    /// <summary>Values that the server would refuse to start with.</summary>
    private Sign? Proxies()
    {
        try
        {
            _ = Web.KnownProxies.Read(options.Proxies);
            return null;
        }
        catch (FormatException wrong)
        {
            return new Sign("settings", Health.Bad, wrong.Message, "Name each proxy by its address, or a range of them.");
        }
    }

    private List<Sign> Storage()
    {
        if (options.Storage.Length == 0 && !File.Exists(options.SqliteFile))
            return [new Sign("storage", Health.Warn, "no district here yet",
                "Create the first administrator: legwork admin create --sign-in NAME --name NAME")];
        try
        {
            using var store = Store.Open(options.StorageWhere);
            if (store.Damage() is { } why)
                return [new Sign("storage", Health.Bad, $"the database is damaged: {why}",
                    "Stop the server, keep the file, and restore the last backup (docs/how-to/backup.md).")];
            return store.Snapshot(session => session.Scalar<long>("select 1") == 1 && Backup.TableShape.AnyDistrict(session)
                ? [new Sign("storage", Health.Ok, $"{store.Engine} answers"), .. new Tables(options, clock, session).Look()]
                : new List<Sign>
                {
                    new("storage", Health.Warn, $"{store.Engine} answers; no district in it yet", "The first command that writes makes the tables.")
                });
        }
        catch (Exception failure)
        {
            return [new Sign("storage", Health.Bad, $"cannot be opened: {failure.Message}", options.Storage.Length > 0
                ? "Check that PostgreSQL runs and that the connection string in the settings is right."
                : $"Check {options.SqliteFile}: its owner, the disk, or restore the last backup.")];
        }
    }

    private static bool Writable(string folder)
    {
        var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
