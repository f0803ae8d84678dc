using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>The layout that a file's name calls for, and the period the name states.</summary>
/// <param name="Layout">How to read it.</param>
/// <param name="Period">Unknown for lists whose name carries none.</param>
public sealed record LayoutMatch(Layout Layout, VagueDate Period);

/// <summary>All layouts of a district: one YAML file an office list.</summary>
public sealed class LayoutBook
{
    private readonly List<(FilePattern Pattern, Layout Layout)> patterns = [];

    private LayoutBook(IReadOnlyList<Layout> layouts)
    {
        Layouts = layouts;
        foreach (var layout in layouts)
            foreach (var file in layout.Files)
                patterns.Add((FilePattern.Compile(file)!, layout));
    }

    public IReadOnlyList<Layout> Layouts { get; }

    /// <summary>
    /// Reads every <c>*.yaml</c> of a folder. A layout that is malformed refuses the book: <c>registers.layout.*</c> names the file,
    /// the line and the reason.
    /// </summary>
    /// <param name="clock">The district's; without it dates have no bound.</param>
    /// <exception cref="IOException">The folder or a file of it cannot be read.</exception>
    public static Outcome<LayoutBook> Load(string directory, ListClock? clock = null)
    {
        var layouts = new List<Layout>();
        foreach (var path in Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal))
        {
            var read = Parse(File.ReadAllText(path), Path.GetFileName(path));
            if (!read.Ok) return read.Refusal!;
            if (layouts.Exists(l => l.Source == read.Value.Source))
                return Fault.Of("registers.layout.same_source", ("file", Path.GetFileName(path)), ("line", 1),
                    ("source", read.Value.Source)).ToRefusal();
            layouts.Add(read.Value with { Clock = clock });
        }
        return new LayoutBook(layouts);
    }

    /// <summary>One layout from its text; <paramref name="name"/> is what a refusal calls the file.</summary>
    public static Outcome<Layout> Parse(string yaml, string name) => LayoutReader.Read(yaml, name);

    /// <summary>The layout for a file name (folder and extension do not matter), or null when no list is called so.</summary>
    public LayoutMatch? Match(string fileName)
    {
        var name = Path.GetFileNameWithoutExtension(fileName).Normalize();
        (LayoutMatch Match, int LiteralChars)? best = null;
        foreach (var (pattern, layout) in patterns)
        {
            if (!pattern.TryMatch(name, out var period)) continue;
            if (best is { } held && (held.LiteralChars, Precision(held.Match.Period)).CompareTo((pattern.LiteralChars, Precision(period))) >= 0)
                continue;
            best = (new LayoutMatch(layout, period), pattern.LiteralChars);
        }
        return best?.Match;
    }

    private static int Precision(VagueDate period) => !period.IsKnown ? 0 : period.Month == 0 ? 1 : period.Day == 0 ? 2 : 3;
}
