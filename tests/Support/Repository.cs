namespace Legwork.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Legwork.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Legwork.slnx is in no folder above the tests.");
    }
}
