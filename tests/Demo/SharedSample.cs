namespace Legwork.Demo.Tests;

/// <summary>The month of registers that another generator made.</summary>
internal static class SharedSample
{
    public static readonly DateOnly Month = new(2026, 10, 1);

    public static string Folder() => Repository.Sample(Path.Combine("registers", "sample-a"));
}
