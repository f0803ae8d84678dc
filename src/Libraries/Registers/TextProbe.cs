using System.Security.Cryptography;
using System.Text;

namespace Legwork.Registers;

/// <summary>What a text file's bytes say before a cell is read.</summary>
internal sealed record TextProbe
{
    public required Encoding Encoding { get; init; }

    /// <summary>UTF-8, GB18030 (which contains GBK and GB2312), UTF-16LE or UTF-16BE.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of all bytes, lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>Why the text cannot be read as one encoding; <see cref="FaultLine"/> is the line to name.</summary>
    public Fault? Fault { get; init; }

    public long FaultLine { get; init; }

    /// <summary>True when the last character is only half there.</summary>
    public bool CutTail { get; init; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TextProbe Of(string path)
    {
        using var stream = File.OpenRead(path);
        return new TextScan().Scan(stream);
    }

    /// <summary>The SHA-256 alone, for files that are not text.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string DigestOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
