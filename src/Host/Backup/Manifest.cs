using Legwork.Platform.Storage;

namespace Legwork.Host.Backup;

/// <summary>What lies in an archive; its own SHA-256 stands in the part <c>manifest.sha256</c>.</summary>
/// <param name="Format">1; a program that knows only lower formats refuses the archive.</param>
/// <param name="District">GB/T 2260 code.</param>
/// <param name="LogPublicKey">PEM; the log of reads in the archive verifies against it.</param>
internal sealed record Manifest(int Format, DateTimeOffset MadeAt, string District, Engine Engine, string LogPublicKey, bool WithKeys,
    IReadOnlyList<Migration> Migrations, IReadOnlyList<TablePart> Tables, IReadOnlyList<Part> Parts)
{
    public const int FormatNow = 1;
    public const string Name = "manifest.json";
    public const string DigestName = "manifest.sha256";
    public const string KeysName = "keys.sealed";
    public const string SettingsName = "legwork.json";
    public const string HeadsFolder = "heads/";
}

internal sealed record TablePart(string Table, string Part, long Rows, IReadOnlyList<ColumnShape> Columns);

/// <param name="Sha256">Of the part's content before compression, lower-case hex.</param>
internal sealed record Part(string Name, long Bytes, string Sha256);
