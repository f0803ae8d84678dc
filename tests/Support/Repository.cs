namespace Legwork.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>A file or folder of the sample data that may lie beside the checkout, or the test is skipped with a sentence.</summary>
    public static string Sample(string path)
    {
        var folder = Environment.GetEnvironmentVariable("LEGWORK_DATA") ?? In("..", "shared", "data");
        var file = Path.Combine(folder, path);
        Assert.SkipUnless(Path.Exists(file), $"The sample data ({path}) is not beside the checkout; set LEGWORK_DATA to its folder.");
        return file;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Legwork.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Legwork.slnx is in no folder above the tests.");
    }
}
