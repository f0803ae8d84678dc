namespace Legwork.Linking;

/// <summary>A malformed model or table of a model, with the file, the line (1-based) and the reason.</summary>
public sealed class ModelException(string file, long line, string reason)
    : Exception(line > 0 ? $"{file}, line {line}: {reason}" : $"{file}: {reason}")
{
    public string File { get; } = file;

    public long Line { get; } = line;

    public string Reason { get; } = reason;

    internal static ModelException Of(Yaml.YamlFault fault) =>
        new(fault.File, fault.Line, fault.Path.Length > 0 ? $"{fault.Path}: {fault.Reason}" : fault.Reason);
}

/// <summary>
/// What a table's columns mean for linking: which comparisons tell two records apart, which keys bring candidates together and
/// when a pair counts as one. Read from YAML by <see cref="Load"/>; the weights are not in it, they are estimated.
/// </summary>
public sealed record LinkModel
{
    public required string Name { get; init; }

    /// <summary>The column that names a record. Never compared.</summary>
    public required string IdColumn { get; init; }

    /// <summary>Folds case and full-width forms of every column before anything else.</summary>
    public bool FoldCase { get; init; } = true;

    /// <summary>Texts that mean "not known" besides the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<Derivation> Derivations { get; init; } = [];

    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    public required BlockingPlan Blocking { get; init; }

    public SourceRule Sources { get; init; } = new();

    public IReadOnlyList<SureKey> Sure { get; init; } = [];

    public Thresholds Thresholds { get; init; } = new();

    /// <summary>Spelling variants by table name, for the verbs that need them.</summary>
    public IReadOnlyDictionary<string, VariantTable> Variants { get; init; } = new Dictionary<string, VariantTable>();

    public ulong Seed { get; init; } = 1;

    /// <summary>The columns a table must bring: all that are named and not derived.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Reads a model; tables it names are looked for beside it.</summary>
    /// <exception cref="ModelException">Malformed: the file, the line and the reason.</exception>
    public static LinkModel Load(string path) => ModelReader.Load(path);

    /// <summary>The same from text; <paramref name="folder"/> is where its tables lie.</summary>
    public static LinkModel Parse(string yaml, string name = "model", string folder = ".") => ModelReader.Parse(yaml, name, folder);
}

/// <summary>A column made from others, once for each distinct value: <c>as</c> is one of <see cref="Transforms.Names"/>.</summary>
public sealed record Derivation(string Column, IReadOnlyList<string> Of, string As, int From, int Length,
    IReadOnlyList<string> Words, VariantTable? Table);

/// <summary>
/// One thing in which two records may agree. Its levels are tried in order, the first that holds counts; when none holds the pair
/// disagrees, or says nothing if a value of <see cref="Main"/> is missing on either side.
/// </summary>
public sealed record Comparison(string Name, IReadOnlyList<Level> Levels, IReadOnlyList<string> Columns, IReadOnlyList<string> Main)
{
    /// <summary>The words of the last, implied level.</summary>
    public string Else { get; init; } = "differs";

    /// <summary>Must hold for the comparison to say anything; no condition when null.</summary>
    public LevelTest? If { get; init; }

    /// <summary>False when pairs joined by a sure key would teach this comparison what does not hold for others.</summary>
    public bool LearnFromSure { get; init; } = true;

    /// <summary>Number of answers that a pair can give: missing (0), the levels (1…), else.</summary>
    public int Answers => Levels.Count + 2;

    public int ElseAnswer => Levels.Count + 1;
}

/// <summary>
/// One level of agreement: a sentence for people, the test, whether rare values weigh more, and whether it is too weak to confirm a
/// sure key.
/// </summary>
public sealed record Level(string Words, LevelTest Test, bool TermFrequency, bool Weak);

/// <summary>Candidate keys, and how many pairs may be compared to reach which share of the matches.</summary>
/// <param name="Keys">Each key is a list of columns that must all be equal.</param>
/// <param name="PairBudget">Most pairs that all passes together may bring.</param>
/// <param name="Recall">Estimated share of matches at which no further pass is added.</param>
/// <param name="BlockMax">A value shared by more records than this makes no block in its pass.</param>
public sealed record BlockingPlan(IReadOnlyList<IReadOnlyList<string>> Keys, long PairBudget, double Recall, int BlockMax);

/// <summary>
/// What is known of the sources. When <see cref="OnePerSource"/> two rows of one source are rarely one thing: joining them costs
/// <see cref="SameSourceBits"/>; <see cref="LinkOnly"/> means that rows of one table are never compared with each other.
/// </summary>
public sealed record SourceRule(bool OnePerSource = false, double SameSourceBits = 12, bool LinkOnly = false)
{
    /// <summary>Two rows of one source that agree in all of these pay nothing for their source; with none, every pair pays.</summary>
    public IReadOnlyList<Agreement> Excused { get; init; } = [];

    /// <summary>Comparisons in which such rows may be silent, and may not differ or agree weakly.</summary>
    public IReadOnlyList<int> ExcusedUnlessDiffers { get; init; } = [];

    /// <summary>Two rows of one source that agree in all of these are two things when <see cref="ApartDiffering"/> says so.</summary>
    public IReadOnlyList<Agreement> Apart { get; init; } = [];

    /// <summary>The first of these comparisons in which neither row is silent decides: where it differs, the rows are two.</summary>
    public IReadOnlyList<Agreement> ApartDiffering { get; init; } = [];
}

/// <summary>
/// Records equal in all <see cref="Columns"/> are one without weighing, when every agreement of one of the alternatives of
/// <see cref="AgreeIn"/> holds (none means no condition).
/// </summary>
/// <param name="ElseApart">
/// Records equal in the key of whom each alternative is denied (one of its comparisons differs) are two, whatever else they share.
/// </param>
public sealed record SureKey(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Agreement>> AgreeIn, bool ElseApart);

/// <summary>A comparison, by its place in the model, that agrees; at a weak level too, or only at one that is not.</summary>
public readonly record struct Agreement(int Comparison, bool WeakToo)
{
    internal bool Holds(IReadOnlyList<Comparison> comparisons, int answer) =>
        answer >= 1 && answer <= comparisons[Comparison].Levels.Count && (WeakToo || !comparisons[Comparison].Levels[answer - 1].Weak);

    internal bool IsDenied(IReadOnlyList<Comparison> comparisons, int answer) => answer == comparisons[Comparison].ElseAnswer;
}

/// <summary>
/// Posterior probabilities: clusters join while their pairs reach <see cref="Link"/> on average, from <see cref="Review"/> a person
/// should look. <see cref="UnseenBits"/> is what a pair of records counts in that average when blocking never brought it.
/// </summary>
public sealed record Thresholds(double Link = 0.9, double Review = 0.1, double UnseenBits = -2);
