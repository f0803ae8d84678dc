using System.Globalization;
using Legwork.Platform.Access;
using Legwork.Yaml;

namespace Legwork.Platform.Districts;

/// <summary>A place's code of GB/T 2260 and what it is called in the three languages.</summary>
internal sealed record PlaceFact(string Code, string Chinese, string Tibetan, string English);

/// <summary>
/// What is so in this district and otherwise in the next, from <c>district.yaml</c> (docs/how-to/add-a-district.md): names and codes from the
/// province down to the streets, how an address tells its province, and the clock. No code names a place.
/// </summary>
public sealed class DistrictFacts
{
    public const string FileName = "district.yaml";

    private const int CodeDigits = 6;
    private const int StreetDigits = 9;

    private readonly IReadOnlyList<string> home;
    private readonly IReadOnlyList<(string Begins, string Province)> others;
    private readonly IReadOnlyList<string> ends;
    private readonly string unnamed;
    private readonly PlaceFact name;

    private DistrictFacts(YamlNode root, string code)
    {
        root.Only("code", "since", "zh", "bo", "en", "bo_review", "province", "city", "offset", "zone", "provinces", "streets");
        root.Day("since");
        name = Place(root, CodeDigits, under: null);
        if (name.Code != code) throw root.Wrong("code", $"{name.Code} is not the name of its folder, {code}");
        Province = Above(root["province"], shared: 2).Chinese;
        City = Above(root["city"], shared: 4).Chinese;
        Offset = Clock(root["offset"]);
        Zone = root.Find("zone") is { } zone ? Named(zone) : TimeZoneInfo.CreateCustomTimeZone("district", Offset, null, null);
        foreach (var street in Items(root["streets"])) street.Only("code", "zh", "bo", "en", "bo_review");
        Streets = [.. root.List("streets").Select(street => Place(street, StreetDigits, name.Code).Code)];
        foreach (var key in new[] { "code", "zh" })
            foreach (var same in root.List("streets").GroupBy(street => street.Text(key)))
                if (same.Skip(1).FirstOrDefault() is { } again) throw again.Wrong(key, $"{same.Key} is another street's already");

        var provinces = root["provinces"];
        provinces.Only("home", "begins", "ends", "unnamed");
        home = [.. Items(provinces["home"]).Select(Home)];
        foreach (var place in new[] { Province, City })
            if (!home.Any(word => place.StartsWith(word, StringComparison.Ordinal)))
                throw provinces["home"].Wrong($"no word here begins {place}, where the district lies");
        others = [.. provinces["begins"].Entries().Select(pair => (Elsewhere(pair.Key, pair.Value), pair.Value.Text()))];
        ends = [.. Items(provinces["ends"]).Select(end => end.Text())];
        unnamed = provinces.Text("unnamed");
    }

    public string Code => name.Code;

    /// <summary>The city in which it lies, as offices write it: in Chinese.</summary>
    public string City { get; }

    /// <summary>The province, likewise.</summary>
    public string Province { get; }

    /// <summary>Codes of the streets in the order of the file.</summary>
    public IReadOnlyList<string> Streets { get; }

    /// <summary>The district's clock against UTC.</summary>
    public TimeSpan Offset { get; }

    /// <summary>By which an instant written elsewhere is a day here: it knows the years in which clocks were put forward.</summary>
    public TimeZoneInfo Zone { get; }

    /// <param name="folder">A district's folder; its name is the district's code.</param>
    /// <exception cref="FormatException">A fact is missing, or contradicts another; the message names file, line and reason.</exception>
    public static DistrictFacts Load(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new FormatException($"{path}:1: the file is missing; docs/how-to/add-a-district.md says what a district's folder holds.");
        return new DistrictFacts(YamlNode.Load(path), Path.GetFileName(folder));
    }

    /// <summary>Whether an address lies in the district's own province; one that names no province does.</summary>
    public bool IsInProvince(string address) => home.Any(word => address.StartsWith(word, StringComparison.Ordinal))
        || !(ends.Any(end => address.Contains(end, StringComparison.Ordinal))
            || others.Any(other => address.StartsWith(other.Begins, StringComparison.Ordinal)));

    /// <summary>
    /// The province in which an address lies when it is not the district's own, else null; never the rest of the address, which would say where
    /// someone lives.
    /// </summary>
    public string? OtherProvince(string address)
    {
        if (IsInProvince(address)) return null;
        foreach (var (begins, province) in others)
            if (address.StartsWith(begins, StringComparison.Ordinal)) return province;
        foreach (var end in ends)
            if (address.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at) return address[..(at + end.Length)];
        return unnamed;
    }

    private static PlaceFact Place(YamlNode entry, int digits, string? under)
    {
        var code = entry.Text("code");
        if (code.Length != digits || !code.All(char.IsAsciiDigit)) throw entry.Wrong("code", $"'{code}' has not {digits} digits");
        if (under is not null && !new Scope(under).Covers(code)) throw entry.Wrong("code", $"{code} does not lie in {under}");
        return new PlaceFact(code, entry.Text("zh"), entry.Text("bo"), entry.Text("en"));
    }

    /// <summary>A province or city that the district lies in: the first digits are the district's, the rest is zero.</summary>
    private PlaceFact Above(YamlNode entry, int shared)
    {
        entry.Only("code", "zh", "bo", "en", "bo_review");
        var place = Place(entry, CodeDigits, under: null);
        var expected = Code[..shared].PadRight(CodeDigits, '0');
        return place.Code == expected ? place : throw entry.Wrong("code", $"{place.Code} does not hold the district {Code}; {expected} does");
    }

    private string Home(YamlNode node) =>
        node.Text() is var word && (Province.StartsWith(word, StringComparison.Ordinal)
            || City.StartsWith(word, StringComparison.Ordinal)) ? word
                : throw node.Wrong($"'{word}' begins neither {Province} nor {City}");

    private string Elsewhere(string word, YamlNode province) =>
        home.Any(own => own.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(own, StringComparison.Ordinal))
            ? throw province.Wrong($"'{word}' is the district's own province") : word;

    private static IReadOnlyList<YamlNode> Items(YamlNode node) =>
        node.List() is { Count: > 0 } items ? items : throw node.Wrong("nothing stands in this list");

    private TimeZoneInfo Named(YamlNode node) => !TimeZoneInfo.TryFindSystemTimeZoneById(node.Text(), out var zone)
        ? throw node.Wrong($"'{node.Text()}' is no time zone such as Asia/Shanghai")
        : zone.BaseUtcOffset == Offset ? zone : throw node.Wrong($"{node.Text()} has another offset than {Offset}");

    private static TimeSpan Clock(YamlNode node) => node.Text() is ['+' or '-', .. { Length: 5 } clock] said
        && TimeSpan.TryParseExact(clock, "hh\\:mm", CultureInfo.InvariantCulture, out var hours) && hours <= TimeSpan.FromHours(14)
            ? said[0] == '-' ? -hours : hours : throw node.Wrong($"'{node.Text()}' is no offset such as +08:00");
}
