using Legwork.Yaml;

namespace Legwork.Demo;

/// <summary>Streets, grids and dwellings of the demo district; all but the names of the streets is invented.</summary>
internal sealed class DistrictPlan
{
    private const double DwellingsPerInsured = 0.45;
    private const int GridsPerCommunity = 20;
    private const int HousesPerRoad = 240;
    private static readonly int[] StreetWeights = [8, 7, 8, 10, 9, 10, 8, 9, 9, 8, 7, 7];
    private static readonly string[] CommunitySides = ["东", "西", "南", "北", "中", "新", "上", "下"];
    private static readonly string[] EstateNames =
        ["太阳", "和平", "团结", "幸福", "民族", "雪莲", "格桑", "林卡", "阳光", "河畔", "圣城",
            "康昂", "雪域", "吉祥", "金桥", "银杏", "高原", "圣湖", "安居", "拉鲁", "云海", "兴隆"];
    private static readonly string[] EstateKinds = ["小区", "大院", "新村", "花园", "公寓", "苑", "家园", "佳苑"];

    private readonly ulong seed;

    public DistrictPlan(DemoOptions options)
    {
        seed = options.Seed;
        Streets = ReadStreets();
        var shares = Shares(options.Grids);
        var shapes = GridShapes.OfStreets(shares, seed);
        var dwellingsPerGrid = Math.Max(4.0, options.Insured * DwellingsPerInsured / options.Grids);
        for (var s = 0; s < Streets.Count; s++)
        {
            var neighbourhood = new Neighbourhood(Streets[s], seed);
            for (var g = 0; g < shares[s]; g++)
            {
                var grid = NewGrid(Streets[s], g, shares[s], shapes[s][g]);
                var dice = Dice.Of(seed, "dwellings", Grids.Count);
                AddDwellings(grid, neighbourhood, (int)(dwellingsPerGrid * (0.75 + 0.5 * dice.Fraction())) + 1, ref dice);
                Grids.Add(grid);
            }
        }
    }

    public IReadOnlyList<Street> Streets { get; }

    public List<Grid> Grids { get; } = [];

    public IEnumerable<Dwelling> Dwellings => Grids.SelectMany(grid => grid.Dwellings);

    private static IReadOnlyList<Street> ReadStreets() =>
        [.. YamlNode.Parse(DemoData.Open("district.yaml"), "district.yaml").List("streets")
            .Select(street => new Street(street.Text("code"), street.Text("zh")))];

    private static int[] Shares(int grids)
    {
        var sum = StreetWeights.Sum();
        var upTo = 0;
        var shares = new int[StreetWeights.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            var before = (grids - shares.Length) * upTo / sum;
            upTo += StreetWeights[i];
            shares[i] = 1 + (grids - shares.Length) * upTo / sum - before;
        }
        return shares;
    }

    private static Grid NewGrid(Street street, int index, int gridsOfStreet, IReadOnlyList<MapPoint> outline)
    {
        var communities = (gridsOfStreet + GridsPerCommunity - 1) / GridsPerCommunity;
        var community = index * communities / gridsOfStreet;
        var first = (community * gridsOfStreet + communities - 1) / communities;
        var order = index - first + 1;
        return new Grid($"{street.Code}{community + 1:000}-G{order:00}", street, $"{street.Stem}{CommunitySides[community]}社区", order, outline);
    }

    private static void AddDwellings(Grid grid, Neighbourhood neighbourhood, int count, ref Dice dice)
    {
        var kind = dice.Below(10) switch
        {
            < 6 => DwellingKind.Flat,
            < 9 when grid.Street.IsRural => DwellingKind.VillageHouse,
            _ => DwellingKind.RoadHouse,
        };
        var place = kind switch
        {
            DwellingKind.Flat => neighbourhood.NextEstateArea(),
            DwellingKind.VillageHouse => grid.Street.Stem + "村",
            _ => neighbourhood.NextRoad(),
        };
        var group = kind == DwellingKind.VillageHouse ? neighbourhood.NextVillageGroup() : 0;
        for (var i = 0; i < count; i++)
        {
            var point = Inside(grid.Outline, ref dice);
            grid.Dwellings.Add(kind switch
            {
                DwellingKind.Flat => new Dwelling(grid, kind, place, i / 12 + 1, i % 12 / 6 + 1, (i % 6 / 2 + 1) * 100 + i % 2 + 1, point),
                DwellingKind.VillageHouse => new Dwelling(grid, kind, place, group, i + 1, 0, point),
                _ => new Dwelling(grid, kind, place, neighbourhood.NextHouseNumber(), 0, 0, point),
            });
        }
    }

    // Any mixture of the corners of a convex outline lies inside it.
    private static MapPoint Inside(IReadOnlyList<MapPoint> outline, ref Dice dice)
    {
        var (longitude, latitude, sum) = (0.0, 0.0, 0.0);
        foreach (var corner in outline)
        {
            var weight = dice.Fraction() + 0.05;
            longitude += weight * corner.Longitude;
            latitude += weight * corner.Latitude;
            sum += weight;
        }
        return new MapPoint(longitude / sum, latitude / sum);
    }

    /// <summary>The names that one street has given away so far: no two of its dwellings may share an address.</summary>
    private sealed class Neighbourhood
    {
        private readonly List<string> estates;
        private readonly string stem;
        private int estate = -1;
        private int area;
        private int areasOfEstate;
        private int villageGroup;
        private int lane;
        private int houseNumber;

        public Neighbourhood(Street street, ulong seed)
        {
            stem = street.Stem;
            estates = [.. EstateNames.SelectMany(name => EstateKinds.Select(kind => name + kind))];
            var dice = Dice.Of(seed, "estates " + street.Code, 0);
            dice.Shuffle(estates);
        }

        /// <summary>The street's main road, then its lanes in turn.</summary>
        public string NextRoad()
        {
            if (houseNumber > HousesPerRoad)
            {
                houseNumber = 0;
                lane++;
            }
            return lane == 0 ? stem.EndsWith('路') ? stem : stem + "路" : $"{stem}{ChineseDigits.Of(lane)}巷";
        }

        public string NextEstateArea()
        {
            if (area == areasOfEstate)
            {
                estate++;
                area = 0;
                areasOfEstate = 1 + estate % 4;
            }
            area++;
            return estate < estates.Count ? $"{estates[estate]}{area}区"
                : $"{estates[estate % estates.Count]}{estate / estates.Count + 1}期{area}区";
        }

        public int NextVillageGroup() => ++villageGroup;

        public int NextHouseNumber() => ++houseNumber;
    }
}
