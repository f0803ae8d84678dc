using Legwork.Places.Contracts;

namespace Legwork.Places.Tests;

/// <summary>The district's own data, as the server reads it.</summary>
internal static class Chengguan
{
    public static readonly string Root = FindRoot();

    public static readonly string District = Path.Combine(Root, "districts", "540102");

    public static readonly AddressHabits Habits = AddressHabits.Load(Path.Combine(District, "addresses.yaml"));

    public static readonly AddressParser Parser = new(Habits);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Legwork.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Legwork.slnx above the tests.");
        return folder;
    }
}
