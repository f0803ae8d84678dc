using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Legwork.Registers;

/// <summary>
/// A package of parts (OPC, ISO/IEC 29500-2): its parts found by relationships and compared without regard to case, each read within what it
/// declares to unzip to.
/// </summary>
internal sealed class ZipPackage : IDisposable
{
    private const int MaxParts = 2_000;
    private const int MaxDirectoryBytes = 1 << 20;
    private const int MaxRelations = 10_000;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);

    private ZipPackage(ZipArchive zip)
    {
        this.zip = zip;
        foreach (var entry in zip.Entries) parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
    }

    /// <exception cref="InvalidDataException">And others that <see cref="WorkbookParts.IsDamage"/> knows: no sound package.</exception>
    public static ZipPackage Open(string path, long maxUnzipped)
    {
        using (var file = File.OpenRead(path)) BoundDirectory(file);
        var package = new ZipPackage(ZipFile.OpenRead(path));
        if (package.zip.Entries.Sum(entry => entry.Length) <= maxUnzipped) return package;
        package.Dispose();
        throw new UnzipsTooBig();
    }

    public bool Has(string part) => parts.ContainsKey(part);

    public bool HasFolder(string folder) => parts.Keys.Any(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first characters of a small part; empty without it.</summary>
    public string Beginning(string part)
    {
        if (!parts.TryGetValue(part, out var entry)) return "";
        using var stream = entry.Open();
        var head = new byte[200];
        return Encoding.UTF8.GetString(head, 0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    public Stream Bytes(string part) =>
        parts.TryGetValue(part, out var entry) ? new Declared(entry.Open(), entry.Length) : throw new InvalidDataException();

    public PartReader Xml(string part) => new(Bytes(part));

    /// <summary>What a part refers to; nothing where it has no relationships.</summary>
    public List<Relation> Relations(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var folder = part[..slash];
        var list = $"{folder}_rels/{part[slash..]}.rels";
        var relations = new List<Relation>();
        if (!Has(list)) return relations;
        using var xml = Xml(list);
        while (xml.Read())
        {
            if (!xml.IsElement("Relationship")) continue;
            if (relations.Count == MaxRelations) throw new OutsizedXml("relationships", MaxRelations);
            relations.Add(new Relation(xml["Id"] ?? "", xml["Type"] ?? "", Resolve(folder, xml["Target"] ?? "")));
        }
        return relations;
    }

    public void Dispose() => zip.Dispose();

    /// <summary>A target as it is written, relative to the folder of the part that names it.</summary>
    private static string Resolve(string folder, string target)
    {
        var path = Uri.UnescapeDataString(target).Replace('\\', '/');
        var whole = new List<string>();
        foreach (var step in (path.StartsWith('/') ? path : folder + path).Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (step == ".." && whole.Count > 0) whole.RemoveAt(whole.Count - 1);
            else if (step is not ("." or "..")) whole.Add(step);
        return string.Join('/', whole);
    }

    /// <summary>The zip reader holds an object for each entry of the directory, so its size is looked at first (APPNOTE 4.3.14, 4.3.16).</summary>
    private static void BoundDirectory(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, 65_557)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < 22) throw new InvalidDataException();
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (offset == uint.MaxValue && end >= 20 && tail.AsSpan(end - 20).StartsWith("PK\u0006\u0007"u8))
        {
            var record = new byte[56];
            file.Position = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - 12)), 0, file.Length);
            file.ReadExactly(record);
            offset = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        }
        if (offset < 0 || offset > file.Length) throw new InvalidDataException();
        if (file.Length - offset > MaxDirectoryBytes) throw new OutsizedXml("parts", MaxParts);
    }

    /// <summary>What comes out of a part is at most what it declares: the sizes written in a zip can lie.</summary>
    private sealed class Declared(Stream inner, long declared) : Stream
    {
        private long left = declared;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            left -= read;
            return left < 0 ? throw new UnzipsTooBig() : read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <param name="Target">The part's name from the package's root.</param>
internal readonly record struct Relation(string Id, string Type, string Target)
{
    public bool Is(string kind) => Type.EndsWith("/" + kind, StringComparison.OrdinalIgnoreCase);
}

internal sealed class UnzipsTooBig : Exception;
