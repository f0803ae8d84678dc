using Legwork.Platform.Modules;

namespace Legwork.Insight.Figures;

/// <summary>
/// The figures that were counted together, each with its place in the sums: by place, by kind, and those of the whole district. What is
/// not told of a day is in none of the sums, only in <see cref="Untold"/>.
/// </summary>
internal sealed class ToldFigures
{
    private readonly Dictionary<string, (Figure Figure, int Index)> at = new(StringComparer.Ordinal);

    private ToldFigures(IEnumerable<Figure> told, IReadOnlyList<Figure> untold)
    {
        foreach (var group in told.GroupBy(figure => (figure.ByKind, figure.WholeDistrict)))
            foreach (var (index, figure) in group.Index()) at.Add(figure.Code, (figure, index));
        Untold = untold;
    }

    /// <summary>Shown by place: a tile, a column.</summary>
    public IReadOnlyList<Figure> ByPlace => Of(byKind: false, wholeDistrict: false);

    public IReadOnlyList<Figure> ByKind => Of(byKind: true, wholeDistrict: false);

    public IReadOnlyList<Figure> OfDistrict => Of(byKind: false, wholeDistrict: true);

    public IReadOnlyList<Figure> Untold { get; }

    /// <summary>Asks each counting method once, however many figures it counts.</summary>
    public static async Task<(ToldFigures Told, List<Counted> Counts)> Count(FigureBook book, IServiceProvider services, DateOnly? knownOn)
    {
        var (counts, untold) = (new List<Counted>(), new HashSet<Func<IServiceProvider, DateOnly?, Task<IReadOnlyList<Counted>?>>>());
        foreach (var count in book.All.Select(figure => figure.Count).Distinct())
        {
            if (await count(services, knownOn) is { } counted) counts.AddRange(counted);
            else untold.Add(count);
        }
        var told = book.All.ToLookup(figure => !untold.Contains(figure.Count));
        return (new ToldFigures(told[true], [.. told[false]]), counts);
    }

    /// <exception cref="InvalidOperationException">A module counted what it does not give.</exception>
    public (Figure Figure, int Index) Find(Counted counted)
    {
        var byKind = counted.Kind.Length > 0;
        return at.TryGetValue(counted.Figure, out var found) && found.Figure.ByKind == byKind ? found
            : throw new InvalidOperationException($"'{counted.Figure}' was counted by {(byKind ? "kind" : "place")}, and no figure is given so.");
    }

    public int IndexOf(Figure figure) => at[figure.Code].Index;

    /// <summary>The share of a figure in the one that it is a part of; null when it is of none, or that one is not told.</summary>
    public double? Share(Figure figure, PlaceFigures of)
    {
        if (figure.PartOf is not { } code || !at.TryGetValue(code, out var whole)) return null;
        var all = of.Given(whole.Index);
        return all == 0 ? 0 : (double)of.Given(IndexOf(figure)) / all;
    }

    private List<Figure> Of(bool byKind, bool wholeDistrict) =>
        [.. at.Values.OrderBy(told => told.Index).Select(told => told.Figure)
            .Where(figure => figure.ByKind == byKind && figure.WholeDistrict == wholeDistrict)];
}
