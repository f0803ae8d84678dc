using Legwork.Kernel;

namespace Legwork.Registers;

/// <summary>What became of a file.</summary>
public enum Verdict
{
    Take,

    /// <summary>This very content of this very period was taken before: nothing to do, and nothing wrong.</summary>
    AlreadyTaken,

    Refuse,
}

/// <summary>A file that was taken before.</summary>
/// <param name="ContentDigest">Of its bytes, <see cref="Assessment.ContentDigest"/>.</param>
/// <param name="RowsDigest">Of its rows, <see cref="Assessment.RowsDigest"/>.</param>
/// <param name="Period">What its name stated.</param>
public readonly record struct TakenFile(string ContentDigest, string RowsDigest, VagueDate Period);

/// <summary>What the caller remembers of a list; this library keeps no state.</summary>
/// <param name="Rows">Data rows of the last file taken.</param>
/// <param name="Period">The period of the last file taken.</param>
/// <param name="Taken">All files of this list taken so far that are to be known again, the last one included.</param>
public sealed record Previous(int Rows, VagueDate Period, IReadOnlyList<TakenFile> Taken);

/// <summary>All that reading a file through has told.</summary>
public sealed record Assessment
{
    /// <summary>At most so many findings are kept; <see cref="FindingCounts"/> counts all.</summary>
    public const int FindingsKept = 1_000;

    public required Layout Layout { get; init; }

    public VagueDate Period { get; init; }

    public Verdict Verdict { get; init; } = Verdict.Refuse;

    /// <summary>Why the whole file is refused; nothing of it may then be taken.</summary>
    public IReadOnlyList<Fault> Refusals { get; init; } = [];

    public IReadOnlyList<Fault> Notes { get; init; } = [];

    public int Rows { get; init; }

    public IReadOnlyList<RowFinding> Findings { get; init; } = [];

    /// <summary>Findings by code.</summary>
    public IReadOnlyDictionary<string, int> FindingCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>SHA-256 of the bytes, hex; empty when the file is too big to be read.</summary>
    public string ContentDigest { get; init; } = "";

    /// <summary>128 bits over the normalised rows, hex, the same whatever their order; empty when the file is no table.</summary>
    public string RowsDigest { get; init; } = "";

    /// <summary>UTF-8, GB18030, UTF-16LE, UTF-16BE, XLSX; empty when the file is no table.</summary>
    public string Encoding { get; init; } = "";

    public char? Delimiter { get; init; }

    /// <summary>The row as a <see cref="TakenFile"/> for the next <see cref="Previous"/>.</summary>
    public TakenFile AsTaken => new(ContentDigest, RowsDigest, Period);
}
