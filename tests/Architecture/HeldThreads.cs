namespace Legwork.Architecture.Tests;

/// <summary>Where a page still reads while it holds a thread: behind the addresses that People compares (<c>IDwellings</c>), which imports and
/// matching ask too, on threads of their own. The list only grows shorter.</summary>
internal static class HeldThreads
{
    public static IReadOnlyList<string> Known { get; } = ["CurrentBook.Get"];
}
