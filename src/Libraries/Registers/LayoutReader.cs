using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Legwork.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Legwork.Registers;

/// <summary>Reads one layout from YAML. An unknown key is refused: a misspelt limit that is silently ignored would guard nothing.</summary>
internal sealed partial class LayoutReader
{
    private static readonly Dictionary<string, FieldType> Types = new()
    {
        ["text"] = FieldType.Text,
        ["name"] = FieldType.Name,
        ["address"] = FieldType.Address,
        ["id"] = FieldType.Id,
        ["resident_number"] = FieldType.ResidentNumber,
        ["date"] = FieldType.Date,
        ["year"] = FieldType.Year,
        ["sex"] = FieldType.Sex,
        ["phone"] = FieldType.Phone,
        ["code"] = FieldType.Code,
        ["decimal"] = FieldType.Decimal,
    };

    private static readonly Dictionary<string, Func<Limits, double, Limits>> LimitKeys = new()
    {
        ["max_bytes"] = (l, v) => l with { MaxBytes = (long)v },
        ["max_unzipped_bytes"] = (l, v) => l with { MaxUnzippedBytes = (long)v },
        ["max_rows"] = (l, v) => l with { MaxRows = (int)Math.Min(v, int.MaxValue) },
        ["max_field_chars"] = (l, v) => l with { MaxFieldChars = (int)Math.Min(v, 1_000_000) },
        ["missing_share"] = (l, v) => l with { MissingShare = v },
        ["ragged_share"] = (l, v) => l with { RaggedShare = v },
        ["wrong_number_share"] = (l, v) => l with { WrongNumberShare = v },
        ["unreadable_share"] = (l, v) => l with { UnreadableShare = v },
        ["repeated_share"] = (l, v) => l with { RepeatedShare = v },
        ["few_rows"] = (l, v) => l with { FewRows = (int)Math.Min(v, int.MaxValue) },
        ["shrink_to"] = (l, v) => l with { ShrinkTo = v },
        ["grow_to"] = (l, v) => l with { GrowTo = v },
        ["compare_from_rows"] = (l, v) => l with { CompareFromRows = (int)Math.Min(v, int.MaxValue) },
    };

    private readonly HashSet<string> fields = [];

    public static Outcome<Layout> Read(string yaml, string name)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count != 1) throw new Malformed(1, "registers.layout.not_one");
            return new LayoutReader().Layout(stream.Documents[0].RootNode);
        }
        catch (Malformed m)
        {
            return Fault.Of(m.Code, [.. m.Args, ("file", name), ("line", m.Line)]).ToRefusal();
        }
        catch (YamlException e)
        {
            return Fault.Of("registers.layout.yaml", ("file", name), ("line", e.Start.Line), ("reason", e.InnerException?.Message ?? e.Message)).ToRefusal();
        }
    }

    private Layout Layout(YamlNode root)
    {
        var map = Map(root);
        Allow(map, "source", "called", "means", "list", "files", "delimiter", "columns",
            "required", "identifies", "dated_by", "drop", "blank", "limits");
        var drop = Texts(map, "drop").Select(d => d.Text).ToList();
        var columns = Map(Must(map, root, "columns")).Select(c => Column(c.Key, c.Value, drop)).ToList();
        if (columns.Count == 0) throw new Malformed(Line(root), "registers.layout.missing_key", ("key", "columns"));
        var layout = new Layout
        {
            Source = Text(Must(map, root, "source")),
            Called = Find(map, "called") is { } called ? CalledIn(called) : new Dictionary<string, string>(),
            Means = Find(map, "means") is { } means ? Text(means) : "",
            List = Kind(Must(map, root, "list")),
            Files = [.. Texts(map, "files").Select(f => Pattern(f.Text, f.Line))],
            Columns = columns,
            Required = [.. Texts(map, "required").Select(r => Fields(r, '|'))],
            Identifies = [.. Texts(map, "identifies").Select(i => Fields(i, '+'))],
            DatedBy = [.. Texts(map, "dated_by").Select(d => Dated(d, columns))],
            Drop = drop,
            BlankWords = map.Any(m => Text(m.Key) == "blank") ? [.. Texts(map, "blank").Select(b => b.Text)] : Registers.Layout.DefaultBlankWords,
            Delimiter = Find(map, "delimiter") is { } d ? Delimiter(d) : null,
            Limits = Find(map, "limits") is { } l ? ReadLimits(l) : new Limits(),
        };
        if (layout.Files.Count == 0) throw new Malformed(Line(root), "registers.layout.missing_key", ("key", "files"));
        if (layout.List == ListKind.Full && layout.Required.Count == 0)
            throw new Malformed(Line(root), "registers.layout.missing_key", ("key", "required"));
        return layout;
    }

    private LayoutColumn Column(YamlNode key, YamlNode value, List<string> drop)
    {
        var header = Text(key);
        var map = Map(value);
        Allow(map, "field", "type", "also", "optional", "codes");
        var also = Texts(map, "also").Select(a => a.Text).ToList();
        var forbidden = also.Prepend(header).FirstOrDefault(h => NeverHeld.Covers(h) || drop.Contains(h));
        if (forbidden is not null) throw new Malformed(Line(key), "registers.layout.never_held", ("header", forbidden));
        var field = Text(Must(map, value, "field"));
        if (!FieldName().IsMatch(field) || NeverHeld.Covers(field)) throw new Malformed(Line(value), "registers.layout.field_name", ("field", field));
        if (!fields.Add(field)) throw new Malformed(Line(value), "registers.layout.same_field", ("field", field));
        var type = Find(map, "type") is { } t ? Type(t) : FieldType.Text;
        var codes = Find(map, "codes") is { } c ? Codes(c) : [];
        if (type == FieldType.Code && codes.Count == 0) throw new Malformed(Line(value), "registers.layout.codes", ("field", field));
        return new LayoutColumn(header, field, type, also, Find(map, "optional") is { } o && Bool(o), codes);
    }

    private static Dictionary<string, string> Codes(YamlNode node)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, word) in Map(node)) codes[Text(code).Normalize(NormalizationForm.FormKC).Trim()] = Text(word);
        return codes;
    }

    private static Dictionary<string, string> CalledIn(YamlNode node)
    {
        var map = Map(node);
        // Whether the Tibetan waits for a Tibetan speaker is for the reader of the file alone.
        Allow(map, "bo", "en", "bo_review");
        return map.Where(entry => Text(entry.Key) != "bo_review").ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value), StringComparer.Ordinal);
    }

    private static Limits ReadLimits(YamlNode node)
    {
        var limits = new Limits();
        foreach (var (key, value) in Map(node))
        {
            if (!LimitKeys.TryGetValue(Text(key), out var set)) throw new Malformed(Line(key), "registers.layout.unknown_key", ("key", Text(key)));
            if (!double.TryParse(Text(value), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                throw new Malformed(Line(value), "registers.layout.number", ("key", Text(key)));
            limits = set(limits, number);
        }
        return limits;
    }

    private string[] Fields((string Text, int Line) group, char separator)
    {
        var named = group.Text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var stranger = named.FirstOrDefault(n => !fields.Contains(n));
        if (stranger is not null) throw new Malformed(group.Line, "registers.layout.no_such_field", ("field", stranger));
        return named;
    }

    private static string Dated((string Text, int Line) field, List<LayoutColumn> columns)
    {
        var column = columns.Find(c => c.Field == field.Text)
            ?? throw new Malformed(field.Line, "registers.layout.no_such_field", ("field", field.Text));
        return column.Type == FieldType.Date ? field.Text : throw new Malformed(field.Line, "registers.layout.not_a_date", ("field", field.Text));
    }

    private static string Pattern(string pattern, int line) => FilePattern.Compile(pattern) is null
        ? throw new Malformed(line, "registers.layout.pattern", ("pattern", pattern)) : pattern;

    private static FieldType Type(YamlNode node) => Types.TryGetValue(Text(node), out var type)
        ? type : throw new Malformed(Line(node), "registers.layout.type", ("type", Text(node)), ("types", string.Join(", ", Types.Keys)));

    private static ListKind Kind(YamlNode node) => Text(node) switch
    {
        "full" => ListKind.Full,
        "delta" => ListKind.Delta,
        "year" => ListKind.Year,
        var other => throw new Malformed(Line(node), "registers.layout.list", ("list", other)),
    };

    private static char Delimiter(YamlNode node) => Text(node) switch
    {
        "tab" => '\t',
        [',' or ';' or '|'] and [var c] => c,
        var other => throw new Malformed(Line(node), "registers.layout.delimiter", ("delimiter", other)),
    };

    private static bool Bool(YamlNode node) => Text(node) switch
    {
        "true" => true,
        "false" => false,
        var other => throw new Malformed(Line(node), "registers.layout.bool", ("value", other)),
    };

    private static void Allow(List<KeyValuePair<YamlNode, YamlNode>> map, params string[] keys)
    {
        foreach (var (key, _) in map)
            if (!keys.Contains(Text(key))) throw new Malformed(Line(key), "registers.layout.unknown_key", ("key", Text(key)));
    }

    private static List<KeyValuePair<YamlNode, YamlNode>> Map(YamlNode node) => node is YamlMappingNode map
        ? [.. map.Children] : throw new Malformed(Line(node), "registers.layout.shape", ("shape", "key: value"));

    private static YamlNode? Find(List<KeyValuePair<YamlNode, YamlNode>> map, string key) => map.Find(m => Text(m.Key) == key).Value;

    private static YamlNode Must(List<KeyValuePair<YamlNode, YamlNode>> map, YamlNode owner, string key) =>
        Find(map, key) ?? throw new Malformed(Line(owner), "registers.layout.missing_key", ("key", key));

    /// <summary>A list of texts, or one text standing for a list of one.</summary>
    private static List<(string Text, int Line)> Texts(List<KeyValuePair<YamlNode, YamlNode>> map, string key) => Find(map, key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(n => (Text(n), Line(n)))],
        var one => [(Text(one), Line(one))],
    };

    private static string Text(YamlNode node) => node is YamlScalarNode { Value: { Length: > 0 } text }
        ? text : throw new Malformed(Line(node), "registers.layout.shape", ("shape", "text"));

    private static int Line(YamlNode node) => (int)node.Start.Line;

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex FieldName();

    private sealed class Malformed(int line, string code, params (string Name, object Value)[] args) : Exception
    {
        public int Line => line;

        public string Code => code;

        public (string Name, object Value)[] Args => args;
    }
}
