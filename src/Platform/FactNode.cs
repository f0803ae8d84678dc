using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Legwork.Platform;

/// <summary>One value of a district's file, which knows its file and line: whatever is missing or wrong is refused where it stands.</summary>
/// <exception cref="FormatException">Thrown by every reading of a value that is missing or not what it should be.</exception>
internal sealed record FactNode(string Path, YamlNode Node, string Name)
{
    public static FactNode Load(string path) => new(path, YamlFile.Load(path).Documents[0].RootNode, "the file");

    public FactNode this[string key] =>
        Map.Children.TryGetValue(key, out var value) ? new FactNode(Path, value, key) : throw Wrong($"'{key}' is missing");

    public string Text => Node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong($"'{Name}' has no text");

    private YamlMappingNode Map => Node as YamlMappingNode ?? throw Wrong($"'{Name}' holds no named values");

    public FormatException Wrong(string why) => new($"{Path}:{Node.Start.Line}: {why}.");

    /// <summary>A key that nobody reads is a typing error that would otherwise be obeyed silently.</summary>
    public FactNode Only(params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in Map.Children)
            if (!known.Contains(key.ToString())) throw new FactNode(Path, key, Name).Wrong($"nobody reads '{key}'");
        return this;
    }

    public IReadOnlyList<FactNode> Items() => Node is YamlSequenceNode { Children.Count: > 0 } list
        ? [.. list.Select(item => new FactNode(Path, item, Name))] : throw Wrong($"'{Name}' holds no list");

    public IEnumerable<(FactNode Key, FactNode Value)> Pairs() =>
        Map.Children.Select(pair => (new FactNode(Path, pair.Key, Name), new FactNode(Path, pair.Value, Name)));

    public DateOnly Day() => DateOnly.TryParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw Wrong($"'{Text}' is no day such as 2024-01-01");

    public TimeSpan Offset() => Text is ['+' or '-', .. { Length: 5 } clock]
        && TimeSpan.TryParseExact(clock, "hh\\:mm", CultureInfo.InvariantCulture, out var hours) && hours <= TimeSpan.FromHours(14) ? Text[0] == '-' ? -hours : hours : throw Wrong($"'{Text}' is no offset such as +08:00");
}
