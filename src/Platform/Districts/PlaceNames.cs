using Legwork.Platform.Access;
using Legwork.Platform.Shell;
using Legwork.Yaml;

namespace Legwork.Platform.Districts;

/// <summary>
/// What every page calls a place: the district and its streets as <c>district.yaml</c> names them in the reader's language, communities
/// and grids as the district's lists write them (<see cref="IPlaceLists"/>). Scopes and histories may name places that no list holds any
/// more: those are called by their street and the rest of their code.
/// </summary>
public sealed class PlaceNames(IPlaceLists? lists = null)
{
    private const int StreetDigits = 9;
    private const int CommunityDigits = 12;

    private readonly Dictionary<string, string[]> names = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string[]> byChinese = new(StringComparer.Ordinal);

    /// <summary>The streets in the order of the file.</summary>
    public IReadOnlyList<string> Streets { get; private set; } = [];

    /// <param name="path">A file that is not there names nothing: every place is then called by its code.</param>
    public static PlaceNames Load(string path, IPlaceLists? lists = null)
    {
        var loaded = new PlaceNames(lists);
        if (!File.Exists(path)) return loaded;
        var root = YamlNode.Load(path);
        loaded.Take(root);
        if (root.Find("city") is { } city) loaded.Take(city, length: 4);
        loaded.Streets = [.. root.ListOrNone("streets").Select(street => loaded.Take(street)).OfType<string>()];
        return loaded;
    }

    /// <summary>The whole name: with the street and community that the place lies in, each once, since lists write some grids
    /// with their community's name.</summary>
    public string Of(string code, Language language)
    {
        if (code.Length <= StreetDigits) return Own(code, language);
        var street = Own(code[..StreetDigits], language);
        if (Known(code, language) is not { } own)
            return street == code[..StreetDigits] ? code : $"{street} {Unlisted(code, language)}";
        var community = code.Length > CommunityDigits ? Known(code[..CommunityDigits], language) : null;
        return community is null || own.StartsWith(community, StringComparison.Ordinal) ? $"{street} {own}" : $"{street} {community} {own}";
    }

    /// <summary>The place's own name, without what it lies in; the code when nothing names it.</summary>
    public string Own(string code, Language language) => Known(code, language) ?? code;

    /// <summary>Whether the district or a list names the place; without the district's file every code is as good as another.</summary>
    public async Task<bool> Knows(string code, CancellationToken cancel)
    {
        if (names.Count == 0 || Known(code, Language.Chinese) is not null) return true;
        await Refresh(cancel);
        return Known(code, Language.Chinese) is not null;
    }

    /// <summary>Whether the district or a list names this code.</summary>
    public bool Has(string code) => Known(code, Language.Chinese) is not null;

    /// <summary>
    /// The places whose whole name has every word of <paramref name="said"/> in it, whatever the language; those that are called just
    /// that, and only those, where there are any.
    /// </summary>
    public IReadOnlyList<string> Matching(string said)
    {
        var words = said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [];
        bool Has(string code, Language language) => Of(code, language) is var name
            && Array.TrueForAll(words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        bool IsCalled(string code, Language language) => Of(code, language).Equals(said, StringComparison.OrdinalIgnoreCase)
            || Own(code, language).Equals(said, StringComparison.OrdinalIgnoreCase);
        string[] found = [.. names.Keys.Concat(lists?.Codes ?? []).Where(code => Language.All.Any(language => Has(code, language)))
            .Order(StringComparer.Ordinal)];
        string[] called = [.. found.Where(code => Language.All.Any(language => IsCalled(code, language)))];
        return called.Length > 0 ? called : found;
    }

    /// <summary>The code of the place that a form names; what was written, where no one place answers to it.</summary>
    /// <param name="said">A code, or a name or a part of one.</param>
    /// <param name="chosen">The code that was chosen among several that match, or empty.</param>
    public string Coded(string said, string chosen)
    {
        said = said.Trim();
        if (said.Length == 0 || Has(said)) return said;
        var matching = Matching(said);
        return matching.Contains(chosen) ? chosen : matching is [var one] ? one : said;
    }

    /// <summary>See <see cref="IPlaceLists.Refresh"/>.</summary>
    public Task Refresh(CancellationToken cancel) => lists?.Refresh(cancel) ?? Task.CompletedTask;

    private string? Known(string code, Language language) => names.TryGetValue(code, out var known) ? In(known, language)
        : code.Length > StreetDigits ? lists?.NameOf(code) : null;

    /// <summary>The rest of a code behind its street; a grid behind its community's name when that one is listed.</summary>
    private string Unlisted(string code, Language language) =>
        code.Length > CommunityDigits && Known(code[..CommunityDigits], language) is { } community
            ? $"{community} {code[CommunityDigits..].TrimStart('-')}" : code[StreetDigits..].TrimStart('-');

    /// <summary>
    /// What a list wrote, as the reader calls it: a street or the district that it names in Chinese, a grid that it names by its code; any
    /// other text stays as it is.
    /// </summary>
    public string Called(string written, Language language) => byChinese.TryGetValue(written, out var known) ? In(known, language)
        : new Scope(written).Level == ScopeLevel.Grid ? Own(written, language) : written;

    private static string In(string[] name, Language language) =>
        name[language == Language.Tibetan ? 1 : language == Language.English ? 2 : 0];

    private string? Take(YamlNode entry, int? length = null)
    {
        if (entry.TextOrNone("code") is not { } code || entry.TextOrNone("zh") is not { } zh) return null;
        code = length is { } cut && code.Length > cut ? code[..cut] : code;
        names[code] = byChinese[zh] = [zh, entry.Text("bo", zh), entry.Text("en", zh)];
        return code;
    }
}

internal static class PlaceTexts
{
    /// <summary>A place as the reader calls it.</summary>
    public static string Place(this T texts, PlaceNames names, string code) =>
        code.Length == 0 ? texts["staff.everywhere"] : names.Of(code, texts.Language);
}
