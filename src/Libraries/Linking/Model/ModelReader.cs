using Legwork.Yaml;

namespace Legwork.Linking;

/// <summary>YAML to <see cref="LinkModel"/>, over nodes that know their place: no reflection at start-up.</summary>
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

    public static LinkModel Parse(string yaml, string file, string folder)
    {
        try
        {
            return new ModelReader(file, folder).Read(YamlNode.Parse(yaml, file));
        }
        catch (YamlFault fault)
        {
            throw ModelException.Of(fault);
        }
    }

    private LinkModel Read(YamlNode root)
    {
        root.Only("name", "id", "fold_case", "missing", "tables", "derive", "comparisons", "blocking", "sources", "sure", "thresholds", "seed");
        foreach (var (name, node) in root.Find("tables")?.Entries() ?? [])
            tables[name] = VariantTable.Load(Path.Combine(folder, node.Text()));
        var derivations = (root.Find("derive")?.Entries() ?? []).Select(e => ReadDerivation(e.Key, e.Value)).ToList();
        var comparisons = root["comparisons"].Entries().Select(e => ReadComparison(e.Key, e.Value)).ToList();
        if (comparisons.Count is 0 or > 15) throw root["comparisons"].Wrong("a model has 1 to 15 comparisons");
        var blocking = ReadBlocking(root["blocking"]);
        var sure = root.ListOrNone("sure").Select(key => ReadSure(key, comparisons)).ToList();
        var derived = derivations.Select(d => d.Column).ToHashSet();
        var raw = derivations.SelectMany(d => d.Of)
            .Concat(comparisons.SelectMany(c => c.Columns)).Concat(blocking.Keys.SelectMany(k => k)).Concat(sure.SelectMany(s => s.Columns))
            .Where(c => !derived.Contains(c)).Distinct().ToList();
        var id = root["id"].Text();
        if (raw.Contains(id)) throw root["id"].Wrong($"the id column {id} may not be compared, derived from or blocked on");
        return new LinkModel
        {
            Name = root.TextOrNone("name") ?? Path.GetFileNameWithoutExtension(file),
            IdColumn = id,
            FoldCase = root.Flag("fold_case", true),
            Missing = root.WordsOrNone("missing"),
            Derivations = derivations,
            Comparisons = comparisons,
            Blocking = blocking,
            Sources = ReadSources(root.Find("sources"), comparisons),
            Sure = sure,
            Thresholds = ReadThresholds(root.Find("thresholds")),
            Variants = tables,
            Seed = (ulong)root.Decimal("seed", 1, 0, long.MaxValue),
            Columns = raw,
        };
    }

    private Derivation ReadDerivation(string column, YamlNode map)
    {
        map.Only("of", "as", "from", "length", "words", "table");
        var verb = map["as"].OneOf(Transforms.Names);
        var of = map["of"].WordOrWords();
        var table = map.Find("table") is { } t ? Table(t) : null;
        if (verb is "syllables" or "heard" or "unless_like" or "unless_same" or "fuller" && table is null)
            throw map.Wrong($"as: {verb} needs a table");
        if (verb is "unless_like" or "unless_same" or "fuller" && of.Count != 2) throw map.Wrong($"as: {verb} needs two columns");
        if (verb is "part" or "unless_ends" or "before_end" && map.Find("words") is null) throw map.Wrong($"as: {verb} needs words");
        return new Derivation(column, of, verb, (int)map.Decimal("from", 0, -64, 64), (int)map.Decimal("length", 64, 1, 64),
            map.Find("words")?.WordOrWords() ?? [], table);
    }

    private Comparison ReadComparison(string name, YamlNode node)
    {
        var levels = new List<Level>();
        var map = node.IsMap ? node : null;
        map?.Only("levels", "else", "main", "if", "learn_from_sure");
        foreach (var level in map is null ? node.List() : map.ListOrNone("levels"))
        {
            var test = ReadTest(level, "tf", "weak", "words");
            levels.Add(new Level(level.TextOrNone("words") ?? test.Words, test, level.Flag("tf", false), level.Flag("weak", false)));
        }

        if (levels.Count is 0 or > 13) throw node.Wrong($"{name}: a comparison has 1 to 13 levels");
        var condition = map?.Find("if") is { } when ? ReadTest(when) : null;
        var columns = levels.SelectMany(l => l.Test.Columns).Concat(condition?.Columns ?? []).Distinct().ToList();
        if (columns.Count > 12) throw node.Wrong($"{name}: a comparison uses at most 12 columns");
        var main = map?.Find("main")?.WordOrWords() ?? levels[0].Test.Columns;
        if (main.FirstOrDefault(m => !columns.Contains(m)) is { } stranger) throw node.Wrong($"{name}: main names {stranger}, which no level uses");
        return new Comparison(name, levels, columns, main)
        {
            Else = map?.TextOrNone("else") ?? "differs",
            If = condition,
            LearnFromSure = map?.Flag("learn_from_sure", true) ?? true
        };
    }

    private LevelTest ReadTest(YamlNode map, params string[] also)
    {
        if (map.Find("not") is { } denied)
        {
            map.Only(["not", .. also]);
            return new NotTest(ReadTest(denied));
        }

        foreach (var word in new[] { "all", "any" })
        {
            if (map.Find(word) is not { } parts) continue;
            map.Only([word, .. also]);
            var tests = parts.List().Select(p => ReadTest(p)).ToArray();
            return word == "all" ? new AllTest(tests) : new AnyTest(tests);
        }

        map.Only(["is", "of", "at_least", "at_most", "table", "words_of", .. also]);
        var verb = map["is"].OneOf(LevelTest.Verbs);
        var of = map["of"].WordOrWords();
        double Bound(string key, double low, double high) =>
            map.Find(key) is { } bound ? bound.Decimal(low, high) : throw map.Wrong($"is: {verb} needs {key}");
        LevelTest One(Func<string, LevelTest> make) =>
            of.Count == 1 ? make(of[0]) : throw map.Wrong($"is: {verb} compares one column");
        LevelTest Two(Func<string, string, LevelTest> make) =>
            of.Count == 2 ? make(of[0], of[1]) : throw map.Wrong($"is: {verb} needs two columns");
        return verb switch
        {
            "equal" => new EqualTest([.. of]),
            "edit" => One(c => new EditTest(c, (int)Bound("at_most", 1, 20))),
            "jaro_winkler" => One(c => new JaroWinklerTest(c, Bound("at_least", 0, 1))),
            "within" => One(c => new WithinTest(c, Bound("at_most", 0, 1e9))),
            "part_of" => One(c => new PartOfTest(c, (int)map.Decimal("at_least", 1, 1, 20))),
            "share" => One(c => new ShareTest(c, Bound("at_least", 0, 1))),
            "short_form" => One(c => new ShortFormTest(c, Table(map["table"]))),
            "one_missing" => One(c => new OneMissingTest(c)),
            "both_known" => One(c => new BothKnownTest(c)),
            "nickname" => One(c => new NicknameTest(c, map["words_of"].WordOrWords(), Table(map["table"]))),
            "starts" => One(c => new StartsTest(c, (int)map.Decimal("at_least", 1, 1, 20))),
            "alike" => One(c => new AlikeTest(c, (int)Bound("at_most", 0, 9), Table(map["table"]))),
            "swapped" => Two((a, b) => new SwappedTest(a, b)),
            "crossed" => Two((a, b) => new CrossedTest(a, b)),
            _ => throw map.Wrong($"unknown verb {verb}"),
        };
    }

    private VariantTable Table(YamlNode node)
    {
        var name = node.Text();
        return tables.TryGetValue(name, out var table) ? table : throw node.Wrong($"no table is called {name} under tables");
    }

    private static BlockingPlan ReadBlocking(YamlNode map)
    {
        map.Only("keys", "pair_budget", "recall", "block_max");
        var keys = map.ListOrNone("keys").Select(k => k.WordOrWords()).ToList();
        if (keys.Count is 0 or > 60) throw map.Wrong("blocking has 1 to 60 keys");
        return new BlockingPlan(keys, (long)map.Decimal("pair_budget", 20_000_000, 1, 1e12), map.Decimal("recall", 0.99, 0.01, 1),
            (int)map.Decimal("block_max", 1000, 2, 1e6));
    }

    private static SourceRule ReadSources(YamlNode? map, List<Comparison> comparisons)
    {
        if (map is null) return new SourceRule();
        map.Only("one_per_source", "same_source_bits", "link_only", "excused", "apart");
        var excused = map.Find("excused");
        excused?.Only("agree_in", "unless_differs");
        var apart = map.Find("apart");
        apart?.Only("agree_in", "differ_in");
        return new SourceRule(map.Flag("one_per_source", false), map.Decimal("same_source_bits", 12, 0, 1000), map.Flag("link_only", false))
        {
            Excused = excused is null ? [] : ReadAgreements(excused["agree_in"], comparisons),
            ExcusedUnlessDiffers = excused?.Find("unless_differs") is not { } differs ? []
                : [.. ReadAgreements(differs, comparisons).Select(agreement => agreement.Comparison)],
            Apart = apart is null ? [] : ReadAgreements(apart["agree_in"], comparisons),
            ApartDiffering = apart is null ? [] : ReadAgreements(apart["differ_in"], comparisons),
        };
    }

    private static SureKey ReadSure(YamlNode map, List<Comparison> comparisons)
    {
        map.Only("equal", "agree_in", "else");
        IReadOnlyList<YamlNode> alternatives = map.Find("agree_in") is not { } agree ? [] : agree.IsText ? [agree] : agree.List();
        var apart = map.Find("else")?.OneOf(["apart"]) is not null;
        if (apart && alternatives.Count == 0) throw map.Wrong("else", "without agree_in there is nothing to deny");
        return new SureKey(map["equal"].WordOrWords(), [.. alternatives.Select(one => ReadAgreements(one, comparisons))], apart);
    }

    /// <summary>Names of comparisons; <c>weak name</c> is content with a weak level of name.</summary>
    private static List<Agreement> ReadAgreements(YamlNode names, List<Comparison> comparisons) => [.. names.WordOrWords().Select(word =>
    {
        const string weak = "weak ";
        var weakToo = word.StartsWith(weak, StringComparison.Ordinal);
        var at = comparisons.FindIndex(c => c.Name == (weakToo ? word[weak.Length..] : word));
        return at >= 0 ? new Agreement(at, weakToo) : throw names.Wrong($"names {word}, which is no comparison");
    })];

    private static Thresholds ReadThresholds(YamlNode? map)
    {
        if (map is null) return new Thresholds();
        map.Only("link", "review", "unseen_bits");
        var link = map.Decimal("link", 0.9, 0, 1);
        var review = map.Decimal("review", Math.Min(0.1, link), 0, 1);
        var unseen = map.Decimal("unseen_bits", -2, -100, 0);
        return review <= link ? new Thresholds(link, review, unseen) : throw map.Wrong("review may not lie above link");
    }
}
