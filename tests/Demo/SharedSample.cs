namespace Legwork.Demo.Tests;

/// <summary>The month of registers that another generator made; it lies beside the checkout or where LEGWORK_DATA points.</summary>
internal static class SharedSample
{
    public static readonly DateOnly Month = new(2026, 10, 1);

    public static string Folder()
    {
        var folder = Candidates().Select(data => Path.Combine(data, "registers", "sample-a")).FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(folder is null, "The sample registers are not here: lay them in ../shared/data or point LEGWORK_DATA at them.");
        return folder!;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("LEGWORK_DATA") is { Length: > 0 } named) yield return named;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "shared", "data");
    }
}
