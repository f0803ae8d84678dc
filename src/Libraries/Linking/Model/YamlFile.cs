using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Legwork.Linking;

/// <summary>A YAML file as nodes that know their line, so that whatever is wrong is refused where it stands.</summary>
internal static class YamlFile
{
    public static YamlMap Root(string yaml, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count != 1) throw new ModelException(file, 0, "the file holds no YAML document, or more than one");
            return new YamlNodeAt(stream.Documents[0].RootNode, file).AsMap("a mapping");
        }
        catch (YamlException e)
        {
            throw new ModelException(file, e.Start.Line, e.InnerException?.Message ?? e.Message);
        }
    }
}

internal readonly record struct YamlNodeAt(YamlNode Node, string File)
{
    public ModelException Refuse(string reason) => new(File, Node.Start.Line, reason);

    public string Text(string what) => Node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Refuse($"expected {what}");

    public YamlMap AsMap(string what) => AsMapOrNull() ?? throw Refuse($"expected {what}, a mapping of keys and values");

    public YamlMap? AsMapOrNull() => Node is YamlMappingNode map ? new YamlMap(map, File) : null;

    public IEnumerable<YamlNodeAt> Items(string what)
    {
        var file = File;
        return Node is YamlSequenceNode list ? list.Children.Select(c => new YamlNodeAt(c, file)) : throw Refuse($"expected a list of {what}");
    }

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> Texts()
    {
        if (Node is YamlScalarNode) return [Text("a text")];
        var texts = Items("texts").Select(n => n.Text("a text")).ToList();
        return texts.Count > 0 ? texts : throw Refuse("the list is empty");
    }

    public string OneOf(IReadOnlyCollection<string> words)
    {
        var text = Text("a word");
        return words.Contains(text) ? text : throw Refuse($"{text} is none of {string.Join(", ", words)}");
    }

    public double Number(double low, double high) =>
        double.TryParse(Text("a number").Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number : throw Refuse(string.Create(CultureInfo.InvariantCulture, $"expected a number from {low} to {high}"));
}

internal sealed record YamlMap(YamlMappingNode Node, string File)
{
    public ModelException Refuse(string reason) => new(File, Node.Start.Line, reason);

    public IEnumerable<KeyValuePair<string, YamlNodeAt>> Entries
    {
        get
        {
            var file = File;
            return Node.Children.Select(c => KeyValuePair.Create(new YamlNodeAt(c.Key, file).Text("a key"), new YamlNodeAt(c.Value, file)));
        }
    }

    /// <summary>A key that is not known is a typing error that would otherwise be obeyed silently.</summary>
    public void Only(params IReadOnlyCollection<string> known)
    {
        foreach (var key in Node.Children.Keys)
        {
            var at = new YamlNodeAt(key, File);
            if (!known.Contains(at.Text("a key"))) throw at.Refuse($"unknown key {at.Text("a key")}; known are {string.Join(", ", known)}");
        }
    }

    public YamlNodeAt? Find(string key) =>
        Node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? new YamlNodeAt(node, File) : null;

    public YamlNodeAt Needed(string key) => Find(key) ?? throw Refuse($"{key} is missing");

    public YamlMap? Map(string key) => Find(key)?.AsMap($"{key}");

    public IEnumerable<YamlNodeAt> List(string key) => Find(key)?.Items(key) ?? [];

    public double Number(string key, double otherwise, double low, double high) => Find(key)?.Number(low, high) ?? otherwise;

    public bool Flag(string key, bool otherwise) => Find(key) is not { } node ? otherwise
        : node.OneOf(["true", "false"]) == "true";
}
