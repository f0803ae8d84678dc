using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Legwork.Yaml;

/// <summary>
/// Builds the nodes of one document from the parser's events, within bounds: a file that was damaged, or made to harm, ends in a named
/// fault and not in all of the memory. An alias (<c>*answers</c>) repeats what stands behind its anchor, counted again each time.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>The longest file of this house has 40,000 characters.</summary>
    public const int CharsMax = 8_000_000;

    public const int NodesMax = 500_000;

    public const int DepthMax = 32;

    private readonly string file;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private int nodes;

    private YamlTree(string file, string text) => (this.file, parser) = (file, new Parser(new StringReader(text)));

    public static YamlNode Read(string file, string text)
    {
        if (text.Length > CharsMax)
            throw new YamlFault(file, 0, "", $"the file is longer than {CharsMax.ToString("N0", CultureInfo.InvariantCulture)} characters");
        try
        {
            return new YamlTree(file, text).Document();
        }
        catch (YamlException e)
        {
            throw new YamlFault(file, (int)e.Start.Line, "", $"this is not YAML. {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private YamlNode Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) throw new YamlFault(file, 0, "", "the file is empty");
        var root = Node(new Place(file, 0, "", 0));
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second)) throw new YamlFault(file, (int)second.Start.Line, "", "one document belongs in a file");
        return root;
    }

    private YamlNode Node(Place at)
    {
        var line = (int)parser.Current!.Start.Line;
        Bound(at, line);
        switch (parser.Current)
        {
            case AnchorAlias:
                var name = parser.Consume<AnchorAlias>().Value.Value;
                return anchors.TryGetValue(name, out var anchored)
                    ? Again(anchored, at) : throw new YamlFault(file, line, at.Path, $"nothing is called &{name}");
            case Scalar:
                var scalar = parser.Consume<Scalar>();
                return Anchored(scalar, new YamlNode(at, line, scalar.Value));
            case SequenceStart:
                return Anchored(parser.Consume<SequenceStart>(), new YamlNode(at, line, Items(at)));
            default:
                return Anchored(parser.Consume<MappingStart>(), new YamlNode(at, line, Entries(at)));
        }
    }

    private List<YamlNode> Items(Place at)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(at.Item(items.Count + 1)));
        return items;
    }

    private Dictionary<string, YamlNode> Entries(Place at)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var line = (int)parser.Current!.Start.Line;
            if (!parser.TryConsume<Scalar>(out var key)) throw new YamlFault(file, line, at.Path, "a key is a text");
            if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
                throw new YamlFault(file, line, at.Path, "'<<' merges nothing here: write the entries out");
            var value = Node(at.Entry(key.Value, line));
            if (!entries.TryAdd(key.Value, value)) throw new YamlFault(file, line, at.Path, $"'{key.Value}' stands twice");
        }
        return entries;
    }

    private YamlNode Anchored(NodeEvent from, YamlNode node)
    {
        if (!from.Anchor.IsEmpty) anchors[from.Anchor.Value] = node;
        return node;
    }

    private YamlNode Again(YamlNode anchored, Place at)
    {
        Bound(at, anchored.Line);
        return anchored.At(at, Again);
    }

    private void Bound(Place at, int line)
    {
        if (++nodes > NodesMax) throw new YamlFault(file, line, at.Path,
            $"more than {NodesMax.ToString("N0", CultureInfo.InvariantCulture)} values, with what aliases repeat");
        if (at.Depth > DepthMax) throw new YamlFault(file, line, at.Path, $"more than {DepthMax} levels deep");
    }
}

/// <summary>Where a node stands. The path is spelt out only for a message.</summary>
/// <param name="KeyLine">The line of its key; of an item of a list, 0.</param>
internal sealed record Place(string File, int KeyLine, string Name, int Depth, Place? Parent = null)
{
    public string Path => Parent is null ? "" : Name[0] == '[' || Parent.Path.Length == 0 ? Parent.Path + Name : $"{Parent.Path}.{Name}";

    public Place Entry(string key, int line) => new(File, line, key.Length > 0 ? key : "''", Depth + 1, this);

    public Place Item(int number) => new(File, 0, string.Create(CultureInfo.InvariantCulture, $"[{number}]"), Depth + 1, this);
}
