namespace Legwork.Demo;

/// <summary>Writes a dwelling's address in the habits of offices and grid workers.</summary>
internal sealed class AddressWriting(ErrorDice errors)
{
    private static readonly string[] Notes = ["（北门旁）", "（二楼东侧）", "（商店后面）", "（电话联系）", "（租户）"];
    private static readonly string[] EstateKinds = ["小区", "大院", "新村", "花园", "公寓", "家园", "佳苑"];

    /// <param name="shortTimes">How many times likelier than <c>address_short</c> states: schools write nothing else,
    /// the household register never.</param>
    public string InList(Dwelling dwelling, long subject, double shortTimes)
    {
        var dice = Dice.Of(errors.Seed, "address habit", subject);
        var isShort = errors.Strikes("address_short", subject, shortTimes);
        var place = Nicknamed(dwelling, subject);
        var tail = Laned(dwelling, subject, isShort, ref dice);
        var address = isShort ? Counted("address_short", place + tail) : Prefix(dwelling, subject, ref dice) + place + tail;
        if (errors.Strikes("address_full_width", subject)) address = Counted("address_full_width", NumberWriting.FullWidth(address));
        if (errors.Strikes("address_note", subject)) address = Counted("address_note", address + dice.Pick(Notes));
        return address;
    }

    private string Prefix(Dwelling dwelling, long subject, ref Dice dice)
    {
        if (!errors.Strikes("address_without_street", subject)) return Dwelling.DistrictPrefix + Street(dwelling, subject, ref dice);
        return Counted("address_without_street", dice.Below(3) switch { 0 => "城关区", 1 => "拉萨市", _ => Dwelling.DistrictPrefix });
    }

    /// <summary>扎细街, 扎细办 and 扎细 for 扎细街道, where more than the road follows: 扎细 before 路 would be the road.</summary>
    private string Street(Dwelling dwelling, long subject, ref Dice dice)
    {
        var street = dwelling.Grid.Street.Name;
        if (!street.EndsWith("街道", StringComparison.Ordinal) || !errors.Strikes("address_street_cut", subject)) return street;
        return Counted("address_street_cut", street[..^2] + dice.Below(3) switch { 0 => "街", 1 => "办", _ => "" });
    }

    private string Nicknamed(Dwelling dwelling, long subject)
    {
        var kind = EstateKinds.FirstOrDefault(kind => dwelling.Place.Contains(kind, StringComparison.Ordinal));
        if (dwelling.Kind != DwellingKind.Flat || kind is null || !errors.Strikes("address_nickname", subject)) return dwelling.Place;
        return Counted("address_nickname", dwelling.Place.Replace(kind, ""));
    }

    private string Laned(Dwelling dwelling, long subject, bool isShort, ref Dice dice)
    {
        var (first, second, third) = (dwelling.First, dwelling.Second, dwelling.Third);
        if (!errors.Strikes("address_lane", subject))
            return isShort && dwelling.Kind == DwellingKind.Flat ? $"{first}-{second}-{third}" : dwelling.Tail;
        return Counted("address_lane", dwelling.Kind switch
        {
            DwellingKind.Flat => dice.Below(3) switch
            {
                0 => $"{first}幢{second}单元{third}",
                1 => $"{first}号楼{second}单元{third}室",
                _ => $"{first}#{second}-{third}",
            },
            DwellingKind.RoadHouse => first + (dice.Chance(0.5) ? "号院" : "弄"),
            _ => $"{ChineseDigits.Of(first)}组{second}号",
        });
    }

    private string Counted(string error, string written)
    {
        errors.Count(error);
        return written;
    }
}
