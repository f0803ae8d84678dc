namespace Legwork.Demo;

/// <summary>One of the district's streets (街道), the level below the district.</summary>
internal sealed record Street(string Code, string Name)
{
    public string Stem => Name[..^"街道".Length];

    public bool IsRural => Stem is "蔡公堂" or "夺底" or "娘热" or "纳金";
}

/// <summary>One grid: the beat of one grid worker.</summary>
/// <param name="Order">Walking order within its community, from 1.</param>
internal sealed record Grid(string Code, Street Street, string Community, int Order, IReadOnlyList<MapPoint> Outline)
{
    public List<Dwelling> Dwellings { get; } = [];
}

internal readonly record struct MapPoint(double Longitude, double Latitude);

internal enum DwellingKind
{
    Flat,
    RoadHouse,
    VillageHouse,
}

/// <summary>
/// One dwelling. <paramref name="Place"/> is the estate with its area (雪莲小区3区), the road or the village;
/// the three numbers are building, unit, room of a flat, the house number of a road, or group and household of a village.
/// </summary>
internal sealed record Dwelling(Grid Grid, DwellingKind Kind, string Place, int First, int Second, int Third, MapPoint Point)
{
    public const string DistrictPrefix = "拉萨市城关区";

    public int HouseholdsRegistered { get; set; }

    public bool IsLivedIn { get; set; }

    public string Tail => TailOf(Kind, First, Second, Third);

    /// <summary>As the household register and the address list write it.</summary>
    public string Address { get; } = DistrictPrefix + Grid.Street.Name + Place + TailOf(Kind, First, Second, Third);

    /// <summary>Same building, or the same stretch of road or village group.</summary>
    public (Grid, string, int) Building => Kind == DwellingKind.RoadHouse ? (Grid, Place, 0) : (Grid, Place, First);

    private static string TailOf(DwellingKind kind, int first, int second, int third) => kind switch
    {
        DwellingKind.Flat => $"{first}栋{second}单元{third}室",
        DwellingKind.RoadHouse => $"{first}号",
        _ => $"{first}组{second}户",
    };
}

/// <summary>Numbers below a hundred as addresses write them in characters: 三, 十二, 三十一.</summary>
internal static class ChineseDigits
{
    private const string Digits = "零一二三四五六七八九";

    public static string Of(int number) => number switch
    {
        < 10 => Digits[number].ToString(),
        < 20 => "十" + (number % 10 == 0 ? "" : Digits[number % 10]),
        _ => $"{Digits[number / 10]}十" + (number % 10 == 0 ? "" : Digits[number % 10]),
    };
}
