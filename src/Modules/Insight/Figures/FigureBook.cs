using Legwork.Platform.Modules;

namespace Legwork.Insight.Figures;

/// <summary>Every figure of every module, in order. What two claim, or what is a part of nothing, is refused when the server starts.</summary>
internal sealed class FigureBook
{
    private readonly Dictionary<string, Figure> byCode = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">The figures do not fit together; the message names figure and assembly.</exception>
    public FigureBook(IEnumerable<Figure> figures)
    {
        All = [.. figures.OrderBy(figure => figure.Order).ThenBy(figure => figure.Code, StringComparer.Ordinal)];
        foreach (var figure in All)
        {
            if (!byCode.TryAdd(figure.Code, figure))
                throw Wrong(figure, $"is claimed by {Owner(byCode[figure.Code])} already");
            if (figure.WholeDistrict && (figure.ByKind || figure.PartOf is not null))
                throw Wrong(figure, "is of the whole district: it has neither kinds nor a figure of which it is a part");
            if (figure.Lines is not null && !figure.WholeDistrict) throw Wrong(figure, "lists lines, which only boards of whole districts show");
        }
        foreach (var figure in All.Where(figure => figure.PartOf is not null))
            if (!byCode.TryGetValue(figure.PartOf!, out var whole) || whole.ByKind != figure.ByKind || whole.WholeDistrict)
                throw Wrong(figure, $"is a part of '{figure.PartOf}', which is no figure counted alike");
    }

    public IReadOnlyList<Figure> All { get; }

    public Figure? Find(string code) => byCode.GetValueOrDefault(code);

    private static InvalidOperationException Wrong(Figure figure, string what) => new($"The figure '{figure.Code}' of {Owner(figure)} {what}.");

    private static string Owner(Figure figure) => figure.Count.Method.Module.Assembly.GetName().Name ?? "nobody";
}
