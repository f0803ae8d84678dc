using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Legwork.Histories;

/// <summary>Receives the file of a form into a folder of its own, readable by the server alone, and hands it on to be tried.</summary>
internal sealed class ReceiveFile(TryFile tryFile)
{
    public const long BytesMax = 64L << 20;
    private const int NameLengthMax = 150;
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".xlsx"];

    /// <returns>The take-over. Refusals: <c>histories.upload.*</c> and those of <see cref="TryFile.Send"/>.</returns>
    public async Task<Outcome<long>> Run(Actor actor, IFormFile? file, string source)
    {
        if (file is null || file.Length == 0) return Refusal.Of("histories.upload.none", "Choose the file.");
        if (file.Length > BytesMax) return Refusal.Of("histories.upload.too_large", "The file is larger than 64 MB. Split it.");
        // The last part of whatever path a browser sends, on either kind of machine.
        var name = Path.GetFileName(file.FileName.Replace('\\', '/')).Trim();
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl) || name.StartsWith('.'))
            return Refusal.Of("histories.upload.name", "The file's name cannot be used. Name it as the office does.");
        if (!Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            return Refusal.Of("histories.upload.ending", "Only tables (csv, xlsx) are taken.");
        var folder = Directory.CreateTempSubdirectory("legwork-history-").FullName;
        await using (var target = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write)) await file.CopyToAsync(target);
        return await tryFile.Send(actor, folder, name, source);
    }
}
