namespace Legwork.Support;

/// <summary>A copy of a district's folder, under the same code, with one text in one file put wrong. Gone when disposed.</summary>
public sealed class PlantedDistrict : IDisposable
{
    private readonly string around = Directory.CreateTempSubdirectory("legwork-district-").FullName;

    /// <param name="right">What the file says; must be there. Empty for a file that is taken away.</param>
    public PlantedDistrict(string code, string file, string right, string wrong)
    {
        Folder = Path.Combine(around, code);
        var from = Path.Combine(Repository.Root, "districts", code);
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Folder, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to);
        }
        if (right.Length == 0)
        {
            File.Delete(In(file));
            return;
        }
        var text = File.ReadAllText(In(file));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        if (at < 0) throw new InvalidOperationException($"{file} does not say '{right}'.");
        File.WriteAllText(In(file), text[..at] + wrong + text[(at + right.Length)..]);
    }

    public string Folder { get; }

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(around, recursive: true);
}
