using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Legwork.Kernel;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Backup;

/// <param name="Log">What verifying the restored log said.</param>
/// <param name="WithKeys">Whether the keys came out of the archive; otherwise they must be brought from elsewhere.</param>
internal sealed record BackupRestored(long Rows, int Tables, LogVerdict Log, bool WithKeys, DateTimeOffset MadeAt);

/// <summary>
/// Brings an archive back into an empty place, on either engine: every digest is checked first, then all tables are loaded in one
/// unit, then later migrations run. A refused archive leaves the place as it was.
/// </summary>
internal sealed class RestoreBackup(DistrictOptions options, TimeProvider clock)
{
    public async Task<Outcome<BackupRestored>> From(string path, string? passphrase)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var read = ReadManifest(zip);
            if (read.Refusal is { } damaged) return damaged;
            var manifest = read.Value;
            if (CheckParts(zip, manifest) is { } torn) return torn;
            var keys = OpenKeys(zip, manifest, passphrase);
            if (keys.Refusal is { } closed) return closed;
            if (NotEmpty() is { } used) return used;
            return await Load(zip, manifest, keys.Value);
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or FormatException or EndOfStreamException
            or OverflowException or NotSupportedException)
        {
            return Damaged("It is no archive of a district, or a part of it cannot be read.");
        }
    }

    private static Refusal Damaged(string how) => Refusal.Of("backup.damaged", $"The archive is damaged and nothing of it was restored. {how}");

    private static Outcome<Manifest> ReadManifest(ZipArchive zip)
    {
        if (Bytes(zip, Manifest.Name) is not { } text || Bytes(zip, Manifest.DigestName) is not { } digest)
            return Damaged("It has no manifest: it is no backup of a district, or was cut off.");
        if (Convert.ToHexStringLower(SHA256.HashData(text)) != Encoding.ASCII.GetString(digest))
            return Damaged("Its manifest is not the one that was written.");
        var manifest = JsonSerializer.Deserialize<Manifest>(text, MakeBackup.Json)!;
        return manifest.Format > Manifest.FormatNow
            ? Refusal.Of("backup.newer", $"The archive has format {manifest.Format}; this program knows up to {Manifest.FormatNow}.")
            : manifest;
    }

    private Refusal? CheckParts(ZipArchive zip, Manifest manifest)
    {
        foreach (var part in manifest.Parts)
        {
            if (zip.GetEntry(part.Name) is not { } entry) return Damaged($"The part {part.Name} is missing.");
            using var stream = entry.Open();
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) != part.Sha256)
                return Damaged($"The part {part.Name} is not the one that was written.");
        }
        foreach (var module in manifest.Migrations.GroupBy(migration => migration.Module))
        {
            var known = Migration.Known(options.Modules.Assemblies, manifest.Engine).Where(migration => migration.Module == module.Key)
                .ToDictionary(migration => migration.Name);
            foreach (var migration in module)
                if (!known.TryGetValue(migration.Name, out var here) || here.Digest != migration.Digest)
                    return Refusal.Of("backup.newer",
                        $"The archive was made by another version of the program: migration {migration.Module}/{migration.Name} is not known here.");
        }
        return null;
    }

    private static Outcome<Dictionary<string, byte[]>> OpenKeys(ZipArchive zip, Manifest manifest, string? passphrase)
    {
        if (passphrase is null) return new Dictionary<string, byte[]>();
        if (!manifest.WithKeys)
            return Refusal.Of("backup.no_keys", "The archive holds no keys; restore it without a passphrase and bring the keys yourself.");
        if (SealedKeys.Open(Bytes(zip, Manifest.KeysName)!, passphrase) is { } keys) return keys;
        return Refusal.Of("backup.passphrase", "The passphrase does not open the keys in the archive. Nothing was restored.");
    }

    private Refusal? NotEmpty()
    {
        var refusal = Refusal.Of("backup.not_empty", "There is a district here already. Restore into an empty folder or database.");
        if (options.Storage.Length == 0) return new FileInfo(options.SqliteFile) is { Exists: true, Length: > 0 } ? refusal : null;
        using var store = Store.Open(options.StorageWhere);
        return store.Read(TableShape.AnyDistrict) ? refusal : null;
    }

    private async Task<Outcome<BackupRestored>> Load(ZipArchive zip, Manifest manifest, Dictionary<string, byte[]> keys)
    {
        Store.MakeFolder(options.Data);
        try
        {
            using var store = Store.Open(options.StorageWhere);
            await store.Write(session => LoadTables(session, zip, manifest));
            Migration.Apply(store, options.Modules.Assemblies, clock);
            BringFiles(zip, manifest, keys);
            var verdict = LogVerdict.On(store, manifest.LogPublicKey, [options.HeadsFolder]);
            return new BackupRestored(manifest.Tables.Sum(table => table.Rows), manifest.Tables.Count, verdict, keys.Count > 0, manifest.MadeAt);
        }
        catch when (options.Storage.Length == 0)
        {
            // The file was made by this restore and holds nothing: the next try must not take it for a district.
            foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(options.SqliteFile + ending);
            throw;
        }
    }

    private void LoadTables(Session session, ZipArchive zip, Manifest manifest)
    {
        // To the state of tables that the archive has; what came later runs over the data as an upgrade would.
        var upTo = manifest.Migrations.GroupBy(migration => migration.Module)
            .ToDictionary(module => module.Key, module => module.Max(migration => migration.Number));
        Migration.ApplyIn(session, options.Modules.Assemblies, clock, upTo);
        var shapes = TableShape.All(session).ToDictionary(shape => shape.Name);
        foreach (var table in manifest.Tables)
        {
            var shape = shapes[table.Table];
            var columns = table.Columns.Select(column => shape.Columns.Single(here => here.Name == column.Name)).ToList();
            // Some migrations bring a first row; append-only tables are empty and would refuse even an empty delete.
            if (session.Scalar<long>($"select count(*) from {table.Table}") > 0) session.Execute($"delete from {table.Table}");
            using var csv = new StreamReader(zip.GetEntry(table.Part)!.Open(), Encoding.UTF8);
            var rows = Store.Bulk(session, table.Table, [.. columns.Select(column => column.Name)], TableText.Read(csv, table.Columns, columns));
            if (rows != table.Rows) throw new InvalidDataException($"{table.Part} has {rows} rows instead of {table.Rows}.");
            if (session.Engine == Engine.Postgres && shape.Identity is { } identity)
                session.Execute($"select setval(pg_get_serial_sequence('{table.Table}', '{identity}'), greatest(1, (select coalesce(max({identity}), "
                    + $"0) from {table.Table})), (select count(*) > 0 from {table.Table}))");
        }
    }

    private void BringFiles(ZipArchive zip, Manifest manifest, Dictionary<string, byte[]> keys)
    {
        Directory.CreateDirectory(options.HeadsFolder);
        // Only the last part of a name is used: an archive cannot write outside its folder.
        foreach (var part in manifest.Parts.Where(part => part.Name.StartsWith(Manifest.HeadsFolder, StringComparison.Ordinal)))
            File.WriteAllBytes(Path.Combine(options.HeadsFolder, Path.GetFileName(part.Name)), Bytes(zip, part.Name)!);
        var settings = Path.Combine(options.Data, Manifest.SettingsName);
        if (Bytes(zip, Manifest.SettingsName) is { } text && !File.Exists(settings)) File.WriteAllBytes(settings, text);
        if (keys.Count == 0) return;
        Store.MakeFolder(options.KeysFolder);
        foreach (var (name, content) in keys)
        {
            var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(Path.Combine(options.KeysFolder, Path.GetFileName(name)), file);
            stream.Write(content);
        }
    }

    private static byte[]? Bytes(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry) return null;
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
