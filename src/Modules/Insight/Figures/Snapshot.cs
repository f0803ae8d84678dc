using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Legwork.Cases.Contracts;
using Legwork.People.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Insight.Figures;

/// <summary>The counts of the whole district at one moment; boards of places are drawn from it when somebody asks, each once.</summary>
internal sealed class Snapshot(AddressBook book, Counted counted, DateOnly today, DateTimeOffset at, Func<string, DateOnly, IReadOnlyList<CaseDay>> trend)
{
    public const int TrendDays = 30;

    private readonly ConcurrentDictionary<string, Lazy<Board>> boards = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaceFigures> byPlace = Add(counted);

    public AddressBook Book => book;

    public DateOnly Today => today;

    public DateTimeOffset At => at;

    public Board Of(string place) => boards.GetOrAdd(place, code => new Lazy<Board>(() => Draw(new Scope(code)))).Value;

    /// <summary>The same text for as long as the board of this place stays the same, whenever it was counted.</summary>
    public string MarkOf(string place) => marks.GetOrAdd(place, code =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Of(code) with { At = default }))));

    private Board Draw(Scope scope)
    {
        var all = Within(scope);
        var grids = book.Grids.Where(grid => scope.Covers(grid.Code)).ToList();
        var parts = PartsOf(scope).Select(code => new Scope(code))
            .Select(part => new PartFigures(part.Code, grids.Count(grid => part.Covers(grid.Code)), Within(part)))
            .OrderByDescending(part => part.Figures.Share).ThenBy(part => part.Figures.Current).ThenBy(part => part.Code, StringComparer.Ordinal).ToList();
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return new Board(scope.Code, all, parts, parts.Count == 0 ? default : parts.Aggregate(all, (rest, part) => rest - part.Figures), KindsWithin(scope),
            trend(scope.Code, today.AddDays(1 - TrendDays)), monday,
            grids.ConvertAll(grid => new GridFigures(grid, byPlace.GetValueOrDefault(grid.Code))),
            scope.Level is ScopeLevel.City or ScopeLevel.District ? counted.Refused : null, at);
    }

    /// <summary>Codes of the places one level down that are known or have figures, so that nothing of a retired grid is lost.</summary>
    private IEnumerable<string> PartsOf(Scope scope) => scope.Level switch
    {
        ScopeLevel.City or ScopeLevel.District => book.Streets.Select(street => street.Code).Where(scope.Covers),
        ScopeLevel.Street => book.Communities.Select(community => community.Code).Where(scope.Covers),
        ScopeLevel.Community => book.Grids.Select(grid => grid.Code).Concat(byPlace.Keys.Where(code => code.Contains('-'))).Where(scope.Covers).Distinct(),
        _ => [],
    };

    private PlaceFigures Within(Scope scope) => byPlace.Where(place => scope.Covers(place.Key)).Aggregate(default(PlaceFigures), (sum, place) => sum + place.Value);

    private List<KindFigures> KindsWithin(Scope scope)
    {
        var findings = counted.Findings.Where(count => scope.Covers(count.Place)).Select(count => new KindFigures(count.Kind, count.Open, count.Answered, 0, 0, 0, 0, 0));
        var cases = counted.Cases.Where(count => scope.Covers(count.Place)).Select(count => new KindFigures(count.Kind, 0, 0,
            CaseStates.IsOver(count.State) ? 0 : count.Cases, count.State == CaseStates.Answered ? count.Cases : 0, count.Overdue,
            count.State == CaseStates.Closed ? count.Cases : 0, count.State == CaseStates.Withdrawn ? count.Cases : 0));
        return [.. findings.Concat(cases).GroupBy(kind => kind.Kind).Select(kind => kind.Aggregate((a, b) => a + b))
            .OrderByDescending(kind => kind.Current).ThenByDescending(kind => kind.FindingsOpen).ThenBy(kind => kind.Kind, StringComparer.Ordinal)];
    }

    private static Dictionary<string, PlaceFigures> Add(Counted counted)
    {
        var sums = new Dictionary<string, PlaceFigures>(StringComparer.Ordinal);
        void Put(string place, PlaceFigures figures) => sums[place] = sums.GetValueOrDefault(place) + figures;
        foreach (var count in counted.Files) Put(count.Place, new PlaceFigures(count.Files, count.Clear, 0, 0, 0, 0));
        foreach (var count in counted.Cases)
            Put(count.Place, new PlaceFigures(0, 0, CaseStates.IsOver(count.State) ? 0 : count.Cases, count.Overdue,
                count.State == CaseStates.Closed ? count.Cases : 0, count.State == CaseStates.Withdrawn ? count.Cases : 0));
        return sums;
    }
}

/// <summary>What the modules counted. Places are codes; where nothing is known of a place, the district's.</summary>
internal sealed record Counted(IReadOnlyList<CaseCount> Cases, IReadOnlyList<PlaceFiles> Files, IReadOnlyList<PlaceFindings> Findings, IReadOnlyList<RefusedList> Refused);
