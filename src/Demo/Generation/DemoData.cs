namespace Legwork.Demo;

/// <summary>The word lists that the generator draws from.</summary>
internal static class DemoData
{
    public static Stream Open(string name) =>
        typeof(DemoData).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");

    /// <summary>Rows of an embedded CSV, without its header.</summary>
    public static IReadOnlyList<string[]> Rows(string name)
    {
        using var reader = new StreamReader(Open(name));
        return [.. RegisterFile.Split(reader, ',').Skip(1)];
    }
}
