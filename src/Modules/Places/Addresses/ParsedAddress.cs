namespace Legwork.Places.Addresses;

/// <summary>An address taken apart. Numbers are texts in one notation: half-width digits without leading zeros, letters in capitals.</summary>
/// <param name="Street">街道 as the text names it, ending written in full; null when left out.</param>
/// <param name="Name">Estate, road or village: 太阳小区, 幸福路, 新民村; the community when nothing finer is named.</param>
/// <param name="Along">The road and number written before an estate's name (北京中路56号).</param>
/// <param name="Phase">期.</param>
/// <param name="Zone">区 within an estate.</param>
/// <param name="Sub">附号: what is cut from the number, household or room.</param>
/// <param name="Rest">What could not be read, with the first remark in brackets.</param>
/// <param name="Key">
/// Name and door, the same for every habit of writing: <c>太阳小区3区1-2-101</c>, <c>幸福路56号附3号</c>, <c>新民村4组19户</c>.
/// Without the street, since most texts leave it out; never empty unless the text is. Parsing a key gives the same key.
/// </param>
/// <param name="IsOutside">Lies in another district, city or province; nothing else is read then.</param>
/// <param name="NamesADwelling">Whether the finest part is there and nothing behind it means another door.</param>
internal sealed record ParsedAddress(string? Street, string? Community, string? Name, NameKind Kind, string? Along,
    string? Phase, string? Zone, string? Building, string? Entrance, string? Room, string? Group, string? Household, string? Alley,
    string? Number, string? Sub, string? Rest, string Key, bool IsOutside, bool NamesADwelling)
{
    public static readonly ParsedAddress Empty =
        new(null, null, null, NameKind.Estate, null, null, null, null, null, null, null, null, null, null, null, null, "", false, false);

    /// <summary>The street, when named, and the key: <c>太平街道太阳小区3区1-2-101</c>.</summary>
    public string Form => Street + Key;
}
