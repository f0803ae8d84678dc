using System.Globalization;
using Legwork.Platform.Storage;

namespace Legwork.Host.Practice;

/// <summary>
/// Where the practice copy lies: a folder of its own beside the district's, one copy a night in it. A copy is known by its mark, and nothing
/// without one is ever deleted.
/// </summary>
internal sealed class PracticeFolder(string root)
{
    private const string Mark = "practice.mark";
    private const string Name = "yyyyMMdd-HHmmss";

    public string Root => root;

    /// <summary>Beside the data of a district, never in it: a backup of the one holds nothing of the other.</summary>
    public static PracticeFolder Beside(string data) => new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)) + "-practice");

    /// <summary>The whole copy that was made last, if it was since the wiping hour; a copy that was cut short in the making is none.</summary>
    public string? Current(DateTimeOffset since) =>
        Copies().Where(copy => copy.Made >= since && File.Exists(Ready(copy.Folder))).OrderByDescending(copy => copy.Made)
            .Select(copy => copy.Folder).FirstOrDefault();

    /// <summary>An empty folder for a new copy, marked before anything lies in it.</summary>
    public string Begin(DateTimeOffset now)
    {
        var folder = Path.Combine(root, now.UtcDateTime.ToString(Name, CultureInfo.InvariantCulture));
        Store.MakeFolder(root);
        Store.MakeFolder(folder);
        File.WriteAllText(Path.Combine(folder, Mark), "A practice copy with invented people: wiped every night.\n");
        return folder;
    }

    public static void Finish(string folder) => File.WriteAllText(Ready(folder), "");

    /// <summary>Deletes every copy but one.</summary>
    public void Wipe(string? but)
    {
        foreach (var (folder, _) in Copies().Where(copy => copy.Folder != but).ToList()) Directory.Delete(folder, recursive: true);
    }

    private static string Ready(string folder) => Path.Combine(folder, "practice.ready");

    private IEnumerable<(string Folder, DateTimeOffset Made)> Copies() => !Directory.Exists(root) ? []
        : from folder in Directory.EnumerateDirectories(root)
          where File.Exists(Path.Combine(folder, Mark))
          let name = Path.GetFileName(folder)
          let made = DateTimeOffset.TryParseExact(name, Name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
              ? at : DateTimeOffset.MinValue
          select (folder, made);
}
