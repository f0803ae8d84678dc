using System.Globalization;
using Legwork.Platform.Districts;
using Legwork.Platform.Shell;
using Legwork.Yaml;

namespace Legwork.Clinics.Plan;

/// <param name="Code">Of the district's file: <c>hospital</c>.</param>
/// <param name="Street">In which it stands; whoever works there holds the role in this street.</param>
internal sealed record Clinic(string Code, string Street, string Zh, string Bo, string En, int Tables, IReadOnlyList<string> Fridges, DayPlan Plan)
{
    public string In(Language language) => language == Language.Tibetan ? Bo : language == Language.English ? En : Zh;

    public bool HasTable(string table) => int.TryParse(table, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= Tables;
}

/// <summary>The half hours of a clinic's days.</summary>
/// <param name="Places">Of each half hour, for all vaccines together.</param>
/// <param name="Products">Of those, at most so many for one vaccine.</param>
internal sealed record DayPlan(IReadOnlySet<DayOfWeek> Days, TimeOnly From, TimeOnly Until, int Places, IReadOnlyDictionary<string, int> Products)
{
    public const int SlotMinutes = 30;

    public bool OpensOn(DateOnly day) => Days.Contains(day.DayOfWeek);

    /// <summary>Minutes after midnight at which a half hour begins.</summary>
    public IEnumerable<int> Slots
    {
        get
        {
            for (var minute = MinuteOf(From); minute + SlotMinutes <= MinuteOf(Until); minute += SlotMinutes) yield return minute;
        }
    }

    public static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    /// <summary>9:30 of 570.</summary>
    public static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60}:{minute % 60:00}");
}

/// <summary>The clinics of the district, from <c>clinics.yaml</c> of its folder; a district without one has none.</summary>
internal sealed class ClinicBook
{
    public const string FileName = "clinics.yaml";
    private const int PlacesMax = 500;
    private const int TablesMax = 50;

    private static readonly IReadOnlyDictionary<string, DayOfWeek> Weekdays = new Dictionary<string, DayOfWeek>
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    private readonly Dictionary<string, Clinic> clinics = new(StringComparer.Ordinal);

    private ClinicBook()
    {
    }

    public IReadOnlyCollection<Clinic> All => clinics.Values;

    public Clinic? Find(string? code) => code is null ? null : clinics.GetValueOrDefault(code);

    /// <exception cref="FormatException">An entry is wrong; file, line and entry are named.</exception>
    public static ClinicBook Load(string folder, DistrictFacts facts)
    {
        var book = new ClinicBook();
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return book;
        var root = YamlNode.Load(path);
        root.Only("plans", "clinics", "bo_review");
        var plans = root["plans"].Entries().ToDictionary(entry => entry.Key, entry => PlanOf(entry.Value), StringComparer.Ordinal);
        foreach (var (code, entry) in root["clinics"].Entries())
        {
            entry.Only("street", "zh", "bo", "en", "tables", "fridges", "plan");
            var street = entry.Text("street");
            if (!facts.Streets.Contains(street)) throw entry.Wrong("street", $"{street} is no street of the district");
            if (!plans.TryGetValue(entry.Text("plan"), out var plan)) throw entry.Wrong("plan", $"there is no plan '{entry.Text("plan")}'");
            book.clinics.Add(code, new Clinic(code, street, entry.Text("zh"), entry.Text("bo"), entry.Text("en"),
                entry.Number("tables", 1, TablesMax), entry.Words("fridges"), plan));
        }
        return book;
    }

    private static DayPlan PlanOf(YamlNode entry)
    {
        entry.Only("days", "from", "until", "places", "products");
        var days = entry.List("days").Select(day => Weekdays[day.OneOf([.. Weekdays.Keys])]).ToHashSet();
        var (from, until) = (ClinicRules.Time(entry["from"]), ClinicRules.Time(entry["until"]));
        if (until <= from) throw entry.Wrong("until", "the end lies before the beginning");
        return new DayPlan(days, from, until, entry.Number("places", 1, PlacesMax),
            (entry.Find("products")?.Entries() ?? []).ToDictionary(one => one.Key, one => one.Value.Number(0, PlacesMax), StringComparer.Ordinal));
    }
}
