using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Legwork.Cases.Contracts;
using Legwork.Places.Contracts;
using Legwork.Platform.Access;

namespace Legwork.Insight.Figures;

/// <summary>The counts of the whole district at one moment; boards of places are drawn from it when somebody asks, each once.</summary>
/// <param name="drawn">What was drawn from counts that were the same.</param>
internal sealed class Snapshot(IAddressBook book, DistrictCounts counts, DateOnly today, DateTimeOffset at,
    Func<string, DateOnly, Task<IReadOnlyList<CaseDay>>> trend, DrawnParts drawn)
{
    public const int TrendDays = 7;

    private readonly ConcurrentDictionary<string, Lazy<Task<Board>>> boards = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> marks = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, PlaceFigures> byPlace = counts.Places;

    public IAddressBook Book => book;

    public ToldFigures Told => counts.Told;

    public DateOnly Today => today;

    public DateTimeOffset At => at;

    public Task<Board> Of(string place) => boards.GetOrAdd(place, code => new Lazy<Task<Board>>(() => Draw(new Scope(code)))).Value;

    /// <summary>The parts of a place's board that were drawn from these counts, or from others that say the same of the place.</summary>
    public async Task<Drawing> DrawnOf(string place) => drawn.Of(place, await MarkOf(place), book);

    /// <summary>The same text for as long as nothing that was counted changes, on whichever node.</summary>
    public string Mark => $"{counts.Mark.Value} {today:O}";

    /// <summary>The same text for as long as the board of this place stays the same, whenever it was counted.</summary>
    public async Task<string> MarkOf(string place)
    {
        var board = await Of(place);
        return marks.GetOrAdd(place, _ => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(board with { At = default }))));
    }

    private async Task<Board> Draw(Scope scope)
    {
        var all = Within(scope);
        var grids = book.Grids.Where(grid => scope.Covers(grid.Code)).ToList();
        var parts = PartsOf(scope).Select(code => new Scope(code))
            .Select(part => new PartFigures(part.Code, grids.Count(grid => part.Covers(grid.Code)), Within(part)))
            .OrderByDescending(part => part.Figures.Share).ThenBy(part => part.Figures.Current)
            .ThenBy(part => part.Code, StringComparer.Ordinal).ToList();
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var rest = parts.Count == 0 ? default : all - PlaceFigures.Sum(parts.Select(part => part.Figures));
        return new Board(scope.Code, all, parts, rest, KindsWithin(scope),
            await trend(scope.Code, today.AddDays(1 - TrendDays)), monday,
            grids.ConvertAll(grid => new GridFigures(grid, byPlace.GetValueOrDefault(grid.Code))),
            scope.Level is ScopeLevel.City or ScopeLevel.District ? counts.Whole : null, at, counts.On);
    }

    /// <summary>Codes of the places one level down that are known or have figures, so that nothing of a retired grid is lost.</summary>
    private IEnumerable<string> PartsOf(Scope scope) => scope.Level switch
    {
        ScopeLevel.City or ScopeLevel.District => book.Streets.Select(street => street.Code).Where(scope.Covers),
        ScopeLevel.Street => book.Communities.Select(community => community.Code).Where(scope.Covers),
        ScopeLevel.Community => book.Grids.Select(grid => grid.Code)
            .Concat(byPlace.Keys.Where(code => code.Contains('-'))).Where(scope.Covers).Distinct(),
        _ => [],
    };

    private PlaceFigures Within(Scope scope) => PlaceFigures.Sum(byPlace.Where(place => scope.Covers(place.Key)).Select(place => place.Value));

    private List<KindFigures> KindsWithin(Scope scope)
    {
        var kinds = new KindTally(counts.Told.ByKind.Count);
        foreach (var count in counts.Cases.Where(count => scope.Covers(count.Place))) kinds.Add(count);
        foreach (var count in counts.ByKind.Where(count => scope.Covers(count.Place))) kinds.Add(count.Kind, count.Index, count.Count);
        return [.. kinds.Kinds().OrderByDescending(kind => kind.Current).ThenByDescending(kind => kind.Of(0))
            .ThenBy(kind => kind.Kind, StringComparer.Ordinal)];
    }
}

/// <summary>What was counted. Places are codes; where nothing is known of a place, the district's.</summary>
/// <param name="On">As known at the end of this earlier day; null is now.</param>
internal sealed record DistrictCounts(ToldFigures Told, IReadOnlyDictionary<string, PlaceFigures> Places,
    IReadOnlyList<CaseCount> Cases, IReadOnlyList<(string Place, string Kind, int Index, long Count)> ByKind,
    IReadOnlyList<WholeFigure> Whole, DateOnly? On)
{
    /// <summary>The same text for as long as no count changes.</summary>
    public required Lazy<string> Mark { get; init; }

    /// <summary>Adds what the modules count to the cases, knowing of neither what it means.</summary>
    public static async Task<DistrictCounts> Of(IReadOnlyList<CaseCount> cases, FigureBook book, IServiceProvider services,
        string district, DateOnly? on)
    {
        var (told, given) = await ToldFigures.Count(book, services, on);
        var places = new PlaceFigures.Tally(told.ByPlace.Count);
        var byKind = new List<(string, string, int, long)>(given.Count);
        var whole = new long[told.OfDistrict.Count];
        foreach (var count in cases) places.Add(count);
        foreach (var count in given)
        {
            var (figure, index) = told.Find(count);
            var place = count.Place.Length > 0 ? count.Place : district;
            if (figure.WholeDistrict) whole[index] += count.Count;
            else if (figure.ByKind) byKind.Add((place, count.Kind, index, count.Count));
            else places.Add(place, index, count.Count);
        }
        var ofDistrict = new List<WholeFigure>(whole.Length);
        foreach (var (index, figure) in told.OfDistrict.Index())
            ofDistrict.Add(new WholeFigure(figure.Code, whole[index], figure.Lines is { } lines ? await lines(services, on) : []));
        return new DistrictCounts(told, places.ByPlace(), cases, byKind, ofDistrict, on)
        {
            Mark = new Lazy<string>(() => MarkOf(cases.Select(count => $"{count}").Concat(given.Select(count => $"{count}")))),
        };
    }

    // Counts come in no particular order.
    private static string MarkOf(IEnumerable<string> counts) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(counts.Order(StringComparer.Ordinal))));
}
