using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Legwork.Linking;

/// <summary>YAML to <see cref="LinkModel"/>, by hand over the node tree: no reflection at start-up, and every refusal knows its line.</summary>
internal sealed class ModelReader
{
    private readonly string file;
    private readonly string folder;
    private readonly Dictionary<string, VariantTable> tables = [];

    private ModelReader(string file, string folder)
    {
        this.file = file;
        this.folder = folder;
    }

    public static LinkModel Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(path, 0, e.Message);
        }
    }

    public static LinkModel Parse(string yaml, string file, string folder) =>
        new ModelReader(file, folder).Read(YamlFile.Root(yaml, file));

    private LinkModel Read(YamlMap root)
    {
        root.Only("name", "id", "fold_case", "missing", "tables", "derive", "comparisons", "blocking", "sources", "sure", "thresholds", "seed");
        foreach (var (name, node) in root.Map("tables")?.Entries ?? [])
            tables[name] = VariantTable.Load(Path.Combine(folder, node.Text("a file name")));
        var derivations = (root.Map("derive")?.Entries ?? []).Select(e => ReadDerivation(e.Key, e.Value.AsMap("a derivation"))).ToList();
        var comparisons = root.Needed("comparisons").AsMap("comparisons by name").Entries
            .Select(e => ReadComparison(e.Key, e.Value)).ToList();
        if (comparisons.Count is 0 or > 15) throw root.Needed("comparisons").Refuse("a model has 1 to 15 comparisons");
        var blocking = ReadBlocking(root.Needed("blocking").AsMap("blocking"));
        var sure = root.List("sure").Select(n => ReadSure(n.AsMap("a sure key"), comparisons)).ToList();
        var derived = derivations.Select(d => d.Column).ToHashSet();
        var raw = derivations.SelectMany(d => d.Of)
            .Concat(comparisons.SelectMany(c => c.Columns)).Concat(blocking.Keys.SelectMany(k => k)).Concat(sure.SelectMany(s => s.Columns))
            .Where(c => !derived.Contains(c)).Distinct().ToList();
        var id = root.Needed("id").Text("the id column");
        if (raw.Contains(id)) throw root.Needed("id").Refuse($"the id column {id} may not be compared, derived from or blocked on");
        return new LinkModel
        {
            Name = root.Find("name")?.Text("a name") ?? Path.GetFileNameWithoutExtension(file),
            IdColumn = id,
            FoldCase = root.Flag("fold_case", true),
            Missing = root.List("missing").Select(n => n.Text("a text")).ToList(),
            Derivations = derivations,
            Comparisons = comparisons,
            Blocking = blocking,
            Sources = ReadSources(root.Map("sources")),
            Sure = sure,
            Thresholds = ReadThresholds(root.Map("thresholds")),
            Variants = tables,
            Seed = (ulong)root.Number("seed", 1, 0, long.MaxValue),
            Columns = raw,
        };
    }

    private Derivation ReadDerivation(string column, YamlMap map)
    {
        map.Only("of", "as", "from", "length", "words", "table");
        var verb = map.Needed("as").OneOf(Transforms.Names);
        var of = map.Needed("of").Texts();
        var table = map.Find("table") is { } t ? Table(t) : null;
        if (verb is "syllables" or "unless_like" && table is null) throw map.Refuse($"as: {verb} needs a table");
        if (verb == "unless_like" && of.Count != 2) throw map.Refuse("as: unless_like needs two columns");
        if (verb is "part" or "unless_ends" or "before_end" && map.Find("words") is null) throw map.Refuse($"as: {verb} needs words");
        return new Derivation(column, of, verb, (int)map.Number("from", 0, -64, 64), (int)map.Number("length", 64, 1, 64),
            map.Find("words")?.Texts() ?? [], table);
    }

    private Comparison ReadComparison(string name, YamlNodeAt node)
    {
        var levels = new List<Level>();
        var map = node.AsMapOrNull();
        map?.Only("levels", "else", "main", "if", "learn_from_sure");
        foreach (var item in map is null ? node.Items("levels") : map.List("levels"))
        {
            var level = item.AsMap("a level");
            var test = ReadTest(level, "tf", "weak", "words");
            levels.Add(new Level(level.Find("words")?.Text("words") ?? test.Words, test, level.Flag("tf", false), level.Flag("weak", false)));
        }

        if (levels.Count is 0 or > 13) throw node.Refuse($"{name}: a comparison has 1 to 13 levels");
        var condition = map?.Find("if") is { } when ? ReadTest(when.AsMap("a test")) : null;
        var columns = levels.SelectMany(l => l.Test.Columns).Concat(condition?.Columns ?? []).Distinct().ToList();
        if (columns.Count > 12) throw node.Refuse($"{name}: a comparison uses at most 12 columns");
        var main = map?.Find("main")?.Texts() ?? levels[0].Test.Columns;
        if (main.FirstOrDefault(m => !columns.Contains(m)) is { } stranger) throw node.Refuse($"{name}: main names {stranger}, which no level uses");
        return new Comparison(name, levels, columns, main) { Else = map?.Find("else")?.Text("words") ?? "differs", If = condition, LearnFromSure = map?.Flag("learn_from_sure", true) ?? true };
    }

    private LevelTest ReadTest(YamlMap map, params string[] also)
    {
        foreach (var word in new[] { "all", "any" })
        {
            if (map.Find(word) is not { } parts) continue;
            map.Only([word, .. also]);
            var tests = parts.Items("tests").Select(p => ReadTest(p.AsMap("a test"))).ToArray();
            return word == "all" ? new AllTest(tests) : new AnyTest(tests);
        }

        map.Only(["is", "of", "at_least", "at_most", "table", "words_of", .. also]);
        var verb = map.Needed("is").OneOf(LevelTest.Verbs);
        var of = map.Needed("of").Texts();
        double Bound(string key, double low, double high) =>
            map.Find(key) is { } bound ? bound.Number(low, high) : throw map.Refuse($"is: {verb} needs {key}");
        LevelTest One(Func<string, LevelTest> make) =>
            of.Count == 1 ? make(of[0]) : throw map.Refuse($"is: {verb} compares one column");
        LevelTest Two(Func<string, string, LevelTest> make) =>
            of.Count == 2 ? make(of[0], of[1]) : throw map.Refuse($"is: {verb} needs two columns");
        return verb switch
        {
            "equal" => new EqualTest([.. of]),
            "edit" => One(c => new EditTest(c, (int)Bound("at_most", 1, 20))),
            "jaro_winkler" => One(c => new JaroWinklerTest(c, Bound("at_least", 0, 1))),
            "within" => One(c => new WithinTest(c, Bound("at_most", 0, 1e9))),
            "part_of" => One(c => new PartOfTest(c, (int)map.Number("at_least", 1, 1, 20))),
            "share" => One(c => new ShareTest(c, Bound("at_least", 0, 1))),
            "short_form" => One(c => new ShortFormTest(c, Table(map.Needed("table")))),
            "one_missing" => One(c => new OneMissingTest(c)),
            "both_known" => One(c => new BothKnownTest(c)),
            "nickname" => One(c => new NicknameTest(c, map.Needed("words_of").Texts(), Table(map.Needed("table")))),
            "starts" => One(c => new StartsTest(c, (int)map.Number("at_least", 1, 1, 20))),
            "alike" => One(c => new AlikeTest(c, (int)Bound("at_most", 0, 9), Table(map.Needed("table")))),
            "swapped" => Two((a, b) => new SwappedTest(a, b)),
            "crossed" => Two((a, b) => new CrossedTest(a, b)),
            _ => throw map.Refuse($"unknown verb {verb}"),
        };
    }

    private VariantTable Table(YamlNodeAt node)
    {
        var name = node.Text("a table's name");
        return tables.TryGetValue(name, out var table) ? table : throw node.Refuse($"no table is called {name} under tables");
    }

    private static BlockingPlan ReadBlocking(YamlMap map)
    {
        map.Only("keys", "pair_budget", "recall", "block_max");
        var keys = map.List("keys").Select(k => k.Texts()).ToList();
        if (keys.Count is 0 or > 60) throw map.Refuse("blocking has 1 to 60 keys");
        return new BlockingPlan(keys, (long)map.Number("pair_budget", 20_000_000, 1, 1e12), map.Number("recall", 0.99, 0.01, 1),
            (int)map.Number("block_max", 1000, 2, 1e6));
    }

    private static SourceRule ReadSources(YamlMap? map)
    {
        if (map is null) return new SourceRule();
        map.Only("one_per_source", "same_source_bits", "link_only");
        return new SourceRule(map.Flag("one_per_source", false), map.Number("same_source_bits", 12, 0, 1000), map.Flag("link_only", false));
    }

    private static SureKey ReadSure(YamlMap map, List<Comparison> comparisons)
    {
        map.Only("equal", "agree_in");
        var agree = map.Find("agree_in")?.Texts() ?? [];
        if (agree.FirstOrDefault(u => comparisons.All(c => c.Name != u)) is { } stranger)
            throw map.Refuse($"agree_in names {stranger}, which is no comparison");
        return new SureKey(map.Needed("equal").Texts(), agree.Select(a => comparisons.FindIndex(c => c.Name == a)).ToList());
    }

    private static Thresholds ReadThresholds(YamlMap? map)
    {
        if (map is null) return new Thresholds();
        map.Only("link", "review", "unseen_bits");
        var link = map.Number("link", 0.9, 0, 1);
        var review = map.Number("review", Math.Min(0.1, link), 0, 1);
        var unseen = map.Number("unseen_bits", -2, -100, 0);
        return review <= link ? new Thresholds(link, review, unseen) : throw map.Refuse("review may not lie above link");
    }
}
