namespace Legwork.Registers;

/// <summary>What a file of this list says about the rows that are not in it.</summary>
public enum ListKind
{
    /// <summary>Everybody the office holds on the day: a row that is absent is gone.</summary>
    Full,

    /// <summary>Events since the last file: each is applied once, and an absent row means nothing.</summary>
    Delta,

    /// <summary>
    /// The events of a year, sent again and again as the year grows: rows seen before are the same events, new ones are applied
    /// once, and an absent row means nothing.
    /// </summary>
    Year,
}

/// <summary>How the text of a column is read. What leaves the reader is the form named here, or nothing.</summary>
public enum FieldType
{
    /// <summary>Trimmed; line breaks inside become one space.</summary>
    Text,

    /// <summary>A person's name, trimmed: its characters, inner spaces and middle dots stay as written.</summary>
    Name,

    /// <summary>As <see cref="Text"/>; resolving it is the work of whoever keeps the places.</summary>
    Address,

    /// <summary>An office's own number or code: full-width characters become ASCII, spaces go.</summary>
    Id,

    /// <summary>GB 11643: eighteen characters in ASCII. A number that fails its check stays as written, with a finding.</summary>
    ResidentNumber,

    /// <summary>ISO, as exact as the file knows: <c>1949</c>, <c>1949-12</c>, <c>1949-12-03</c>.</summary>
    Date,

    /// <summary>Four digits.</summary>
    Year,

    /// <summary><c>male</c>, <c>female</c> or <c>unknown</c> (GB/T 2261.1 codes and words).</summary>
    Sex,

    /// <summary>ASCII digits without country code or separators; the first where a cell holds several.</summary>
    Phone,

    /// <summary>The word that the layout's <c>codes</c> give for the office's code; nothing when they give none.</summary>
    Code,

    /// <summary>A decimal number in ASCII with a point.</summary>
    Decimal,
}

/// <summary>One column of an office's list.</summary>
/// <param name="Header">The header as the office writes it.</param>
/// <param name="Field">The name the product knows it by (English, snake case).</param>
/// <param name="Type">How its text is read.</param>
/// <param name="Also">Other headers the office has used for the same column.</param>
/// <param name="Optional">True when a file without this column can still be taken.</param>
/// <param name="Codes">For <see cref="FieldType.Code"/>: the office's code → the product's word.</param>
/// <param name="Ahead">For dates and years: true when they may rightly lie in the future, as next year's insurance does.</param>
public sealed record LayoutColumn(
    string Header, string Field, FieldType Type, IReadOnlyList<string> Also, bool Optional,
    IReadOnlyDictionary<string, string> Codes, bool Ahead = false);

/// <summary>The district's clock: what an instant written elsewhere is in its time, and which days have not come yet.</summary>
public sealed record ListClock(TimeZoneInfo Zone, DateOnly Today)
{
    /// <summary>Dates that may lie ahead lie at most this many years ahead.</summary>
    public const int YearsAheadMax = 2;
}

/// <summary>
/// How one office's list is read, and when a file of it may be taken. Comes from a YAML file (docs/how-to/import.md), so a new
/// office's list needs no code.
/// </summary>
public sealed record Layout
{
    /// <summary>The list's name: the file's name without month and extension, <c>户籍人口</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What readers of other languages call the list, by the language's tag (<c>bo</c>, <c>en</c>);
    /// the name itself where one is missing.</summary>
    public IReadOnlyDictionary<string, string> Called { get; init; } = new Dictionary<string, string>();

    /// <summary>What the list is to whoever takes it in, in a word of theirs (<c>household</c>); empty when it is none that they know.</summary>
    public string Means { get; init; } = "";

    public required ListKind List { get; init; }

    /// <summary>File names without extension, with the period in braces: <c>户籍人口_{yyyyMM}</c>, <c>在校学生_{yyyy}{term}</c>.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>In the order of the layout; a row's values stand in this order too.</summary>
    public required IReadOnlyList<LayoutColumn> Columns { get; init; }

    /// <summary>Groups of fields: each row must have one of each group.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Required { get; init; } = [];

    /// <summary>Ordered alternatives: the first of which a row has every field is its identity across months.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Identifies { get; init; } = [];

    /// <summary>Date fields that the period in the file's name must fit.</summary>
    public IReadOnlyList<string> DatedBy { get; init; } = [];

    /// <summary>Headers that this list carries and the product must not hold, beside those of <see cref="NeverHeld"/>.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>What stands for an empty cell in this office.</summary>
    public IReadOnlyList<string> BlankWords { get; init; } = DefaultBlankWords;

    /// <summary>What parts the fields; found by looking for the header when null.</summary>
    public char? Delimiter { get; init; }

    public Limits Limits { get; init; } = new();

    /// <summary>True when a full list without a row means nobody this month; otherwise it is a file that went wrong.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>By which dates are read and bounded; null bounds none, and leaves an instant of another clock unread.</summary>
    public ListClock? Clock { get; init; }

    public static IReadOnlyList<string> DefaultBlankWords { get; } =
        ["NULL", "null", "(null)", "\\N", "N/A", "#N/A", "-", "--", "—", "/", "无"];

    /// <summary>The place of a field in a row's values, or -1.</summary>
    public int IndexOf(string field)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Field == field) return i;
        return -1;
    }

    internal int[] IndexesOf(IEnumerable<string> fields) => [.. fields.Select(IndexOf)];
}

/// <summary>Beyond which a file is refused whole. Every value can be set in a layout under <c>limits</c>.</summary>
/// <remarks>
/// The shares were chosen on sample lists of 6,000 rows whose natural errors are: wrong check digits 0.6–1.1 %, repeated numbers
/// 0.2–0.5 %, no row without name and number. Between those and a damaged file (30 %, a list pasted twice) lies a wide gap.
/// </remarks>
public sealed record Limits
{
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of a workbook's parts when unzipped.</summary>
    public long MaxUnzippedBytes { get; init; } = 512L << 20;

    /// <summary>Different texts of a workbook; all are held while it is read.</summary>
    public int MaxSharedStrings { get; init; } = 2_000_000;

    public int MaxRows { get; init; } = 5_000_000;

    public int MaxFieldChars { get; init; } = 2_000;

    /// <summary>Share of rows that may lack what <see cref="Layout.Required"/> asks for. None: such a row would be a person gone.</summary>
    public double MissingShare { get; init; }

    /// <summary>Share of rows that may have more or fewer fields than the header.</summary>
    public double RaggedShare { get; init; }

    /// <summary>Share of resident numbers that may fail their check.</summary>
    public double WrongNumberShare { get; init; } = 0.10;

    /// <summary>Share of a column's dates or codes that may be unreadable.</summary>
    public double UnreadableShare { get; init; } = 0.50;

    /// <summary>Share of rows that may repeat another row's identity.</summary>
    public double RepeatedShare { get; init; } = 0.05;

    /// <summary>Fewer bad rows than this are typing errors, not a damaged file, unless they are most of the file.</summary>
    public int FewRows { get; init; } = 20;

    /// <summary>A full list may shrink to this fraction of the last one taken …</summary>
    public double ShrinkTo { get; init; } = 0.80;

    /// <summary>… or grow to this multiple of it.</summary>
    public double GrowTo { get; init; } = 1.50;

    /// <summary>Lists that had fewer rows than this are not compared in size.</summary>
    public int CompareFromRows { get; init; } = 50;
}
