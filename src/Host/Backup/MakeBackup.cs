using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Legwork.Platform.Access;
using Legwork.Platform.ReadLog;
using Legwork.Platform.Storage;

namespace Legwork.Host.Backup;

internal sealed record BackupMade(long Rows, int Tables, long Bytes, bool WithKeys);

/// <summary>
/// The whole district in one zip archive: every table as of one moment, the exported heads of the log, the settings file without
/// the storage's address, and a manifest with a digest of each part. A district goes on working meanwhile. The keys are left out
/// unless a passphrase seals them: whoever finds an archive finds no resident number in it.
/// </summary>
internal sealed class MakeBackup(DistrictOptions options, Store store, ReadLog log, TimeProvider clock)
{
    internal static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public async Task<BackupMade> To(string path, string? passphrase)
    {
        await log.Append(new ReadEntry(Actor.System.Account, Actor.System.Name, Role.Administrator, "backup", "host.backup", [], "all"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = path + ".new";
        BackupMade made;
        try
        {
            using var file = new FileStream(unfinished, OwnerOnly());
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true)) made = Fill(zip, passphrase);
            file.Flush(flushToDisk: true);
            made = made with { Bytes = file.Length };
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        File.Move(unfinished, path, overwrite: true);
        return made;
    }

    private BackupMade Fill(ZipArchive zip, string? passphrase)
    {
        var parts = new List<Part>();
        var (tables, migrations, lengths) = store.Snapshot(session => (
            TableShape.All(session).ConvertAll(table => WriteTable(zip, session, table, parts)),
            Migration.Applied(session),
            session.Query<ChainLength>("select node, seq from readlog_head").ToDictionary(chain => chain.Node, chain => chain.Seq)));
        WriteHeads(zip, lengths, parts);
        if (SettingsWithoutStorage() is { } settings) parts.Add(Write(zip, Manifest.SettingsName, stream => stream.Write(settings)));
        if (passphrase is not null) parts.Add(Write(zip, Manifest.KeysName, stream => stream.Write(SealedKeys.Seal(KeyFiles(), passphrase))));
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new Manifest(Manifest.FormatNow, clock.GetUtcNow(), options.DistrictCode, store.Engine,
            log.PublicKey, passphrase is not null, migrations, tables, parts), Json);
        Write(zip, Manifest.Name, stream => stream.Write(manifest));
        Write(zip, Manifest.DigestName, stream => stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(manifest)))));
        return new BackupMade(tables.Sum(table => table.Rows), tables.Count, 0, passphrase is not null);
    }

    private static TablePart WriteTable(ZipArchive zip, Session session, TableShape table, List<Part> parts)
    {
        long rows = 0;
        var part = Write(zip, $"tables/{table.Name}.csv", stream =>
        {
            using var csv = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            rows = TableText.Write(session, table, csv);
        });
        parts.Add(part);
        return new TablePart(table.Name, part.Name, rows, table.Columns);
    }

    private void WriteHeads(ZipArchive zip, Dictionary<string, long> lengths, List<Part> parts)
    {
        if (!Directory.Exists(options.HeadsFolder)) return;
        foreach (var file in Directory.EnumerateFiles(options.HeadsFolder)
            .Where(file => !file.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            parts.Add(Write(zip, Manifest.HeadsFolder + Path.GetFileName(file),
                stream => stream.Write(Encoding.UTF8.GetBytes(Within(file, lengths)))));
    }

    // Heads are files and go on growing while tables are read: one that was signed since belongs to the next backup.
    private static string Within(string file, Dictionary<string, long> lengths)
    {
        var text = File.ReadAllText(file);
        if (file.EndsWith(".pem", StringComparison.Ordinal)) return text;
        return string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => ReadLog.HeadIn(line) is { } head && lengths.TryGetValue(head.Node, out var length) && head.Seq <= length)
            .Select(line => line + "\n"));
    }

    // The storage's address holds a password, and a restored district has another one anyway.
    private byte[]? SettingsWithoutStorage()
    {
        var file = Path.Combine(options.Data, Manifest.SettingsName);
        if (!File.Exists(file) || JsonNode.Parse(File.ReadAllText(file)) is not JsonObject settings) return null;
        foreach (var name in settings.Select(setting => setting.Key).Where(name => name.Equals("storage", StringComparison.OrdinalIgnoreCase)
            || name.Equals("metricsToken", StringComparison.OrdinalIgnoreCase)).ToList()) settings.Remove(name);
        return Encoding.UTF8.GetBytes(settings.ToJsonString(Json));
    }

    private Dictionary<string, byte[]> KeyFiles() => Directory.EnumerateFiles(options.KeysFolder, "*.key")
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);

    private static Part Write(ZipArchive zip, string name, Action<Stream> content)
    {
        using var hash = SHA256.Create();
        long bytes;
        using (var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open())
        using (var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write))
        {
            var counting = new CountingStream(hashing);
            content(counting);
            counting.Flush();
            bytes = counting.Written;
        }
        return new Part(name, bytes, Convert.ToHexStringLower(hash.Hash!));
    }

    private static FileStreamOptions OwnerOnly()
    {
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return file;
    }

    private sealed record ChainLength(string Node, long Seq);

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Written;

        public override long Position { get => Written; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            Written += buffer.Length;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
