using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Legwork.Kernel;
using Legwork.Yaml;

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
        ["max_shared_strings"] = (l, v) => l with { MaxSharedStrings = (int)Math.Min(v, int.MaxValue) },
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
            return new LayoutReader().Layout(YamlNode.Parse(yaml, name));
        }
        catch (Malformed m)
        {
            return Fault.Of(m.Code, [.. m.Args, ("file", name), ("line", m.Line)]).ToRefusal();
        }
        catch (YamlFault e)
        {
            return Fault.Of("registers.layout.yaml", ("file", name), ("line", e.Line),
                ("reason", e.Path.Length > 0 ? $"{e.Path}: {e.Reason}" : e.Reason)).ToRefusal();
        }
    }

    private Layout Layout(YamlNode root)
    {
        Allow(root, "source", "called", "means", "list", "files", "delimiter", "columns", "required",
            "identifies", "dated_by", "drop", "blank", "may_be_empty", "limits");
        var drop = Texts(root, "drop").Select(word => word.Text()).ToList();
        var columns = Must(root, "columns").Entries().Select(column => Column(column.Key, column.Value, drop)).ToList();
        if (columns.Count == 0) throw new Malformed(root.Line, "registers.layout.missing_key", ("key", "columns"));
        var layout = new Layout
        {
            Source = Must(root, "source").Text(),
            Called = root.Find("called") is { } called ? CalledIn(called) : new Dictionary<string, string>(),
            Means = root.Text("means", ""),
            List = Kind(Must(root, "list")),
            Files = [.. Texts(root, "files").Select(Pattern)],
            Columns = columns,
            Required = [.. Texts(root, "required").Select(group => Fields(group, '|'))],
            Identifies = [.. Texts(root, "identifies").Select(group => Fields(group, '+'))],
            DatedBy = [.. Texts(root, "dated_by").Select(field => Dated(field, columns))],
            Drop = drop,
            BlankWords = root.Has("blank") ? [.. Texts(root, "blank").Select(word => word.Text())] : Registers.Layout.DefaultBlankWords,
            MayBeEmpty = root.Flag("may_be_empty"),
            Delimiter = root.Find("delimiter") is { } delimiter ? Delimiter(delimiter) : null,
            Limits = root.Find("limits") is { } limits ? ReadLimits(limits) : new Limits(),
        };
        if (layout.Files.Count == 0) throw new Malformed(root.Line, "registers.layout.missing_key", ("key", "files"));
        if (layout.List == ListKind.Full && layout.Required.Count == 0)
            throw new Malformed(root.Line, "registers.layout.missing_key", ("key", "required"));
        return layout;
    }

    private LayoutColumn Column(string header, YamlNode column, List<string> drop)
    {
        Allow(column, "field", "type", "also", "optional", "codes", "ahead");
        var also = Texts(column, "also").Select(other => other.Text()).ToList();
        var forbidden = also.Prepend(header).FirstOrDefault(h => NeverHeld.Covers(h) || drop.Contains(h));
        if (forbidden is not null) throw new Malformed(column.KeyLine, "registers.layout.never_held", ("header", forbidden));
        var field = Must(column, "field").Text();
        if (!FieldName().IsMatch(field) || NeverHeld.Covers(field)) throw new Malformed(column.Line, "registers.layout.field_name", ("field", field));
        if (!fields.Add(field)) throw new Malformed(column.Line, "registers.layout.same_field", ("field", field));
        var type = column.Find("type") is { } named ? Type(named) : FieldType.Text;
        var codes = column.Find("codes") is { } listed ? Codes(listed) : [];
        if (type == FieldType.Code && codes.Count == 0) throw new Malformed(column.Line, "registers.layout.codes", ("field", field));
        return new LayoutColumn(header, field, type, also, column.Flag("optional"), codes, column.Flag("ahead"));
    }

    private static Dictionary<string, string> Codes(YamlNode node)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, word) in node.Entries()) codes[code.Normalize(NormalizationForm.FormKC).Trim()] = word.Text();
        return codes;
    }

    private static Dictionary<string, string> CalledIn(YamlNode node)
    {
        // Whether the Tibetan waits for a Tibetan speaker is for the reader of the file alone.
        Allow(node, "bo", "en", "bo_review");
        return node.Entries().Where(entry => entry.Key != "bo_review")
            .ToDictionary(entry => entry.Key, entry => entry.Value.Text(), StringComparer.Ordinal);
    }

    private static Limits ReadLimits(YamlNode node)
    {
        var limits = new Limits();
        foreach (var (key, value) in node.Entries())
        {
            if (!LimitKeys.TryGetValue(key, out var set)) throw new Malformed(value.KeyLine, "registers.layout.unknown_key", ("key", key));
            if (!double.TryParse(value.Text(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                throw new Malformed(value.Line, "registers.layout.number", ("key", key));
            limits = set(limits, number);
        }
        return limits;
    }

    private string[] Fields(YamlNode group, char separator)
    {
        var named = group.Text().Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var stranger = named.FirstOrDefault(n => !fields.Contains(n));
        if (stranger is not null) throw new Malformed(group.Line, "registers.layout.no_such_field", ("field", stranger));
        return named;
    }

    private static string Dated(YamlNode field, List<LayoutColumn> columns)
    {
        var column = columns.Find(c => c.Field == field.Text())
            ?? throw new Malformed(field.Line, "registers.layout.no_such_field", ("field", field.Text()));
        return column.Type == FieldType.Date ? column.Field : throw new Malformed(field.Line, "registers.layout.not_a_date", ("field", column.Field));
    }

    private static string Pattern(YamlNode pattern) => FilePattern.Compile(pattern.Text()) is null
        ? throw new Malformed(pattern.Line, "registers.layout.pattern", ("pattern", pattern.Text())) : pattern.Text();

    private static FieldType Type(YamlNode node) => Types.TryGetValue(node.Text(), out var type)
        ? type : throw new Malformed(node.Line, "registers.layout.type", ("type", node.Text()), ("types", string.Join(", ", Types.Keys)));

    private static ListKind Kind(YamlNode node) => node.Text() switch
    {
        "full" => ListKind.Full,
        "delta" => ListKind.Delta,
        "year" => ListKind.Year,
        var other => throw new Malformed(node.Line, "registers.layout.list", ("list", other)),
    };

    private static char Delimiter(YamlNode node) => node.Text() switch
    {
        "tab" => '\t',
        [',' or ';' or '|'] and [var c] => c,
        var other => throw new Malformed(node.Line, "registers.layout.delimiter", ("delimiter", other)),
    };

    private static void Allow(YamlNode map, params string[] keys)
    {
        foreach (var (key, value) in map.Entries())
            if (!keys.Contains(key)) throw new Malformed(value.KeyLine, "registers.layout.unknown_key", ("key", key));
    }

    private static YamlNode Must(YamlNode map, string key) =>
        map.Find(key) ?? throw new Malformed(map.Line, "registers.layout.missing_key", ("key", key));

    /// <summary>A list of texts, or one text standing for a list of one.</summary>
    private static IReadOnlyList<YamlNode> Texts(YamlNode map, string key) => map.Find(key) is not { } node ? [] : node.IsText ? [node] : node.List();

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();

    private sealed class Malformed(int line, string code, params (string Name, object Value)[] args) : Exception
    {
        public int Line => line;

        public string Code => code;

        public (string Name, object Value)[] Args => args;
    }
}
