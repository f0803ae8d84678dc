using Legwork.Kernel;
using Legwork.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Legwork.People.Registers;

/// <summary>Receives files of a form into a folder of their own, readable by the server alone, and hands them on.</summary>
internal sealed class ReceiveLists(ListJobs jobs)
{
    public const int FilesMax = 20;
    public const long BytesMax = 64L << 20;
    private const int NameLengthMax = 150;
    private static readonly string[] Endings = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsb", ".ods", ".et", ".geojson"];

    /// <returns>The job. Refusals: <c>people.upload.*</c> and those of <see cref="ListJobs.Take"/>.</returns>
    public async Task<Outcome<Guid>> Run(Actor actor, IReadOnlyList<IFormFile> files, bool checkOnly = false)
    {
        if (!jobs.MayImport(actor)) return ListJobs.OutOfScope;
        if (Check(files) is { } refusal) return refusal;
        var folder = Directory.CreateTempSubdirectory("legwork-lists-").FullName;
        try
        {
            foreach (var file in files)
            {
                await using var target = new FileStream(Path.Combine(folder, NameOf(file)), FileMode.CreateNew, FileAccess.Write);
                await file.CopyToAsync(target);
            }
        }
        catch (IOException)
        {
            Directory.Delete(folder, recursive: true);
            return Refusal.Of("people.upload.twice", "Two of the files have the same name.");
        }
        return await jobs.Take(actor, folder, [.. files.Select(NameOf)], checkOnly);
    }

    internal static Refusal? Check(IReadOnlyList<IFormFile> files)
    {
        if (files.Count == 0 || files.All(file => file.Length == 0)) return Refusal.Of("people.upload.none", "Choose at least one file.");
        if (files.Count > FilesMax) return Refusal.Of("people.upload.too_many", $"At most {FilesMax} files at once.");
        if (files.Sum(file => file.Length) > BytesMax)
            return Refusal.Of("people.upload.too_large", "Together the files are larger than 64 MB. Import them on the command line.");
        foreach (var file in files)
        {
            var name = NameOf(file);
            if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl) || name.StartsWith('.'))
                return Refusal.Of("people.upload.name", "A file's name cannot be used. Name it as the office does.");
            if (!Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
                return Refusal.Of("people.upload.ending", "Only tables (csv, xlsx) and grids (geojson) are taken.");
        }
        return null;
    }

    /// <summary>The last part of whatever path a browser sends, on either kind of machine.</summary>
    private static string NameOf(IFormFile file) => Path.GetFileName(file.FileName.Replace('\\', '/')).Trim();
}
