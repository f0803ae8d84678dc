using Legwork.Places.Addresses;

namespace Legwork.Places.Tests;

/// <summary>The district's own data, as the server reads it.</summary>
internal static class Chengguan
{
    public static readonly string District = Repository.In("districts", "540102");

    public static readonly AddressHabits Habits = AddressHabits.Load(Path.Combine(District, "addresses.yaml"));

    public static readonly AddressParser Parser = new(Habits);
}
