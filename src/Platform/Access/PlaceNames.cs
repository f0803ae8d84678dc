using Legwork.Platform.Shell;
using YamlDotNet.RepresentationModel;

namespace Legwork.Platform.Access;

/// <summary>
/// The names of the district and its streets, from <c>district.yaml</c> in the district's folder. A community or a grid is named
/// by its street and the rest of its code, since scopes may name places that no list holds any more.
/// </summary>
public sealed class PlaceNames
{
    private readonly Dictionary<string, string[]> names = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string[]> byChinese = new(StringComparer.Ordinal);

    /// <summary>The streets in the order of the file.</summary>
    public IReadOnlyList<string> Streets { get; private set; } = [];

    /// <param name="path">A file that is not there names nothing: every place is then called by its code.</param>
    public static PlaceNames Load(string path)
    {
        var loaded = new PlaceNames();
        if (!File.Exists(path)) return loaded;
        var stream = YamlFile.Load(path);
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        loaded.Take(root);
        if (Child(root, "city") is YamlMappingNode city) loaded.Take(city, length: 4);
        if (Child(root, "streets") is YamlSequenceNode streets)
            loaded.Streets = [.. streets.OfType<YamlMappingNode>().Select(street => loaded.Take(street)).OfType<string>()];
        return loaded;
    }

    public string Of(string code, Language language)
    {
        if (names.TryGetValue(code, out var known)) return In(known, language);
        return code.Length > 9 && names.TryGetValue(code[..9], out var street) ? $"{In(street, language)} {code[9..].TrimStart('-')}" : code;
    }

    /// <summary>A street or the district that a list names in Chinese, as the reader calls it; any other text stays as it is.</summary>
    public string Called(string chinese, Language language) => byChinese.TryGetValue(chinese, out var known) ? In(known, language) : chinese;

    private static string In(string[] name, Language language) =>
        name[language == Language.Tibetan ? 1 : language == Language.English ? 2 : 0];

    private string? Take(YamlMappingNode entry, int? length = null)
    {
        if (Text(entry, "code") is not { } code || Text(entry, "zh") is not { } zh) return null;
        code = length is { } cut && code.Length > cut ? code[..cut] : code;
        names[code] = byChinese[zh] = [zh, Text(entry, "bo") ?? zh, Text(entry, "en") ?? zh];
        return code;
    }

    private static string? Text(YamlMappingNode entry, string name) => (Child(entry, name) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlMappingNode entry, string name) => entry.Children.TryGetValue(name, out var node) ? node : null;
}

public static class PlaceTexts
{
    /// <summary>A place as the reader calls it.</summary>
    public static string Place(this T texts, PlaceNames names, string code) =>
        code.Length == 0 ? texts["staff.everywhere"] : names.Of(code, texts.Language);
}
