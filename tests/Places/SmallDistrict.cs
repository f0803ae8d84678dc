using System.Globalization;
using Legwork.Places.Addresses;
using Legwork.Places.Contracts;
using NetTopologySuite.Geometries;

namespace Legwork.Places.Tests;

/// <summary>An invented district: two streets of three grids each, with estates of like names, roads and a village.</summary>
internal static class SmallDistrict
{
    public static readonly IReadOnlyList<Place> Streets = [new("540102008", "两岛街道"), new("540102011", "夺底街道")];

    public static readonly IReadOnlyList<Place> Communities = [new("540102008001", "两岛东社区"), new("540102011001", "夺底东社区")];

    public static readonly IReadOnlyList<Grid> Grids =
    [
        .. Enumerable.Range(1, 3).Select(i => new Grid($"540102008001-G{i:D2}", $"两岛{i}", i, null, null, true)),
        .. Enumerable.Range(1, 3).Select(i => new Grid($"540102011001-G{i:D2}", $"夺底{i}", i, null, null, true)),
    ];

    /// <summary>(street, grid, name with zone, numbers)</summary>
    public static readonly IReadOnlyList<Home> Homes =
    [
        .. Flats("540102008", 1, "太阳小区3区"), .. Flats("540102008", 1, "和平苑"), .. Flats("540102008", 2, "和平大院1区"), .. Flats("540102008", 3, "圣城新村1区"),
        .. Flats("540102011", 1, "圣城新村1区"), .. Flats("540102011", 2, "太阳小区5区"),
        .. Houses("540102008", 2, "两岛路", 1, 30), .. Houses("540102008", 3, "两岛路", 31, 60), .. Houses("540102011", 3, "夺底路", 1, 20),
        .. Households("540102011", 1, 1), .. Households("540102011", 2, 4),
    ];

    public static AddressBook Book(params IReadOnlyList<Lesson> lessons) => new(Chengguan.Parser, new PlacesKnown(
        Streets, Communities, Grids, [.. Homes.Select(home => home.Dwelling)], lessons, Squares()));

    /// <summary>Grids in a row, each a hundredth of a degree wide.</summary>
    public static Dictionary<string, Geometry> Squares() => Grids.Select((grid, i) => (grid.Code, Square: Square(91.10 + i * 0.01, 29.64)))
        .ToDictionary(pair => pair.Code, pair => pair.Square);

    public static Geometry Square(double west, double south) =>
        new GeometryFactory().ToGeometry(new Envelope(west, west + 0.01, south, south + 0.01));

    private static IEnumerable<Home> Flats(string street, int grid, string name) =>
        from building in Enumerable.Range(1, 3)
        from entrance in Enumerable.Range(1, 2)
        from floor in Enumerable.Range(1, 3)
        from door in Enumerable.Range(1, 2)
        select new Home(street, grid, name, HomeKind.Flat, building, entrance, floor * 100 + door);

    private static IEnumerable<Home> Houses(string street, int grid, string name, int from, int to) =>
        Enumerable.Range(from, to - from + 1).Select(number => new Home(street, grid, name, HomeKind.House, number, 0, 0));

    private static IEnumerable<Home> Households(string street, int grid, int group) =>
        Enumerable.Range(1, 25).Select(household => new Home(street, grid, "夺底村", HomeKind.Household, group, household, 0));
}

internal enum HomeKind
{
    Flat,
    House,
    Household,
}

internal sealed record Home(string Street, int GridNumber, string Name, HomeKind Kind, int First, int Second, int Third)
{
    public string StreetName => SmallDistrict.Streets.Single(street => street.Code == Street).Name;

    public string Grid => $"{Street}001-G{GridNumber:D2}";

    public string Full => $"拉萨市城关区{StreetName}{Name}{Tail}";

    public Dwelling Dwelling { get; } = Make(Street, GridNumber, Name, Kind, First, Second, Third);

    private string Tail => Kind switch
    {
        HomeKind.Flat => $"{First}栋{Second}单元{Third}室",
        HomeKind.House => $"{First}号",
        _ => $"{First}组{Second}户",
    };

    /// <summary>The same home as each habit writes it; the short ones leave the street out.</summary>
    public IEnumerable<(string Text, bool NamesStreet)> Writings()
    {
        string[] tails = Kind switch
        {
            HomeKind.Flat => [Tail, $"{First}-{Second}-{Third}", $"{First}#{Second}-{Third}",
                $"{First}幢{Second}单元{Third}", $"{First}号楼{Second}门{Third}",
                $"{First}栋{Second}-{Third}", $"{First}-{Second}单元{Third}室", $"{Chinese(First)}栋{Chinese(Second)}单元{Chinese(Third)}室",
                $"{First}栋{Second}单元{Third / 100}楼{Third}室", $" {First} {Second} {Third}", $"{First}栋{Second}单元{Third}室(租)"],
            HomeKind.House => [Tail, $"{First}", $"{First}#", $"{First}号院", $"{First}弄", $"{Chinese(First)}号", $" {First} 号（出租）"],
            _ => [Tail, $"{First}组{Second}号", $"{First}-{Second}", $"{Chinese(First)}组{Chinese(Second)}户",
                $"第{First}村民小组{Second}户", $"{First}社{Second}"],
        };
        foreach (var tail in tails)
        {
            yield return ($"拉萨市城关区{StreetName}{Name}{tail}", true);
            yield return ($"{StreetName[..^2]}街道办事处{Wide(Name + tail)}", true);
            yield return (Name + tail, false);
        }
    }

    private static Dwelling Make(string street, int grid, string name, HomeKind kind, int first, int second, int third)
    {
        var text = new string(name
            + kind switch { HomeKind.Flat => $"{first}-{second}-{third}", HomeKind.House => $"{first}号", _ => $"{first}组{second}户" });
        return new Dwelling(Guid.CreateVersion7(), $"{street}/{text}", text, $"{street}001-G{grid:D2}");
    }

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

    private static string Chinese(int number)
    {
        const string digits = "〇一二三四五六七八九";
        if (number >= 100) return string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(c => digits[c - '0']));
        var (tens, ones) = (number / 10, number % 10);
        return (tens > 1 ? digits[tens].ToString() : "") + (tens > 0 ? "十" : "") + (ones > 0 ? digits[ones].ToString() : "");
    }
}
