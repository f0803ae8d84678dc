namespace Legwork.Platform.Modules;

/// <summary>
/// A figure that a module gives to whoever shows figures: the module counts, boards add up, and neither knows the other. Its name, what it
/// counts and in which unit are texts of the module: <c>figure.CODE</c>, <c>figure.CODE.meaning</c>, <c>figure.CODE.unit</c>.
/// </summary>
/// <param name="Code">Stable, beginning with the module's name: <c>people.files</c>.</param>
/// <param name="Order">Lower stands first; what is counted of cases stands at <see cref="Cases"/>.</param>
/// <param name="Count">
/// Counts for the whole district at once, as it was known at the end of a day (null: now); null when what is stored does not tell it for
/// that day: nobody guesses. Figures that are counted in one reading give the same method: it is asked once for all of them.
/// </param>
public sealed record Figure(string Code, int Order, Func<IServiceProvider, DateOnly?, Task<IReadOnlyList<Counted>?>> Count)
{
    /// <summary>Where what is counted of cases stands among the figures.</summary>
    public const int Cases = 50;

    /// <summary>Code of the figure of which this one is a part; its share stands under it as <c>figure.CODE.share</c> says.</summary>
    public string? PartOf { get; init; }

    /// <summary>Counted by kind of case or finding: a column of the table by kind, in place of a tile and a column by place.</summary>
    public bool ByKind { get; init; }

    /// <summary>Of no one street: shown on boards of whole districts only, and never by place.</summary>
    public bool WholeDistrict { get; init; }

    /// <summary>Counted over the last so many days, today included; null for what stands.</summary>
    public int? Days { get; init; }

    /// <summary>The address of what is counted in a place, and of a kind where it is counted by kind; null where nothing lists it.</summary>
    public Func<string, string, string>? LeadsTo { get; init; }

    /// <summary>
    /// The lines behind a figure of a whole district, the latest first, as known at the end of a day (null: now). Texts: <c>figure.CODE.lines</c>
    /// for their title, <c>.line</c> and <c>.code</c> for the columns, <c>.none</c> where there are none.
    /// </summary>
    public Func<IServiceProvider, DateOnly?, Task<IReadOnlyList<FigureLine>>>? Lines { get; init; }

    /// <summary>Keys of the texts without which the figure cannot be shown.</summary>
    public IEnumerable<string> Texts =>
    [
        TextKey, TextKey + ".meaning", TextKey + ".unit",
        .. PartOf is null ? [] : (string[])[TextKey + ".share"],
        .. Lines is null ? [] : (string[])[TextKey + ".lines", TextKey + ".line", TextKey + ".code", TextKey + ".none"],
    ];

    public string TextKey => "figure." + Code;
}

/// <param name="Figure">The figure's code.</param>
/// <param name="Place">A grid, a wider place, or empty when nothing is known of it.</param>
/// <param name="Kind">Code of the kind; empty where it is not counted by kind.</param>
public readonly record struct Counted(string Figure, string Place, long Count, string Kind = "");

/// <param name="Code">The reason in a word, as refusals have it.</param>
public sealed record FigureLine(string Name, DateTimeOffset At, string Code);
