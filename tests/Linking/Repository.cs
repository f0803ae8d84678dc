namespace Legwork.Linking.Tests;

/// <summary>Where the checkout lies, and the sample data that may lie beside it.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>A file of the sample data, or the test is skipped with a sentence.</summary>
    public static string Data(string path)
    {
        var folder = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? Path.Combine(Root, "..", "shared", "data");
        var file = Path.Combine(folder, path);
        if (!System.IO.File.Exists(file)) Assert.Skip($"The sample data ({path}) is not beside the checkout; set LEGWORK_DATA to its folder.");
        return file;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Legwork.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests must run inside the checkout.");
    }
}
