using Legwork.Histories.Contracts;
using Legwork.Kernel;
using Legwork.Platform;
using Legwork.Platform.Districts;
using Legwork.Registers;

namespace Legwork.Histories;

/// <summary>How this district's older systems wrote their lists: the layouts of its folder <c>histories</c>, each of a kind that
/// a module takes.</summary>
internal sealed class HistoryLayouts(PlatformPlaces places, DistrictFacts facts, IEnumerable<HistoryKind> kinds, TimeProvider clock)
{
    private const string Folder = "histories";

    public IReadOnlyList<HistoryKind> Kinds { get; } = [.. kinds.OrderBy(kind => kind.Order)];

    public HistoryKind? Kind(string code) => Kinds.FirstOrDefault(kind => kind.Code == code);

    /// <summary>Read anew each time: a layout that is added needs no restart, and "today" is today.</summary>
    /// <returns>Refusals: <c>registers.layout.*</c>.</returns>
    public Outcome<List<Layout>> All() => Book() is not { } book ? new List<Layout>() : book.Then<List<Layout>>(read => read.Layouts.ToList());

    /// <summary>The layout of that title, or without a title the one that the file's name calls for.</summary>
    /// <returns>Refusals: <c>histories.layout</c>, <c>histories.name</c>, <c>registers.layout.*</c>.</returns>
    public Outcome<LayoutMatch> For(string fileName, string source)
    {
        if (Book() is not { } book) return NoLayout;
        return book.Then<LayoutMatch>(read => source.Length == 0
            ? read.Match(fileName) is { } match ? match
                : Refusal.Of("histories.name", "No layout is known by this file's name. Choose the list that it is.")
            : read.Layouts.FirstOrDefault(layout => layout.Source == source) is { } layout
                ? new LayoutMatch(layout, read.Match(fileName) is { } named && named.Layout == layout ? named.Period : default)
                : NoLayout);
    }

    /// <summary>Every layout can be read, is of a kind that a module takes, and has the columns that the kind rests on.</summary>
    /// <exception cref="FormatException">One is not; file and line are named.</exception>
    public static void Check(IReadOnlyCollection<HistoryKind> kinds, string district)
    {
        var folder = Path.Combine(district, Folder);
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var read = LayoutBook.Parse(File.ReadAllText(path), path);
            if (!read.Ok) throw new FormatException(read.Refusal!.Message);
            if (kinds.FirstOrDefault(one => one.Code == read.Value.Means) is not { } kind)
                throw DistrictFile.Wrong(path, "means",
                    $"'{read.Value.Means}' is no kind of history; use one of {string.Join(", ", kinds.Select(one => one.Code))}");
            foreach (var choice in kind.Fields)
                if (!choice.Split('|').Any(field => read.Value.IndexOf(field) >= 0))
                    throw DistrictFile.Wrong(path, "columns",
                        $"a list of the kind '{kind.Code}' needs a column with the field {choice.Replace("|", " or ", StringComparison.Ordinal)}");
        }
    }

    /// <summary>Null where the district has no such folder.</summary>
    private Outcome<LayoutBook>? Book() => Path.Combine(places.DistrictFolder, Folder) is var folder && Directory.Exists(folder)
        ? LayoutBook.Load(folder, new ListClock(facts.Zone, clock.Today())) : (Outcome<LayoutBook>?)null;

    private static Refusal NoLayout => Refusal.Of("histories.layout", "There is no such list in this district.");
}
