using System.Globalization;
using Legwork.Kernel;

namespace Legwork.Demo;

/// <summary>Gives out synthetic resident numbers with right check characters, each once. They are demonstration data;
/// a real person may hold such a number.</summary>
internal sealed class NumberStock
{
    // Regions where numbers were coded: this district mostly, its neighbours under old and new codes, and places people came from.
    private static readonly Urn<(string Code, int Weight)> Regions = new(
        [("540102", 140), ("540126", 12), ("540123", 12), ("540103", 10), ("540125", 4), ("540104", 4),
            ("510104", 12), ("630102", 10), ("622901", 3)],
        region => region.Weight);

    private readonly HashSet<string> given = [];

    public string New(DateOnly birth, Sex sex, ref Dice dice)
    {
        while (true)
        {
            var sequence = dice.Below(500) * 2 + (sex == Sex.Male ? 1 : 0);
            var seventeen = string.Create(CultureInfo.InvariantCulture, $"{Regions.Draw(ref dice).Code}{birth:yyyyMMdd}{sequence:000}");
            var number = seventeen + ResidentNumber.CheckCharacter(seventeen);
            if (given.Add(number)) return number;
        }
    }
}
