using System.Globalization;
using Legwork.Platform.Shell;
using Legwork.Yaml;

namespace Legwork.Clinics.Plan;

/// <summary>Where a value comes from, for the page that shows it.</summary>
/// <param name="Confidence">A (checked) to D (chosen here).</param>
internal sealed record Cited(string Source, string Confidence);

internal sealed record BookingRule(int DaysAhead, TimeOnly OpensAt, TimeOnly Until, int ChildrenMax, int NoShows, int NoShowDays, int CounterDays,
    int OfferMinutes, TimeOnly ReminderAt, Cited Cited)
{
    /// <summary>The last day that is open for booking at a moment of the district's clock.</summary>
    public DateOnly LastOpen(DateTimeOffset local)
    {
        var today = DateOnly.FromDateTime(local.DateTime);
        return today.AddDays(TimeOnly.FromDateTime(local.DateTime) >= OpensAt ? DaysAhead : DaysAhead - 1);
    }

    /// <summary>The first: tomorrow, or the day after once it is too late for tomorrow.</summary>
    public DateOnly FirstOpen(DateTimeOffset local) =>
        DateOnly.FromDateTime(local.DateTime).AddDays(TimeOnly.FromDateTime(local.DateTime) < Until ? 1 : 2);
}

/// <param name="Weight">Of every round of all weights, so many calls.</param>
internal sealed record LaneRule(string Code, int Weight);

internal sealed record LaneRules(IReadOnlyList<LaneRule> Lanes, int NewbornDays, int LateMinutes, int Back, int PassesMax,
    int MinutesEach, Cited Cited)
{
    public LaneRule this[string code] => Lanes.First(lane => lane.Code == code);
}

internal sealed record FridgeRule(double From, double Until, int Minutes, int SilentMinutes, Cited Cited);

internal sealed record Question(string Code, string Zh, string Bo, string En, string Stops)
{
    public string In(Language language) => language == Language.Tibetan ? Bo : language == Language.English ? En : Zh;
}

/// <summary>How a morning goes: <c>rules/clinics/morning.yaml</c> and <c>questions.yaml</c>, dated and cited.</summary>
internal sealed class ClinicRules
{
    private ClinicRules(YamlNode root, YamlNode questions)
    {
        root.Only("effective", "booking", "lanes", "check", "observation", "opened", "fridge", "reaction", "needle");
        _ = root.Day("effective");
        Booking = BookingOf(root["booking"]);
        Lanes = LanesOf(root["lanes"]);
        var check = root["check"];
        check.Only("temperature_max", "source", "confidence");
        (TemperatureMax, CheckCited) = (check["temperature_max"].Decimal(36, 40), CitedOf(check));
        var observation = root["observation"];
        observation.Only("minutes", "source", "confidence");
        (ObservationMinutes, ObservationCited) = (observation.Number("minutes", 1, 240), CitedOf(observation));
        OpenedMinutes = root["opened"].Entries().Where(entry => entry.Key is not ("source" or "confidence"))
            .ToDictionary(entry => entry.Key, entry => entry.Value.Number(1, 1440), StringComparer.Ordinal);
        OpenedCited = CitedOf(root["opened"]);
        var fridge = root["fridge"];
        fridge.Only("from", "until", "minutes", "silent_minutes", "source", "confidence");
        Fridge = new FridgeRule(fridge["from"].Decimal(-90, 20), fridge["until"].Decimal(-90, 20), fridge.Number("minutes", 1, 600),
            fridge.Number("silent_minutes", 1, 1440), CitedOf(fridge));
        var reaction = root["reaction"];
        reaction.Only("report_hours", "grave_hours", "source", "confidence");
        (ReportHours, GraveHours, ReactionCited) = (reaction.Number("report_hours", 1), reaction.Number("grave_hours", 1), CitedOf(reaction));
        var needle = root["needle"];
        needle.Only("never", "by_doctor", "source", "confidence");
        ByDoctor = needle.List("by_doctor").Select(clause => clause.OneOf(NeedleClause.All)).ToHashSet(StringComparer.Ordinal);
        Never = needle.List("never").Select(clause => clause.OneOf(NeedleClause.All)).ToHashSet(StringComparer.Ordinal);
        NeedleCited = CitedOf(needle);
        foreach (var clause in NeedleClause.All)
            if (Never.Contains(clause) == ByDoctor.Contains(clause)) throw needle.Wrong($"'{clause}' belongs to one of never and by_doctor");
        questions.Only("effective", "source", "confidence", "questions", "bo_review");
        QuestionsFrom = questions.Day("effective");
        QuestionsCited = CitedOf(questions);
        Questions = [.. questions.List("questions").Select(QuestionOf)];
    }

    public BookingRule Booking { get; }

    public LaneRules Lanes { get; }

    /// <summary>In degrees Celsius; whoever has more goes to the doctor's table.</summary>
    public double TemperatureMax { get; }

    public Cited CheckCited { get; }

    public int ObservationMinutes { get; }

    public Cited ObservationCited { get; }

    /// <summary>By vaccine, how long an opened vial may be used; what is not there comes ready filled.</summary>
    public IReadOnlyDictionary<string, int> OpenedMinutes { get; }

    public Cited OpenedCited { get; }

    public FridgeRule Fridge { get; }

    public int ReportHours { get; }

    public int GraveHours { get; }

    public Cited ReactionCited { get; }

    /// <summary>Clauses of the needle that a doctor may go beyond with a reason.</summary>
    public IReadOnlySet<string> ByDoctor { get; }

    public IReadOnlySet<string> Never { get; }

    public Cited NeedleCited { get; }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Which version of the questions was asked.</summary>
    public DateOnly QuestionsFrom { get; }

    public Cited QuestionsCited { get; }

    /// <param name="folder"><c>rules/clinics</c>.</param>
    /// <exception cref="FormatException">A rule is missing or not understood; file and line are named.</exception>
    public static ClinicRules Load(string folder) =>
        new(YamlNode.Load(Path.Combine(folder, "morning.yaml")), YamlNode.Load(Path.Combine(folder, "questions.yaml")));

    internal static TimeOnly Time(YamlNode node) =>
        TimeOnly.TryParseExact(node.Text(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : throw node.Wrong("a time such as 09:00 belongs here");

    private static Cited CitedOf(YamlNode node) => new(node.Text("source"), node["confidence"].OneOf(["A", "B", "C", "D"]));

    private static BookingRule BookingOf(YamlNode node)
    {
        node.Only("days_ahead", "opens_at", "until", "children_max", "no_shows", "offer_minutes", "reminder_at", "source", "confidence");
        var missed = node["no_shows"];
        missed.Only("times", "within_days", "counter_days");
        return new BookingRule(node.Number("days_ahead", 1, 90), Time(node["opens_at"]), Time(node["until"]), node.Number("children_max", 1, 6),
            missed.Number("times", 1), missed.Number("within_days", 1), missed.Number("counter_days", 0), node.Number("offer_minutes", 5, 1440),
            Time(node["reminder_at"]), CitedOf(node));
    }

    private static LaneRules LanesOf(YamlNode node)
    {
        node.Only("newborn", "booked", "walk_in", "passes", "minutes_each", "source", "confidence");
        node["newborn"].Only("weight", "until_days");
        node["booked"].Only("weight", "late_minutes");
        node["walk_in"].Only("weight");
        node["passes"].Only("back", "max");
        return new LaneRules([.. Lane.All.Select(code => new LaneRule(code, node[code].Number("weight", 1, 60)))],
            node["newborn"].Number("until_days", 0, 366), node["booked"].Number("late_minutes", 0, 600), node["passes"].Number("back", 1, 50),
            node["passes"].Number("max", 1, 20), node.Number("minutes_each", 1, 120), CitedOf(node));
    }

    private static Question QuestionOf(YamlNode node)
    {
        node.Only("code", "zh", "bo", "en", "stops");
        return new Question(node.Text("code"), node.Text("zh"), node.Text("bo"), node.Text("en"), node["stops"].OneOf(["yes", "no"]));
    }
}

/// <summary>In which of the lines somebody waits.</summary>
internal static class Lane
{
    public const string Newborn = "newborn", Booked = "booked", WalkIn = "walk_in";

    public static readonly IReadOnlyList<string> All = [Newborn, Booked, WalkIn];
}
