using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Legwork.Schedules.Tests.National;

/// <summary>
/// Reads the rules' YAML with nothing of the library and answers in the slowest, plainest way: for each course walk the doses by date, for each dose
/// walk the rows. Shares no code with the engine, so that both are wrong together only if the rules are.
/// </summary>
internal sealed class NaiveEvaluator
{
    private readonly Dictionary<string, List<Course>> programmes = [];
    private readonly List<(HashSet<string> Vaccines, HashSet<string> After, Length AtLeast, bool SameDayFine)> spacings = [];
    private readonly List<(string State, HashSet<string> Vaccines, Length? From)> forbidden = [];

    private readonly List<string> vaccines;

    public NaiveEvaluator(string folder)
    {
        vaccines = [.. ((YamlMappingNode)Load(folder, "vaccines.yaml")["vaccines"]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];
        var general = Load(folder, "general.yaml");
        var live = (YamlMappingNode)general["live_injected"];
        spacings.Add(([.. Words(live, "vaccines")], [.. Words(live, "vaccines")], Length.Parse(Text(live, "at_least")), true));
        foreach (var rule in ((YamlSequenceNode)general["immunoglobulin"]).Cast<YamlMappingNode>())
            spacings.Add(([.. Words(rule, "vaccines")], [Text(rule, "after")], Length.Parse(Text(rule, "at_least")), false));
        foreach (var state in ((YamlSequenceNode)Load(folder, "states.yaml")["states"]).Cast<YamlMappingNode>())
            foreach (var effect in Items(state, "effects"))
                if (Text(effect, "effect") != "evaluate")
                    forbidden.Add((Text(state, "observation"), [.. Words(effect, "vaccines")],
                        Text(effect, "from") is { Length: > 0 } from ? Length.Parse(from) : null));
        foreach (var path in Directory.GetFiles(folder, "*.yaml"))
        {
            if (Path.GetFileName(path) is "general.yaml" or "states.yaml" or "vaccines.yaml") continue;
            var root = Load(folder, Path.GetFileName(path));
            programmes.Add(Text(root, "vaccine"), [.. Items(root, "courses").Select(course => new Course(course))]);
        }
    }

    public IEnumerable<string> Programmes => programmes.Keys;

    /// <summary>A verdict a dose in the order given, and what is next, in the words of the worked cases.</summary>
    public (string[] Verdicts, string Next) Answer(string programme, Person person)
    {
        var mine = programmes[programme].Where(course => course.IsFor(person)).ToList();
        var instead = mine.Where(course => course.Instead.Overlaps(person.States)).ToList();
        var courses = instead.Count > 0 ? instead : mine.Where(course => course.Usual).ToList();
        Walk? best = null;
        foreach (var course in courses)
        {
            var walk = new Walk(this, course, person, programmes[programme]);
            if (best is null || Better(walk, best)) best = walk;
        }
        return best is null ? ([.. person.Doses.Select(_ => "no dose of this")], "not for this person") : (best.Verdicts, best.Next);
    }

    private static bool Better(Walk one, Walk other) =>
        (one.Next == "complete") != (other.Next == "complete") ? one.Next == "complete" : one.Counted.Count > other.Counted.Count;

    internal sealed record Person(DateOnly Born, Sex Sex, HashSet<string> States, List<(DateOnly On, string Vaccine)> Doses, DateOnly AsOf);

    private sealed class Walk
    {
        private readonly NaiveEvaluator rules;
        private readonly Course course;
        private readonly Person person;
        private int at;

        public Walk(NaiveEvaluator rules, Course course, Person person, List<Course> programme)
        {
            (this.rules, this.course, this.person) = (rules, course, person);
            Verdicts = [.. person.Doses.Select(_ => "no dose of this")];
            var order = Enumerable.Range(0, person.Doses.Count)
                .Where(i => person.Doses[i].On <= person.AsOf && programme.Any(one => one.Rows.Any(row => row.Knows(person.Doses[i].Vaccine))))
                .OrderBy(i => person.Doses[i].On).ThenBy(i => rules.vaccines.IndexOf(person.Doses[i].Vaccine));
            foreach (var i in order) (Verdicts[i], LastDay) = (Judge(person.Doses[i].On, person.Doses[i].Vaccine), person.Doses[i].On);
            Next = Due();
        }

        public string[] Verdicts { get; }
        public List<(Row Row, DateOnly On, string Vaccine)> Counted { get; } = [];
        public string Next { get; }
        private DateOnly LastDay { get; set; } = DateOnly.MinValue;

        private string Judge(DateOnly on, string vaccine)
        {
            while (at < course.Rows.Count && !Holds(course.Rows[at], on)) at++;
            if (at == course.Rows.Count) return "one too many";
            var row = course.Rows[at];
            if (on < row.AgeOn(on).After(person.Born) && !row.ByLabel.Contains(vaccine)) return $"too young for {row.Id}";
            if (on >= course.Ends.After(person.Born)) return $"too old for {row.Id}";
            if (Since(row) is { } since && on < row.AtLeast!.Value.After(since)) return $"too soon for {row.Id}";
            foreach (var other in person.Doses)
                if (other.On <= on && rules.TooClose(vaccine, other.Vaccine) is { } gap && (other.On < on || !gap.SameDayFine)
                    && on < gap.AtLeast.After(other.On)) return $"live too close for {row.Id}";
            if (vaccine != row.Vaccine && !row.ByLabel.Contains(vaccine)
                && !(row.Also.TryGetValue(vaccine, out var from) && on >= from.After(person.Born))) return $"wrong vaccine for {row.Id}";
            Counted.Add((row, on, vaccine));
            at++;
            return $"counts as {row.Id}";
        }

        private bool Holds(Row row, DateOnly on) => Counted.Count < row.Dose && (row.Until is not { } until || on < until.After(person.Born))
            && row.When.All(when => when(Counted.Select(one => one.Vaccine)));

        private DateOnly? Since(Row row) =>
            row.FromDose == 0 ? null : Counted.Where(one => one.Row.Dose == row.FromDose).Select(one => (DateOnly?)one.On).LastOrDefault();

        private string Due()
        {
            for (; at < course.Rows.Count; at++)
            {
                var row = course.Rows[at];
                if (!Holds(row, person.AsOf)) continue;
                if (rules.forbidden.Any(rule => person.States.Contains(rule.State) && rule.Vaccines.Contains(row.Vaccine)
                    && (rule.From is not { } from || person.AsOf >= from.After(person.Born)))) return "contraindicated";
                var day = Max(Max(row.AgeOn(person.AsOf).After(person.Born), LastDay),
                    Since(row) is { } since ? row.AtLeast!.Value.After(since) : default);
                foreach (var other in person.Doses)
                    if (other.On <= person.AsOf && rules.TooClose(row.Vaccine, other.Vaccine) is { } gap) day = Max(day, gap.AtLeast.After(other.On));
                var ends = course.Ends.After(person.Born);
                if (person.AsOf >= ends || day >= ends) return "aged out";
                if (!Holds(row, day)) continue;
                DateOnly? late = row.CompleteBefore is { } before
                    ? before.After(person.Born).AddDays(-1) : row.AtMost is { } most && Since(row) is { } given ? most.After(given) : null;
                return $"{row.Id}, dose {row.Dose}, from {day:yyyy-MM-dd}" + (late is { } last ? $", complete by {Max(last, day):yyyy-MM-dd}" : "");
            }
            return Counted.Count > 0 ? "complete" : "NotRecommended";
        }

        private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
    }

    private (Length AtLeast, bool SameDayFine)? TooClose(string vaccine, string earlier)
    {
        foreach (var rule in spacings)
            if (rule.Vaccines.Contains(vaccine) && rule.After.Contains(earlier) && vaccine != earlier) return (rule.AtLeast, rule.SameDayFine);
        return null;
    }

    private sealed class Course
    {
        public Course(YamlMappingNode node)
        {
            (Instead, Usual) = ([.. Words(node, "instead_for")], Text(node, "choice").Length > 0 || !node.Children.ContainsKey("instead_for"));
            (Sex, From, Before) = (Text(node, "sex"), Day(node, "born_from"), Day(node, "born_before"));
            Ends = Length.Parse(Text((YamlMappingNode)node["ends"], "age"));
            Rows = [.. Items(node, "doses").Select(row => new Row(row))];
        }

        public HashSet<string> Instead { get; }
        public bool Usual { get; }
        public Length Ends { get; }
        public List<Row> Rows { get; }
        private string Sex { get; }
        private DateOnly? From { get; }
        private DateOnly? Before { get; }

        public bool IsFor(Person person) => (Sex.Length == 0 || Sex == "female" && person.Sex == Schedules.Sex.Female)
            && !(person.Born < From) && !(person.Born >= Before);
    }

    internal sealed class Row
    {
        public Row(YamlMappingNode node)
        {
            (Id, Dose, Vaccine) = (Text(node, "row"), int.Parse(Text(node, "dose"), CultureInfo.InvariantCulture), Text(node, "vaccine"));
            Age = Text(node, "age") is { Length: > 0 } age ? Length.Parse(age) : default;
            if (node.Children.TryGetValue("earlier_age", out var earlier))
                Earlier = (Day((YamlMappingNode)earlier, "given_before")!.Value, Length.Parse(Text((YamlMappingNode)earlier, "age")));
            if (Text(node, "complete_before") is { Length: > 0 } before) CompleteBefore = Length.Parse(before);
            if (Text(node, "until") is { Length: > 0 } until) Until = Length.Parse(until);
            ByLabel = [.. Words(node, "by_label")];
            Also = Words(node, "also").ToDictionary(text => text.Split(' ')[0],
                text => text.Contains(" from ", StringComparison.Ordinal) ? Length.Parse(text.Split(" from ")[1]) : default);
            When = [.. Words(node, "when").Select(Condition)];
            var words = Text(node, "interval").Split(' ');
            if (words.Length < 2) return;
            FromDose = int.Parse(words[^1], CultureInfo.InvariantCulture);
            AtLeast = words[0] == "at" ? Length.Parse($"{words[2]} {words[3]}") : Length.Parse($"{words[0]} {words[3]}");
            if (words[0] != "at") AtMost = Length.Parse($"{words[2]} {words[3]}");
        }

        public string Id { get; }
        public int Dose { get; }
        public string Vaccine { get; }
        public Length Age { get; }
        public (DateOnly Before, Length Age)? Earlier { get; }
        public Length? CompleteBefore { get; }
        public Length? Until { get; }
        public HashSet<string> ByLabel { get; }
        public Dictionary<string, Length> Also { get; }
        public List<Func<IEnumerable<string>, bool>> When { get; }
        public int FromDose { get; }
        public Length? AtLeast { get; }
        public Length? AtMost { get; }

        public Length AgeOn(DateOnly day) => Earlier is { } earlier && day < earlier.Before ? earlier.Age : Age;

        public bool Knows(string vaccine) => vaccine == Vaccine || ByLabel.Contains(vaccine) || Also.ContainsKey(vaccine);

        private static Func<IEnumerable<string>, bool> Condition(string text)
        {
            var words = text.Split(' ');
            var number = int.Parse(words[^1], CultureInfo.InvariantCulture);
            var any = words[1] == "any";
            return given => given.Count(one => any || words.Contains(one)) is var count
                && words[^2] switch { "under" => count < number, "is" => count == number, _ => count >= number };
        }
    }

    /// <summary>A day that a month does not have is the first of the next.</summary>
    internal readonly record struct Length(int Months, int Days)
    {
        public static Length Parse(string text)
        {
            if (text == "birth") return default;
            var words = text.Split(' ');
            var number = int.Parse(words[0], CultureInfo.InvariantCulture);
            return words[1].TrimEnd('s') switch
            {
                "day" => new(0, number),
                "month" => new(number, 0),
                "year" => new(12 * number, 0),
                var other => throw new FormatException(other)
            };
        }

        public DateOnly After(DateOnly start)
        {
            var first = new DateOnly(start.Year, start.Month, 1).AddMonths(Months);
            var day = start.Day <= DateTime.DaysInMonth(first.Year, first.Month) ? first.AddDays(start.Day - 1) : first.AddMonths(1);
            return day.AddDays(Days);
        }
    }

    private static YamlMappingNode Load(string folder, string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(folder, file))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value! : "";

    private static DateOnly? Day(YamlMappingNode node, string key) =>
        Text(node, key) is { Length: > 0 } text ? DateOnly.Parse(text, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Words(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlSequenceNode)value).Select(one => ((YamlScalarNode)one).Value!) : [];

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlSequenceNode)value).Cast<YamlMappingNode>() : [];
}
