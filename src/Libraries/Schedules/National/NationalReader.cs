using Legwork.Yaml;

namespace Legwork.Schedules.National;

/// <summary>Reads the folder of a national rule set. Whatever is not understood is refused with its file, line and
/// reason; nothing is guessed.</summary>
internal sealed class NationalReader
{
    private static readonly string[] General = ["general.yaml", "vaccines.yaml", "states.yaml"];

    private readonly HashSet<string> vaccines = new(StringComparer.Ordinal);
    private readonly HashSet<string> observations = new(StringComparer.Ordinal);
    private readonly HashSet<string> rows = new(StringComparer.Ordinal);
    private Dictionary<string, string> sources = [];

    /// <summary>The texts of the folder's files by their names.</summary>
    public static Dictionary<string, string> Files(string folder) => !Directory.Exists(folder)
        ? throw new RuleFileException(folder, 0, "there is no such folder")
        : Directory.EnumerateFiles(folder, "*.yaml").ToDictionary(path => Path.GetFileName(path), File.ReadAllText, StringComparer.Ordinal);

    public static NationalBook Read(IReadOnlyDictionary<string, string> files)
    {
        if (General.FirstOrDefault(name => !files.ContainsKey(name)) is { } missing) throw new RuleFileException(missing, 0, "is missing");
        try
        {
            return new NationalReader().Book(files);
        }
        catch (YamlFault fault)
        {
            throw RuleFileException.Of(fault);
        }
    }

    private NationalBook Book(IReadOnlyDictionary<string, string> files)
    {
        var given = Vaccines(YamlNode.Parse(files["vaccines.yaml"], "vaccines.yaml"));
        var general = YamlNode.Parse(files["general.yaml"], "general.yaml");
        sources = Sources(general["sources"]);
        var states = States(YamlNode.Parse(files["states.yaml"], "states.yaml"));
        var programmes = files.Keys.Where(name => !General.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => ReadProgramme(YamlNode.Parse(files[name], name))).ToList();
        if (programmes.Count == 0) throw new RuleFileException("*.yaml", 0, "no vaccine has a file here");
        general.WordsOrNone("documents");
        general.Text("issued");
        general.Text("replaces", "");
        var live = general["live_injected"];
        var book = new NationalBook(general.Text("rules"), general.Local("title"), general.Text("document"), general.Text("effective"),
            general.DayOrNone("until"), sources,
            [.. general.ListOrNone("principles").Select(entry => new Principle(entry.Text("id"), entry.Local("text"), Cited(entry)))],
            new LiveInjected(live.Text("id"), Known(live, "vaccines"), live.Period("at_least"), live.Local("text"), Cited(live)),
            [.. general.ListOrNone("immunoglobulin").Select(entry => new AfterImmunoglobulin(entry.Text("id"), KnownOne(entry, "after"),
                Known(entry, "vaccines"), entry.Period("at_least"), entry.Local("text"), Cited(entry)))],
            given, states, programmes);
        general.Done();
        return book;
    }

    private static Dictionary<string, string> Sources(YamlNode node) => node.Keys.ToDictionary(key => key, node.Text, StringComparer.Ordinal);

    private List<NationalVaccine> Vaccines(YamlNode root)
    {
        root.Flag("bo_review");
        var node = root["vaccines"];
        var read = node.Keys.Select(code =>
        {
            var entry = node[code];
            vaccines.Add(code);
            return new NationalVaccine(code, new LocalText(entry.Text("zh"), entry.Text("bo"), entry.Text("en")), entry.Flag("not_programme"),
                entry.Flag("product"), entry.WordsOrNone("written"));
        }).ToList();
        root.Done();
        return read;
    }

    private List<HealthState> States(YamlNode root)
    {
        root.Flag("bo_review");
        var read = root.ListOrNone("states").Select(entry =>
        {
            var observation = entry.Text("observation");
            if (!observations.Add(observation)) throw entry.Wrong("observation", $"'{observation}' stands twice");
            return new HealthState(observation, entry.Local("name"), entry.Local("text"),
                [.. entry.ListOrNone("effects").Select(Effect)], Cited(entry));
        }).ToList();
        root.Done();
        return read;
    }

    private StateEffect Effect(YamlNode entry) => new StateEffect(Known(entry, "vaccines"), entry.Text("effect") switch
    {
        "prohibit" => ContraindicationEffect.Prohibit,
        "defer" => ContraindicationEffect.Defer,
        "evaluate" => ContraindicationEffect.Evaluate,
        _ => throw entry.Wrong("effect", "prohibit, defer or evaluate belongs here"),
    }, entry.PeriodOrNone("from"));

    private Programme ReadProgramme(YamlNode root)
    {
        var places = root.ListOrNone("places").Select(entry => new PlaceRule(entry.WordsOrNone("areas"), entry.Flag("not_in_programme"),
            entry.DayOrNone("born_from"), Cited(entry))).ToList();
        var courses = root.ListOrNone("courses").Select(ReadCourse).ToList();
        if (courses.Count == 0) throw root.Wrong("courses", "at least one course belongs here");
        var programme = new Programme(root.Text("vaccine"), root.Local("name"), places, courses);
        root.Done();
        return programme;
    }

    private Course ReadCourse(YamlNode entry)
    {
        var instead = entry.WordsOrNone("instead_for");
        if (instead.FirstOrDefault(observation => !observations.Contains(observation)) is { } unknown)
            throw entry.Wrong("instead_for", $"states.yaml has no '{unknown}'");
        Sex? sex = !entry.Has("sex") ? null : entry.Text("sex") switch
        {
            "female" => Sex.Female,
            "male" => Sex.Male,
            _ => throw entry.Wrong("sex", "female or male belongs here"),
        };
        var ends = entry["ends"];
        var read = new List<CourseRow>();
        foreach (var row in entry.ListOrNone("doses")) read.Add(ReadRow(row, read));
        if (read.Count == 0) throw entry.Wrong("doses", "at least one dose belongs here");
        return new Course(entry.Text("course"), entry.LocalOrNone("name"), Choice(entry), instead,
            sex, entry.DayOrNone("born_from"), entry.DayOrNone("born_before"),
            new CourseEnd(ends.Text("id"), ends.Period("age"), Cited(ends)), read);
    }

    private static int? Choice(YamlNode entry) => !entry.Has("choice") ? null : entry.Text("choice") switch
    {
        "usual" => 1,
        "other" => 2,
        _ => throw entry.Wrong("choice", "usual or other belongs here"),
    };

    private CourseRow ReadRow(YamlNode entry, List<CourseRow> before)
    {
        var id = entry.Text("row");
        if (!rows.Add(id)) throw entry.Wrong("row", $"'{id}' stands twice");
        var dose = entry.Number("dose");
        var highest = before.Count == 0 ? 0 : before.Max(row => row.Dose);
        if (dose < 1 || dose > highest + 1)
            throw entry.Wrong("dose", $"a number from 1 to {highest + 1} belongs here: doses are numbered without a gap");
        var interval = entry.Interval();
        if (interval is not null && (interval.FromDose >= dose || before.All(row => row.Dose != interval.FromDose)))
            throw entry.Wrong("interval", $"no dose {interval.FromDose} stands before this row");
        var conditions = entry.Conditions("when");
        var also = entry.Also("also");
        foreach (var code in conditions.SelectMany(condition => condition.Vaccines).Concat(also.Select(one => one.Vaccine)))
            if (!vaccines.Contains(code)) throw entry.Wrong(entry.Has("when") && conditions.Any(c => c.Vaccines.Contains(code)) ? "when" : "also",
                $"vaccines.yaml has no '{code}'");
        return new CourseRow(id, dose, conditions, KnownOne(entry, "vaccine"), also, Known(entry, "by_label"),
            entry.Has("age") ? entry.Period("age") : default,
            Earlier(entry), entry.PeriodOrNone("complete_before"), entry.PeriodOrNone("until"),
            interval, entry.LocalOrNone("note"), Cited(entry), entry.Line);
    }

    private EarlierAge? Earlier(YamlNode row)
    {
        if (!row.Has("earlier_age")) return null;
        var entry = row["earlier_age"];
        var before = entry.Day("given_before");
        return new EarlierAge(before, entry.Period("age"), Cited(entry, $"before {before:yyyy-MM-dd}"));
    }

    private Standing Cited(YamlNode entry, string? effective = null)
    {
        var standing = effective is null ? entry.Standing() : entry.Standing(effective);
        if (standing.Sources.FirstOrDefault(source => !sources.ContainsKey(source)) is { } unknown)
            throw entry.Wrong("sources", $"general.yaml names no source '{unknown}'");
        return standing;
    }

    private string KnownOne(YamlNode entry, string key)
    {
        var code = entry.Text(key);
        return vaccines.Contains(code) ? code : throw entry.Wrong(key, $"vaccines.yaml has no '{code}'");
    }

    private IReadOnlyList<string> Known(YamlNode entry, string key)
    {
        var codes = entry.WordsOrNone(key);
        return codes.FirstOrDefault(code => !vaccines.Contains(code)) is { } unknown
            ? throw entry.Wrong(key, $"vaccines.yaml has no '{unknown}'") : codes;
    }
}
